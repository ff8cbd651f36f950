"""What waits for the college today, over all cycles: by as many questions for many cycles as for one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Session
from accreditation.records import aftermath, clearances, cycles, editions, invitations, jobs, proposals, risks
from accreditation.records.answering import answering
from accreditation.records.cycles import CycleNow
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.clearance import rules_digest
from accreditation.rules.cycle import ENDED
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.looking import Shown
from accreditation.views.unreached import NoWayInAnywhere, Who, anywhere


class CycleWaiting(Shown):
    """A cycle in which something waits, whose it is, and until when, where there is a time for it."""

    cycle: int
    team: str
    organisation: str
    until: datetime | None = None


class SeatsWaiting(Shown):
    """So many reviewers of a round are asked and have not answered; the first of them has time until then."""

    round: int
    name: str
    number: int
    until: datetime | None


class TeamsLacking(Shown):
    """So many cycles of a round have no review team that the office can leave alone until everybody has answered."""

    round: int
    name: str
    number: int


class Desk(Shown):
    """What waits. What is not for whoever asks is empty."""

    files: tuple[CycleWaiting, ...] = Field(description="A line for each file that its team explained.")
    risks: tuple[CycleWaiting, ...] = Field(description="A line for each immediate risk without an answer.")
    appeals: tuple[CycleWaiting, ...] = Field(description="A line for each appeal without an answer.")
    seats: tuple[SeatsWaiting, ...]
    teams: tuple[TeamsLacking, ...]
    held_jobs: int
    no_way_in: NoWayInAnywhere = Field(description="Whose turn it is and who cannot sign in.")


def desk_of(
    session: Session, *, principal: Principal, rounds: Mapping[int, str], nobody: Mapping[int, Who], at: datetime
) -> Desk:  # fmt: skip
    """What waits for this principal in the cycles of these rounds, by name, which are those that they reach?

    `nobody`: about which of them nobody of the committee can decide.
    """
    may = ROLE_TABLE[principal.role]
    files = clearances.explained(session) if Permission.EVIDENCE_RELEASE in may else []
    raised, appeals = risks.unanswered(session), aftermath.open_appeals(session)
    ids = {*(item.cycle_id for item, _ in files), *(one.cycle_id for one in raised), *(one.cycle_id for one in appeals)}
    found = {now.id: now for now in cycles.several(session, ids=ids) if now.cycle.round_id in rounds} if ids else {}
    asked = invitations.unanswered(session) if Permission.REVIEW_ASSIGN in may else []
    return Desk(
        files=_waiting(found, ((item.cycle_id, None) for item, own in files if _counts(session, found, item, own))),
        risks=_waiting(found, ((one.cycle_id, one.reply_by) for one in raised)),
        appeals=_waiting(found, ((one.cycle_id, None) for one in appeals)),
        seats=tuple(
            SeatsWaiting(round=key, name=rounds[key], number=number, until=until)
            for key, number, until in asked
            if key in rounds
        ),
        teams=tuple(
            TeamsLacking(round=key, name=rounds[key], number=number)
            for key, number in (_lacking(session) if Permission.REVIEW_ASSIGN in may else {}).items()
            if key in rounds and number
        ),
        held_jobs=len(jobs.waiting(session, held=True)) if Permission.JOB_READ in may else 0,
        no_way_in=anywhere(session, principal=principal, rounds=rounds, nobody=nobody, at=at),
    )  # fmt: skip


def _lacking(session: Session) -> dict[int, int]:
    """Round -> how many of its cycles have no complete review team, those left out in which all of it are asked."""
    asked = Counter(one.round for one in answering(session).values())
    return {key: number - asked[key] for key, number in proposals.without_team(session).items()}


def _counts(session: Session, found: Mapping[int, CycleNow], item: EvidenceItem, rules: str) -> bool:
    """Is it a file of a cycle that goes on, explained under the rules that it has now?"""
    now = found.get(item.cycle_id)
    if now is None or now.stage in ENDED:
        return False
    return rules_digest(editions.scheme_of(session, now.edition_digest).evidence_rules) == rules


def _waiting(
    found: Mapping[int, CycleNow], several: Iterable[tuple[int, datetime | None]]
) -> tuple[CycleWaiting, ...]:  # fmt: skip
    return tuple(
        CycleWaiting(cycle=cycle, team=found[cycle].team.name, organisation=found[cycle].organisation.name, until=until)
        for cycle, until in several
        if cycle in found
    )
