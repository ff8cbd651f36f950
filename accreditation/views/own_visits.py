"""A reviewer's desk: the visits that are theirs, how far each is, and what they are asked to take on."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import answers, cycles, editions, reviewers, reviews, teams
from accreditation.records.cycles import CycleNow
from accreditation.records.reviewers import Assignment
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import Availability
from accreditation.views.availability import own_availability
from accreditation.views.cycles import CycleRow, row_of
from accreditation.views.invitations import InvitationShown, own_invitations
from accreditation.views.looking import Shown, VisitShown, visits_shown


class OwnVisit(CycleRow):
    """A visit in whose review team one sits: in which role, on which days, and how much of one's own is done."""

    scheme_title: str
    round_name: str
    role: str
    title: str
    observes: bool
    visit: VisitShown | None
    rated: int = Field(description="How many of the criteria that apply the reviewer has rated.")
    of: int
    handed_in_at: datetime | None


class Desk(Shown):
    """Everything that a reviewer was asked to take on, and everything that they did; the newest first."""

    invitations: tuple[InvitationShown, ...]
    visits: tuple[OwnVisit, ...]


class OrganisationNamed(Shown):
    """An organisation that a reviewer named, by its number and its name."""

    id: int
    name: str


class ConflictShown(Shown):
    """A conflict of interest that stands, by whomever it was declared, and since when."""

    organisation: OrganisationNamed
    since: datetime


class OwnWishes(Shown):
    """When a reviewer cannot visit, and where they would like to, or rather not; `names` are those of the places."""

    availability: Availability
    names: dict[int, str]


def desk(database: Database, *, principal: Principal, at: datetime) -> Desk:
    """What is this reviewer asked to take on, and which visits are theirs? Nothing of what other reviewers did."""
    asked = own_invitations(database, principal=principal)
    return Desk(invitations=asked.invitations, visits=own_visits(database, principal=principal, at=at))


def own_visits(database: Database, *, principal: Principal, at: datetime) -> tuple[OwnVisit, ...]:
    """In which review teams does this reviewer sit, the newest first? As many statements for many as for one."""
    permit(principal, Permission.CYCLE_READ)
    with database.reading() as session:
        seats = {one.cycle_id: one for one, _ in reviewers.sitting(session, reviewer_id=principal.reviewer or 0)}
        found = list(reversed(cycles.several(session, ids=set(seats))))
        return _visits(session, found, seats, at)


def _visits(
    session: Session, found: list[CycleNow], seats: dict[int, Assignment], at: datetime
) -> tuple[OwnVisit, ...]:  # fmt: skip
    ids = [one.id or 0 for one in seats.values()]
    rounds = {row.id: row.name for row in cycles.rounds(session)}
    days, done = visits_shown(session, list(seats)), reviews.handed_in(session, ids)
    given = answers.review_ratings(session, ids)
    visits = []
    for now in found:
        scheme, seat = editions.scheme_of(session, now.edition_digest), seats[now.id]
        rated = {name for name, row in given[seat.id or 0].items() if row.state != "not_answered"}
        applicable = scheme.applicable(now.profile)
        visits.append(OwnVisit(
            **dict(row_of(now, scheme, at=at)), scheme_title=scheme.title, round_name=rounds[now.cycle.round_id],
            role=seat.role, title=scheme.title_of(seat.role), observes=scheme.observes(seat.role),
            visit=days.get(now.id), rated=sum(one.id in rated for one in applicable), of=len(applicable),
            handed_in_at=done.get(seat.id or 0),
        ))  # fmt: skip
    return tuple(visits)


def own_conflicts(database: Database, *, principal: Principal) -> tuple[ConflictShown, ...]:
    """With whom does this reviewer have a conflict of interest that was declared? What others said of them is not told.

    Why it was declared is for the college alone.
    """
    permit(principal, Permission.CONFLICT_DECLARE)
    with database.reading() as session:
        names = teams.names_of_organisations(session)
        return tuple(
            ConflictShown(
                organisation=OrganisationNamed(id=one.organisation_id, name=names[one.organisation_id]), since=one.at
            )
            for one in reviewers.declared_by(session, principal.reviewer or 0)
        )  # fmt: skip


def own_wishes(database: Database, *, principal: Principal) -> OwnWishes:
    """When can this reviewer not visit, and where would they like to, or rather not, with the names of the places?"""
    stated = own_availability(database, principal=principal)
    with database.reading() as session:
        names = teams.names_of_organisations(session)
    named = {one.organisation for one in stated.preferences}
    return OwnWishes(availability=stated, names={number: names[number] for number in named})


def organisation_called(database: Database, *, principal: Principal, called: str) -> int | None:
    """Which organisation has this name or this ODS code, whole? None where none has.

    A reviewer is not told which organisations there are besides: that a team takes part is nobody's business before
    its award.
    """
    permit(principal, Permission.CONFLICT_DECLARE)
    with database.reading() as session:
        found = teams.called(session, called)
        return None if found is None else teams.successor(session, found)
