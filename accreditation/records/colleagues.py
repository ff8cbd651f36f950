"""What a team says among itself about a criterion, and who of it works on which: appended, and the team's own."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.records import teams
from accreditation.records.people import PersonDetail, RoleGrant, RoleGrantEnd, counts, details_of
from accreditation.records.teams import Team, successors
from accreditation.rules.people import Role


class CriterionComment(SQLModel, table=True):
    """Somebody of the team said something to the others about a criterion."""

    __tablename__ = "criterion_comment"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    criterion: str
    text: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class CriterionHolder(SQLModel, table=True):
    """A criterion was given to somebody of the team, or to nobody any more; the highest number stands."""

    __tablename__ = "criterion_holder"

    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def comments(session: Session, cycle_id: int, criterion: str) -> list[CriterionComment]:
    """What the team said about this criterion, the oldest first."""
    query = select(CriterionComment).where(
        CriterionComment.cycle_id == cycle_id, CriterionComment.criterion == criterion
    )
    return list(session.exec(query.order_by(col(CriterionComment.id))))


def holders(session: Session, cycle_id: int) -> dict[str, CriterionHolder]:
    """Criterion -> to whom it was given last, of all that were ever given to anybody."""
    query = select(CriterionHolder).where(CriterionHolder.cycle_id == cycle_id).order_by(col(CriterionHolder.number))
    return {row.criterion: row for row in session.exec(query)}


@dataclass(frozen=True, slots=True, kw_only=True)
class InTeam:
    """Somebody of a team, as it calls them: by the name that its lead gave who let them in last, or by their own.

    `grant_id` is the role that they have by it: it names them in what their team is shown, as the number of a person
    says of a newcomer whether they were known here before. `let_in_at` is when that lead let them in; None where the
    college gave the role.
    """

    person_id: int
    grant_id: int
    name: str
    email: str
    acts_as: str
    let_in_at: datetime | None


def of_team(session: Session, *, team_id: int, organisation_id: int, role: Role | None = None) -> list[InTeam]:
    """Who is in this team now (in this role, where one is named), by a role for it or its organisation? By name.

    Whoever a lead let in stands here before they take the role, as a lead does not hear whether they are known.
    """
    held = select(RoleGrant).where(
        (col(RoleGrant.team_id) == team_id)
        | col(RoleGrant.organisation_id).in_(_with_merged(session, organisation_id)),
        col(RoleGrant.id).not_in(select(RoleGrantEnd.grant_id)),
    )
    if role is not None:
        held = held.where(RoleGrant.role == role.value)
    last = {row.person_id: row for row in session.exec(held.order_by(col(RoleGrant.id)))}
    found = [_in_team(one, last[one.person_id]) for one in details_of(session, last).values()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))


def _in_team(one: PersonDetail, grant: RoleGrant) -> InTeam:
    return InTeam(
        person_id=one.person_id, grant_id=grant.id or 0, name=grant.called or one.name, email=one.email,
        acts_as=one.acts_as, let_in_at=grant.at if grant.called else None,
    )  # fmt: skip


@once_a_moment
def ever_of_organisation(session: Session, organisation_id: int) -> frozenset[int]:
    """Who has, or had before it was taken back, a role for this organisation, or for any team of it?

    One that a lead offered them and that they did not take is none, and one that was given by mistake: nobody is made
    partial by somebody else's word.
    """
    own_teams = select(Team.id).where(Team.organisation_id == organisation_id)
    query = select(RoleGrant.person_id).where(
        col(RoleGrant.team_id).in_(own_teams)
        | col(RoleGrant.organisation_id).in_(_with_merged(session, organisation_id)),
        counts(),
    )
    return frozenset(session.exec(query))


def services_of(session: Session, person_ids: Iterable[int]) -> dict[int, set[int]]:
    """Person -> the organisations, as they are now, in which they have or had a role; of all of these people."""
    found: dict[int, set[int]] = {one: set() for one in person_ids}
    query = (
        select(RoleGrant.person_id, RoleGrant.organisation_id, Team.organisation_id)
        .join(Team, col(Team.id) == col(RoleGrant.team_id), isouter=True)
        .where(col(RoleGrant.person_id).in_(list(found)), counts())
        .where(col(RoleGrant.team_id).is_not(None) | col(RoleGrant.organisation_id).is_not(None))
    )
    for person, whole, of_team in session.exec(query):
        found[person].add(of_team or teams.successor(session, whole or 0))
    return found


def served(session: Session, only: Collection[int] | None = None) -> dict[int, frozenset[int]]:
    """Reviewer -> the organisations, as they are now, in which their holder has or had a role, of a team or of all.

    Of all reviewers or only these; nobody who serves none is there. The holder is whoever may review as them now.
    """
    own, role = aliased(RoleGrant), aliased(RoleGrant)
    query = (
        select(own.reviewer_id, role.organisation_id, Team.organisation_id)
        .join(role, col(role.person_id) == col(own.person_id))
        .join(Team, col(Team.id) == col(role.team_id), isouter=True)
        .where(col(own.reviewer_id).is_not(None), col(own.id).not_in(select(RoleGrantEnd.grant_id)))
        .where(col(role.team_id).is_not(None) | col(role.organisation_id).is_not(None), counts(role))
    )
    if only is not None:
        query = query.where(col(own.reviewer_id).in_(list(only)))
    found: dict[int, set[int]] = defaultdict(set)
    for reviewer, whole, of_team in session.exec(query):
        found[reviewer or 0].add(of_team or teams.successor(session, whole or 0))
    return {reviewer: frozenset(organisations) for reviewer, organisations in found.items()}


def _with_merged(session: Session, organisation_id: int) -> list[int]:
    """This organisation, and all that became part of it."""
    return [organisation_id, *(old for old, now in successors(session).items() if now == organisation_id)]


def names(session: Session, person_ids: Iterable[int], *, team_id: int) -> dict[int, str]:
    """Person -> what this team calls them, or called them before they left it."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    query = (
        select(PersonDetail.person_id, PersonDetail.name, RoleGrant.called)
        .join(
            RoleGrant,
            and_(col(RoleGrant.person_id) == PersonDetail.person_id, col(RoleGrant.team_id) == team_id),
            isouter=True,
        )
        .where(col(PersonDetail.person_id).in_(wanted))
    )
    return {
        one: called or own
        for one, own, called in session.exec(query.order_by(col(PersonDetail.number), col(RoleGrant.id)))
    }
