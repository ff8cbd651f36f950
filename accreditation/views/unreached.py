"""Whose turn it is and who cannot come, for whoever invites people: without them a cycle stands still unseen.

In a demonstration everybody is whom they choose to be, so nobody is missing.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from accreditation.database import Session
from accreditation.records import unreached
from accreditation.records.cycles import CycleNow
from accreditation.records.unreached import Unreached
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.demonstration import is_demonstration
from accreditation.views.looking import Shown

MOST_NAMED = 5
"""So many are named where all of the college's are counted."""

MOST_HERE = 200
"""So many are named of the cycles of one page."""


class Who(StrEnum):
    """Who cannot sign in."""

    LEAD = "lead"
    REVIEWER = "reviewer"
    COMMITTEE = "committee"


class NoWayIn(Shown):
    """Somebody whose turn it is and who cannot sign in. `name` is a reviewer's; `invited` where a letter went out."""

    who: Who
    cycle: int
    team: str
    organisation: str
    name: str = ""
    invited: bool


class NoWayInAnywhere(Shown):
    """The first of them in all cycles, and how many there are."""

    leads: tuple[NoWayIn, ...] = ()
    all_leads: int = 0
    reviewers: tuple[NoWayIn, ...] = ()
    all_reviewers: int = 0


def anywhere(session: Session, *, principal: Principal, rounds: Collection[int], at: datetime) -> NoWayInAnywhere:
    """Who cannot come in the cycles of these rounds? It is told to the office of these rounds."""
    if not _is_told(session, principal):
        return NoWayInAnywhere()
    leads, all_leads = unreached.leads(session, "rounds", rounds, at=at, limit=MOST_NAMED)
    reviewers, all_reviewers = unreached.reviewers(session, "rounds", rounds, at=at, limit=MOST_NAMED)
    return NoWayInAnywhere(
        leads=tuple(map(_told, leads)), all_leads=all_leads, reviewers=tuple(map(_told, reviewers)),
        all_reviewers=all_reviewers,
    )  # fmt: skip


def in_cycles(
    session: Session, *, principal: Principal, several: Collection[CycleNow], at: datetime
) -> dict[int, tuple[NoWayIn, ...]]:
    """Cycle -> who cannot come in it; as many statements for many as for one."""
    found: dict[int, list[NoWayIn]] = {one.id: [] for one in several}
    if not _is_told(session, principal):
        return dict.fromkeys(found, ())
    leads, _ = unreached.leads(session, "cycles", found, at=at, limit=MOST_HERE)
    reviewers, _ = unreached.reviewers(session, "cycles", found, at=at, limit=MOST_HERE)
    for one in (*leads, *reviewers):
        found[one.cycle].append(_told(one))
    if any(now.stage is Stage.DECISION for now in several):
        reach = unreached.committee(session, at=at)
        for now in several:
            if now.stage is Stage.DECISION and not reach.has(scheme=now.round.scheme, round=now.cycle.round_id):
                found[now.id].append(_told(_of(now), who=Who.COMMITTEE))
    return {cycle: tuple(those) for cycle, those in found.items()}


def cannot_sign_in(session: Session, reviewer_ids: Collection[int], *, at: datetime) -> dict[int, bool]:
    """Who of these reviewers cannot sign in -> whether they are invited, and have not chosen how."""
    return {} if is_demonstration(session) else unreached.reviewers_of(session, reviewer_ids, at=at)


def _is_told(session: Session, principal: Principal) -> bool:
    """Is it told to this principal at all, who must be of an office that reads who can sign in?

    One that is bound to some rounds is told it of those, whose cycles stand still else; the list of people is not its.
    """
    return Permission.PERSON_READ in ROLE_TABLE[principal.role] and not is_demonstration(session)


def _told(one: Unreached, *, who: Who | None = None) -> NoWayIn:
    return NoWayIn(
        who=who or (Who.REVIEWER if one.reviewer else Who.LEAD), cycle=one.cycle, team=one.team,
        organisation=one.organisation, name=one.reviewer, invited=one.invited,
    )  # fmt: skip


def _of(now: CycleNow) -> Unreached:
    return Unreached(cycle=now.id, team=now.team.name, organisation=now.organisation.name, invited=False)
