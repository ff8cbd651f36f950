"""Who is signed in with this secret, what may they be, and does it still hold?"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, exists
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from accreditation.errors import NotFound
from accreditation.records import cycles, teams
from accreditation.records.cycles import Cycle, Round
from accreditation.records.people import PersonDetail, RoleGrant, RoleGrantEnd, taken
from accreditation.records.reviewers import Assignment, AssignmentEnd
from accreditation.records.sign_ins import SignInSession
from accreditation.records.teams import Team
from accreditation.rules.derived import digest_of
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
    rows = session.execute(_signed(), {"digest": digest_of(secret)}).all()
    if not rows:
        return "You are not signed in."
    found, person, _ = rows[0]
    ended = over(found.span, at=at)
    if ended is not None:
        return ended
    grants = [grant.value for _, _, grant in rows if grant is not None]
    return Signed(
        person=person.person_id, name=person.name, email=person.email, acts_as=person.acts_as,
        grants=_now(session, grants), session=found.id or 0, is_to_be_touched=is_to_be_touched(found.span, at=at),
    )  # fmt: skip


@cache
def _signed() -> Any:
    """The question whose session it is, and what they are called and may be now: a row a role, in the order given."""
    later = aliased(PersonDetail)
    newest = ~exists().where(col(later.person_id) == PersonDetail.person_id, col(later.number) > PersonDetail.number)
    holds = and_(col(RoleGrant.id).not_in(columns_of(col(RoleGrantEnd.grant_id))), taken())
    return (
        columns_of(SignInSession, PersonDetail, RoleGrant)
        .select_from(SignInSession)
        .join(PersonDetail, and_(col(PersonDetail.person_id) == SignInSession.person_id, newest))
        .join(RoleGrant, and_(col(RoleGrant.person_id) == SignInSession.person_id, holds), isouter=True)
        .where(col(SignInSession.digest) == bindparam("digest"))
        .order_by(col(RoleGrant.id))
    )


def of_cycle(session: Session, cycle_id: int) -> Thing:
    """What grants can be bound to, of this cycle. Raises NotFound, after as many questions as if there were one."""
    into = teams.successors(session)
    rows = session.execute(_of_cycle(), {"cycle": cycle_id}).all()
    if not rows:
        raise NotFound("There is no such cycle, or it is not one of yours.")
    team, organisation, scheme, round_id, _ = rows[0]
    return Thing(
        team=team, organisation=into.get(organisation, organisation), scheme=scheme, round=round_id,
        reviewers=frozenset(one.reviewer_id for one in rows if one.reviewer_id is not None),
    )  # fmt: skip


@cache
def _of_cycle() -> Any:
    """The question of what a cycle is, and who sits in its review team: a row a seat; made once, as every page asks."""
    over = columns_of(col(AssignmentEnd.assignment_id))
    sits = and_(col(Assignment.cycle_id) == Cycle.id, col(Assignment.id).not_in(over))
    told = (col(Team.id), col(Team.organisation_id), col(Round.scheme), col(Round.id), col(Assignment.reviewer_id))
    return (
        columns_of(*told)
        .select_from(Team)
        .join(Cycle, col(Cycle.team_id) == Team.id)
        .join(Round, col(Round.id) == Cycle.round_id)
        .join(Assignment, sits, isouter=True)
        .where(col(Cycle.id) == bindparam("cycle"))
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
