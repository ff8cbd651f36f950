"""Who is signed in with this secret, what may they be, and does it still hold?"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from accreditation.errors import NotFound
from accreditation.records import cycles, people, sign_ins, teams
from accreditation.records.cycles import Cycle, Round
from accreditation.records.reviewers import Assignment, AssignmentEnd
from accreditation.records.teams import Team
from accreditation.rules.grants import Grant, Thing
from accreditation.rules.sessions import is_to_be_touched, over


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Somebody who is signed in, as of this moment: their roles are read anew for every page."""

    person: int
    name: str
    email: str
    acts_as: str
    grants: tuple[Grant, ...]
    session: int
    is_to_be_touched: bool


def signed(session: Session, *, secret: str, at: datetime) -> Signed | str:
    """Who has this secret? Where nobody has, or their session is over, the sentence that says so."""
    found = sign_ins.of_secret(session, secret)
    if found is None:
        return "You are not signed in."
    ended = over(found.span, at=at)
    if ended is not None:
        return ended
    person = people.get(session, found.person_id)
    return Signed(
        person=person.person_id, name=person.name, email=person.email, acts_as=person.acts_as,
        grants=_now(session, people.grants_of(session, [person.person_id])[person.person_id]), session=found.id or 0,
        is_to_be_touched=is_to_be_touched(found.span, at=at),
    )  # fmt: skip


def of_cycle(session: Session, cycle_id: int) -> Thing:
    """What grants can be bound to, of this cycle. Raises NotFound, after as many questions as if there were one."""
    into = teams.successors(session)
    which = {"cycle": cycle_id}
    sitting = frozenset(session.execute(_sitting(), which).scalars())
    found = session.execute(_of_cycle(), which).first()
    if found is None:
        raise NotFound("There is no such cycle, or it is not one of yours.")
    team, organisation, scheme, round_id = found
    return Thing(
        team=team, organisation=into.get(organisation, organisation), scheme=scheme, round=round_id, reviewers=sitting
    )  # fmt: skip


@cache
def _of_cycle() -> Any:
    """The question of what a cycle is; made once, as it is asked for every page about one."""
    return (
        columns_of(col(Team.id), col(Team.organisation_id), col(Round.scheme), col(Round.id))
        .join(Cycle, col(Cycle.team_id) == Team.id)
        .join(Round, col(Round.id) == Cycle.round_id)
        .where(col(Cycle.id) == bindparam("cycle"))
    )


@cache
def _sitting() -> Any:
    """The question who sits in its review team; made once."""
    return (
        columns_of(col(Assignment.reviewer_id))
        .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id, isouter=True)
        .where(col(AssignmentEnd.assignment_id).is_(None), col(Assignment.cycle_id) == bindparam("cycle"))
    )


def of_team(session: Session, team_id: int) -> Thing:
    """What grants can be bound to, of this team. Raises NotFound, after as many questions as if there were one."""
    into = teams.successors(session)
    team, organisation = teams.get(session, team_id)
    key = organisation.id or 0
    return Thing(team=team.id, organisation=into.get(key, key))


def of_round(session: Session, round_id: int) -> Thing:
    """What grants can be bound to, of this round. Raises NotFound."""
    row = cycles.get_round(session, round_id)
    return Thing(scheme=row.scheme, round=row.id)


def _now(session: Session, grants: list[Grant]) -> tuple[Grant, ...]:
    """The grants, those of an organisation that became part of another as of that one."""
    if all(one.organisation is None for one in grants):
        return tuple(grants)
    into = teams.successors(session)
    return tuple(
        one if one.organisation is None else replace(one, organisation=into.get(one.organisation, one.organisation))
        for one in grants
    )
