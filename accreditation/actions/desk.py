"""Where every action on a cycle begins and ends: what stands, whether this may be done, and its ledger entry."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.wording import check_name
from accreditation.database import Session
from accreditation.ledger.chain import Detail
from accreditation.ledger.entries import append
from accreditation.records import cycles, editions, jobs, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import Move, Stage, Transition
from accreditation.rules.findings import Draft, Words
from accreditation.rules.moves import transition
from accreditation.rules.people import CycleStanding, Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.answer import Answer
from accreditation.scheme.facts import Profile
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One cycle on the desk of one principal, at one moment, inside one transaction."""

    session: Session
    principal: Principal
    at: datetime
    now: CycleNow
    scheme: Scheme

    @property
    def cycle_id(self) -> int:
        """The cycle's id."""
        return self.now.id

    def transition(self, move: Move) -> Transition:
        """The row of the table that lets this principal make this move now. Raises MoveNotAllowed."""
        return transition(stage=self.now.stage, move=move, roles=(self.principal.role,))

    def go(self, move: Move, *, reason: str = "") -> Stage:
        """Make the move: append the stage it leads to, and the job that this stage gives the engine."""
        row = self.transition(move)
        if row.to != row.stage:
            cycles.enter_stage(
                self.session, cycle_id=self.cycle_id, before=self.now.change, to=row.to, move=move.value,
                by=self.principal.name, reason=reason, at=self.at,
            )  # fmt: skip
            job = JOB_OF_STAGE.get(row.to)
            if job is not None:
                subject = self.now.cycle.round_id if job is jobs.Kind.ASSIGNMENT else self.cycle_id
                jobs.enqueue(self.session, kind=job, subject=subject, at=self.at)
        return row.to

    def follow_up(self, kind: jobs.Kind) -> None:
        """Let the engine look at this cycle when this transaction is kept."""
        jobs.enqueue(self.session, kind=kind, subject=self.cycle_id, at=self.at)

    def look_for_teams(self) -> None:
        """Let the engine look again for review teams of this cycle's round."""
        jobs.enqueue(self.session, kind=jobs.Kind.ASSIGNMENT, subject=self.now.cycle.round_id, at=self.at)

    def enter(self, action: str, detail: Mapping[str, Detail]) -> None:
        """Enter in the ledger what was done to this cycle."""
        nonce: dict[str, Detail] = {"nonce": secrets.token_hex(32)} if action in GUESSABLE else {}
        enter(
            self.session, at=self.at, by=self.principal, action=action, subject=f"cycle:{self.cycle_id}",
            detail={**detail, **nonce},
        )  # fmt: skip


GUESSABLE = frozenset(
    {
        "review:settle", "finding:settle", "accuracy:answer", "indicator:answer", "award:recommend", "award:decide",
        "award:lapse", "appeal:answer",
    }
)  # fmt: skip
"""What says one of a few things about a team that others may not know yet. The digests of all entries are in every
archive of a cycle, a team's too: a random nonce keeps whoever has them from trying what another team was told."""


JOB_OF_STAGE: Mapping[Stage, jobs.Kind] = {
    Stage.EVIDENCE: jobs.Kind.EVIDENCE,
    Stage.SELF_ASSESSMENT: jobs.Kind.SELF_ASSESSMENT,
    Stage.ASSIGNMENT: jobs.Kind.ASSIGNMENT,
    Stage.REVIEW: jobs.Kind.REVIEW,
    Stage.CONSENSUS: jobs.Kind.REVIEW,
    Stage.FACTUAL_ACCURACY: jobs.Kind.ACCURACY,
    Stage.RECOMMENDATION: jobs.Kind.AWARD,
}
"""What the engine looks at when a cycle enters a stage."""


def open_cycle(session: Session, *, principal: Principal, permission: Permission, cycle_id: int, at: datetime) -> Desk:
    """Put this cycle on the desk. Raises NotFound or NotPermitted where the principal may not."""
    seats = reviewers.own_seats(session, cycle_id, principal)
    now = cycles.now(session, cycle_id)
    permit(principal, permission, CycleStanding(team=now.cycle.team_id, reviewers=seats))
    scheme = editions.scheme_of(session, now.edition_digest)
    return Desk(session=session, principal=principal, at=at, now=now, scheme=scheme)


def look_again(session: Session, *, at: datetime) -> None:
    """Let the engine look again for review teams, in every round that waits for one: the pool has changed."""
    waiting = cycles.several(session, stages=[Stage.ASSIGNMENT])
    for round_id in sorted({now.cycle.round_id for now in waiting}):
        jobs.enqueue(session, kind=jobs.Kind.ASSIGNMENT, subject=round_id, at=at)


def enter(
    session: Session, *, at: datetime, by: Principal, action: str, subject: str, detail: Mapping[str, Detail]
) -> None:
    """Enter in the ledger who did what to what. Raises Invalid for a name that the ledger cannot hold on its line."""
    check_name("the name of who acts", by.name)
    append(session, at=at, actor=f"{by.role.value}:{by.name}", action=action, subject=subject, detail=detail)


def entered_profile(profile: Profile) -> dict[str, Detail]:
    """A profile as the ledger keeps it: numbers as text, to the last digit."""
    return {name: value if isinstance(value, bool | str) else format(value, "f") for name, value in profile.items()}


def entered(answer: Answer) -> dict[str, Detail]:
    """An answer as the ledger keeps it: everything but the words of its note, of which only the digest is kept.

    A note is free text; whoever reads the ledger need not read it, but a changed note must show.
    """
    kept: dict[str, Detail] = {
        name: value for name in ("state", "rating", "level") if (value := getattr(answer, name)) is not None
    }
    if answer.measured is not None:
        kept["measured"] = str(answer.measured)
    if answer.series:
        kept["series"] = [point.model_dump(mode="json") for point in answer.series]
    if answer.note:
        kept["note_sha256"] = digest_of(answer.note)
    return kept


def entered_finding(draft: Draft) -> dict[str, Detail]:
    """A finding as the ledger keeps it: everything but its words, of which only the digest is kept."""
    kind = None if draft.kind is None else draft.kind.value
    dropped: dict[str, Detail] = {"dropped": True} if draft.dropped else {}
    return {"kind": kind, "criterion": draft.criterion, "text_sha256": digest_of(draft.text), **dropped}


def entered_words(words: Words) -> dict[str, Detail]:
    """A whole finding as the ledger keeps it."""
    return {"kind": words.kind.value, "criterion": words.criterion, "text_sha256": digest_of(words.text)}


def digest_of(text: str) -> str:
    """The SHA-256 (hex) of what somebody wrote: whoever reads the ledger need not read it, but a change must show."""
    return hashlib.sha256(text.encode()).hexdigest()
