"""How a file's clearance goes on, inside an open transaction: the row, the ledger's entry, and who is told."""

import textwrap
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from accreditation.actions.desk import Desk, digest_of
from accreditation.actions.wording import faults_of_patients
from accreditation.ledger.chain import Detail, canonical
from accreditation.records import clearances, evidence_items, notices
from accreditation.records.clearances import UNSEEN, Stands
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.clearance import Outcome, State, Step, rules_digest, step_to, to_do
from accreditation.rules.identifiers import Hit
from accreditation.rules.library import Version
from accreditation.rules.people import Role

TO_DO_WITH_KEPT = "keep another version before you attach it; once it is attached, it can be explained"
"""What a team does about a document that is attached to nothing and could not be opened by others."""

LONGEST_TITLE = 60
"""So much of a title stands in a notice."""

TOLD = frozenset({State.REFUSED, State.QUARANTINED, State.HELD, State.RELEASED, State.UPHELD})
"""States of which the team is told; the others go by without it."""


def rules_of(desk: Desk) -> str:
    """The digest of the rules that this cycle's files are judged by."""
    return rules_digest(desk.scheme.evidence_rules)


def standing(desk: Desk, items: Collection[EvidenceItem]) -> dict[int, Stands]:
    """Item -> how its file stands under this cycle's rules."""
    found = clearances.standing(desk.session, (item.version_id for item in items), rules_of(desk))
    return {item.id or 0: found.get(item.version_id or 0, UNSEEN) for item in items}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A version of a team's library whose clearance goes on, and which evidence of the cycle it is, if it is any.

    `name` is what it is called in messages: by its number, as a title may tell what nobody else may read yet.
    """

    version: int
    digest: str
    size: int
    title: str
    file_name: str
    name: str
    evidence: int | None = None


def attached(item: EvidenceItem) -> File:
    """The file that this evidence is."""
    return File(
        version=item.version_id or 0, digest=item.digest, size=item.size, title=item.title, file_name=item.file_name,
        name=f"Evidence {item.id}", evidence=item.id,
    )  # fmt: skip


def kept(version: Version) -> File:
    """The file that this version of a document is, which is attached to nothing."""
    return File(
        version=version.id, digest=version.digest, size=version.size, title=version.described.title,
        file_name=version.file_name, name=f"Document {version.item} of your library (version {version.number})",
    )  # fmt: skip


def stands_now(desk: Desk, file: File) -> Stands:
    """How does this file stand under this cycle's rules?"""
    return clearances.standing(desk.session, [file.version], rules_of(desk))[file.version]


def take_step(
    desk: Desk, file: File, before: Stands, outcome: Outcome, *, kind: str = "", entered: str
) -> State:  # fmt: skip
    """Take this step with the file: keep the row, enter it as `entered`, and tell whom it concerns.

    Raises Contradiction where the table has no such step from the state that stands. What was found is entered as
    counts, and what somebody wrote as a digest; neither tells of a patient.
    """
    state = step_to(before.state, outcome.step, desk.principal.role)
    clearance = clearances.append(
        desk.session, version_id=file.version, rules=rules_of(desk), state=state, kind=kind or before.kind,
        reason=outcome.reason, hits=outcome.hits, by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    desk.enter(entered, _entered(file, state, outcome, kind or before.kind))
    _tell(desk, file, state, outcome, clearance)
    return state


def _entered(file: File, state: State, outcome: Outcome, kind: str) -> dict[str, Detail]:
    """What the ledger says of this step. Of a document that is attached to nothing it holds the step by its digest
    alone: the college reads the ledger, and a library is its team's own business."""
    told: dict[str, Detail] = {
        "digest": file.digest, "step": outcome.step.value, "state": state.value, "kind": kind,
        "found": dict(Counter(hit.what for hit in outcome.hits)),
    }  # fmt: skip
    if outcome.reason:
        told["reason_sha256"] = digest_of(outcome.reason)
    if file.evidence is None:
        return {"version": file.version, "step_sha256": digest_of(canonical(told))}
    return {"version": file.version, "evidence": file.evidence, **told}


def _tell(desk: Desk, file: File, state: State, outcome: Outcome, clearance: int) -> None:
    about = f"clearance:{clearance}"
    if state in TOLD:
        for role in (Role.TEAM_LEAD, Role.TEAM_MEMBER):
            notices.tell(
                desk.session, inbox=notices.inbox(role, desk.now.cycle.team_id), kind=f"evidence_{state.value}",
                cycle_id=desk.cycle_id, about=about, words=_to_team(desk, file, state, outcome), at=desk.at,
            )  # fmt: skip
    if state in (State.HELD, State.EXPLAINED) and file.evidence is not None:  # a library is its team's own business
        what = "could not be looked at" if state is State.HELD else "is explained by its team, and waits for an answer"
        notices.tell(
            desk.session, inbox=notices.OFFICE, kind=f"evidence_{state.value}", cycle_id=desk.cycle_id, about=about,
            words=f"{file.name} of cycle {desk.cycle_id} {what}.", at=desk.at,
        )  # fmt: skip
    if outcome.step is Step.WAIT:  # once a day: an hour without a scanner would fill the inbox of a college otherwise
        notices.tell(
            desk.session, inbox=notices.OFFICE, kind="evidence_waiting", cycle_id=desk.cycle_id,
            about=f"evidence-waiting:{desk.at.date()}", at=desk.at,
            words=f"Files wait to be looked at, and none passes meanwhile. {outcome.reason}",
        )  # fmt: skip


def _to_team(desk: Desk, file: File, state: State, outcome: Outcome) -> str:
    """What the team reads: its own file by number, title and criteria."""
    criteria = f" ({', '.join(_criteria(desk, file))})" if file.evidence is not None else ""
    words = f"{file.name}{_titled(desk, file)}{criteria} is {state.value}."
    if state in (State.REFUSED, State.QUARANTINED, State.HELD):
        words += f" Found: {outcome.reason.rstrip('.')}."
        if outcome.hits:
            words += f" {_shown(outcome.hits[0])}"
    elif state is State.UPHELD:
        words += f" The college office says why: {outcome.reason.rstrip('.')}."
    elif state is State.RELEASED:
        words += " Reviewers can open it now."
    todo = to_do(state) if file.evidence is not None else TO_DO_WITH_KEPT
    return f"{words} What to do: {todo}." if todo else words


def _titled(desk: Desk, file: File) -> str:
    """The title, where nothing in it may tell of a patient: it may be older than the rules that look at titles."""
    if any(faults_of_patients("title", file.title, rules=desk.scheme.evidence_rules)):
        return ""
    return f", '{textwrap.shorten(file.title, LONGEST_TITLE, placeholder='…')}'"


def _criteria(desk: Desk, file: File) -> tuple[str, ...]:
    links = evidence_items.links(desk.session, desk.cycle_id)
    return tuple(name for name, ids in links.items() if file.evidence in ids)


def _shown(hit: Hit) -> str:
    return f"The first place: {hit.page_label}, '{hit.masked}'."
