"""Whose turn it is in a cycle, by person: who can be reminded of it, and in which area of the site they go on."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from accreditation.records import colleagues, credentials, impartial, invitations, people, reviewers, reviews
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Side
from accreditation.records.settlers import who_settles
from accreditation.records.unreached import TEAMS_TURN
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Area, Thing
from accreditation.rules.people import Role
from accreditation.scheme.model import Scheme


def whose_turn(session: Session, now: CycleNow, scheme: Scheme, *, on: date) -> dict[int, Area]:
    """Person -> where they go on, of everybody whose turn it is and who can sign in; nobody where it is the office's.

    The team's leads while it works or answers about reviewers; reviewers who are asked or have not handed in, or who
    settle; whoever of the committee may decide.
    """
    found = dict.fromkeys(_reviewers(session, _reviewing(session, now, scheme)), Area.REVIEW)
    if now.stage in TEAMS_TURN or _asked(session, now, Side.SERVICE):
        found |= dict.fromkeys(_leads(session, now), Area.TEAM)
    if now.stage is Stage.DECISION:
        found |= dict.fromkeys(_committee(session, now, scheme, on), Area.COLLEGE)
    able = credentials.who_can_sign_in(session, found) if found else set()
    return {person: area for person, area in found.items() if person in able}


def _leads(session: Session, now: CycleNow) -> list[int]:
    found = colleagues.of_team(
        session, team_id=now.team.id or 0, organisation_id=now.organisation.id or 0, role=Role.TEAM_LEAD
    )
    held = people.grants_of(session, [one.person_id for one in found])  # those who took what was offered to them
    return [person for person, grants in held.items() if any(one.role is Role.TEAM_LEAD for one in grants)]


def _reviewing(session: Session, now: CycleNow, scheme: Scheme) -> list[int]:
    """Which reviewers are to answer, to hand in or to settle?"""
    if now.stage is Stage.ASSIGNMENT:
        return _asked(session, now, Side.REVIEWER)
    if now.stage is Stage.CONSENSUS:
        return list(who_settles(session, cycle_id=now.id, scheme=scheme).reviewers)
    if now.stage is not Stage.REVIEW:
        return []
    seats = [one for one, _ in reviewers.sitting(session, cycle_ids=[now.id]) if not scheme.observes(one.role)]
    done = reviews.handed_in(session, [one.id or 0 for one in seats])
    return [one.reviewer_id for one in seats if one.id not in done]


def _asked(session: Session, now: CycleNow, side: Side) -> list[int]:
    """About which reviewers has this side not said yet whether they take the visit on?"""
    if now.stage is not Stage.ASSIGNMENT:
        return []
    several = [one for one, _ in invitations.open_ones(session, cycle_ids=[now.id])]
    said = invitations.answers(session, [one.id or 0 for one in several]) if several else {}
    asks = {Side.REVIEWER: "reviewer_until", Side.SERVICE: "service_until"}[side]
    return [
        one.reviewer_id for one in several if getattr(one, asks) is not None and side not in said[one.id or 0]
    ]  # fmt: skip


def _reviewers(session: Session, numbers: Iterable[int]) -> set[int]:
    wanted = list(numbers)
    found = people.as_reviewers(session, wanted) if wanted else {}
    return {one.person_id for several in found.values() for one in several}


def _committee(session: Session, now: CycleNow, scheme: Scheme, on: date) -> set[int]:
    about = Thing(scheme=now.round.scheme, round=now.cycle.round_id)
    held = people.holding(session, Role.COMMITTEE)
    members = {person for person, grants in held.items() if impartial.decides(grants, about)}
    close = impartial.hindered(session, [now], members, {now.id: scheme.assignment}, on=on)
    return members - close[now.id].keys()
