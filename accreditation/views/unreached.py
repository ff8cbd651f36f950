"""Whose turn it is and who cannot come, for whoever invites people: without them a cycle stands still unseen.

Of the committee also where everybody who can come is too close to the service to decide about it.

In a demonstration everybody is whom they choose to be, so nobody is missing.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from accreditation.database import Session
from accreditation.records import cycles, undecided, unreached
from accreditation.records.cycles import CycleNow
from accreditation.records.undecided import Awaiting
from accreditation.records.unreached import Unreached
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.demonstration import is_demonstration
from accreditation.views.looking import Shown

MOST_NAMED = 5
"""So many are named where all of the college's are counted."""

MOST_HERE = 200
"""So many are named of the cycles of one page."""


class Who(StrEnum):
    """Who cannot sign in; or of whom everybody is hindered from deciding, as the committee may be."""

    LEAD = "lead"
    REVIEWER = "reviewer"
    COMMITTEE = "committee"
    HINDERED = "hindered"


class NoWayIn(Shown):
    """Somebody whose turn it is and who cannot sign in. `name` is a reviewer's; `invited` where a letter went out."""

    who: Who
    cycle: int
    team_id: int = 0
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
    undecided: tuple[NoWayIn, ...] = ()
    all_undecided: int = 0


def nobody_decides(
    session: Session, *, principal: Principal, rounds: Collection[int], at: datetime
) -> dict[int, Who]:  # fmt: skip
    """About which cycles of these rounds can nobody of the committee decide? What is told of all, and of each."""
    return _nobody_decides(session, undecided.awaiting(session, rounds), at) if _is_told(session, principal) else {}


def anywhere(
    session: Session, *, principal: Principal, rounds: Collection[int], nobody: Mapping[int, Who], at: datetime
) -> NoWayInAnywhere:  # fmt: skip
    """Who cannot come in the cycles of these rounds? It is told to the office of these rounds."""
    if not _is_told(session, principal):
        return NoWayInAnywhere()
    leads, all_leads = unreached.leads(session, "rounds", rounds, at=at, limit=MOST_NAMED)
    reviewers, all_reviewers = unreached.reviewers(session, "rounds", rounds, at=at, limit=MOST_NAMED)
    first = cycles.several(session, ids=sorted(nobody)[:MOST_NAMED]) if nobody else ()
    return NoWayInAnywhere(
        leads=tuple(map(_told, leads)), all_leads=all_leads, reviewers=tuple(map(_told, reviewers)),
        all_reviewers=all_reviewers, undecided=tuple(_told(_of(now), who=nobody[now.id]) for now in first),
        all_undecided=len(nobody),
    )  # fmt: skip


def in_cycles(
    session: Session, *, principal: Principal, several: Collection[CycleNow], at: datetime,
    nobody: Mapping[int, Who] | None = None,
) -> dict[int, tuple[NoWayIn, ...]]:  # fmt: skip
    """Cycle -> who cannot come in it; as many statements for many as for one. `nobody` where that is known already."""
    found: dict[int, list[NoWayIn]] = {one.id: [] for one in several}
    if not _is_told(session, principal):
        return dict.fromkeys(found, ())
    leads, _ = unreached.leads(session, "cycles", found, at=at, limit=MOST_HERE)
    reviewers, _ = unreached.reviewers(session, "cycles", found, at=at, limit=MOST_HERE)
    for one in (*leads, *reviewers):
        found[one.cycle].append(_told(one))
    if nobody is None:
        nobody = _nobody_decides(session, undecided.awaits(session, several), at)
    for now in several:
        if now.id in nobody:
            found[now.id].append(_told(_of(now), who=nobody[now.id]))
    return {cycle: tuple(those) for cycle, those in found.items()}


def cannot_sign_in(session: Session, reviewer_ids: Collection[int], *, at: datetime) -> dict[int, bool]:
    """Who of these reviewers cannot sign in -> whether they are invited, and have not chosen how."""
    return {} if is_demonstration(session) else unreached.reviewers_of(session, reviewer_ids, at=at)


def _nobody_decides(session: Session, waiting: Collection[Awaiting], at: datetime) -> dict[int, Who]:
    """About which of these can nobody of the committee decide, and is it that nobody can come, or that nobody may?"""
    if not waiting:
        return {}
    reach = unreached.committee(session, at=at)
    absent = {one.cycle: Who.COMMITTEE for one in waiting if not reach.has(scheme=one.scheme, round=one.round)}
    present = [one for one in waiting if one.cycle not in absent]
    return absent | dict.fromkeys(undecided.nobody_may(session, present, at=at), Who.HINDERED)


def _is_told(session: Session, principal: Principal) -> bool:
    """Is it told to this principal at all, who must be of an office that reads who can sign in?

    One that is bound to some rounds is told it of those, whose cycles stand still else; the list of people is not its.
    """
    return Permission.PERSON_READ in ROLE_TABLE[principal.role] and not is_demonstration(session)


def _told(one: Unreached, *, who: Who | None = None) -> NoWayIn:
    return NoWayIn(
        who=who or (Who.REVIEWER if one.reviewer else Who.LEAD), cycle=one.cycle, team_id=one.team_id,
        team=one.team,
        organisation=one.organisation, name=one.reviewer, invited=one.invited,
    )  # fmt: skip


def _of(now: CycleNow) -> Unreached:
    return Unreached(cycle=now.id, team=now.team.name, organisation=now.organisation.name, invited=False)
