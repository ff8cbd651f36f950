"""The reviewers before the college: who is found, and one of them with roles, work, training and conflicts."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import (
    calibration,
    cycles,
    directory,
    editions,
    invitations,
    peers,
    reviewer_facts,
    reviewers,
    reviews,
    teams,
)
from accreditation.rules.cycle import ENDED, Stage
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import NO_FACTS, ReviewerFacts
from accreditation.views import reaching
from accreditation.views.looking import Part, Shown, VisitShown, part, visits_shown
from accreditation.views.reaching import Reached


class ReviewerRow(Shown):
    """A reviewer in a list: `running` are visits that go on, `asked` those that wait for their answer."""

    id: int
    name: str
    roles: tuple[str, ...]
    employer: str | None
    capacity: int
    running: int
    asked: int
    exercises: int


class ReviewersFound(Shown):
    """Reviewers who were found, with the words for every role of a published scheme."""

    reviewers: Part[ReviewerRow]
    roles: dict[str, str]


class ConflictNamed(Shown):
    """A conflict of interest, with the name of the organisation; the reason is for the college alone."""

    organisation: str
    reason: str
    declared_by: str
    declared_at: datetime


class Practice(Shown):
    """A practice exercise: done, or still to be done by this reviewer."""

    exercise: int
    title: str
    done_at: datetime | None


class VisitMade(Shown):
    """A visit of a reviewer. `left` says how they left its team, where they did."""

    cycle: int
    team: str
    organisation: str
    round: int
    round_name: str
    role: str
    stage: Stage
    visit: VisitShown | None
    handed_in_at: datetime | None
    asked: bool = Field(description="Whether they are asked, and do not sit in the team yet.")


class ReviewerWhole(Shown):
    """Everything that the college knows of a reviewer; `facts` are for the office alone, null to the committee."""

    id: int
    name: str
    roles: tuple[str, ...]
    known_roles: dict[str, str]
    organisation: int | None
    employer: str | None
    reached: tuple[Reached, ...] = Field(description="Who signs in as them, where the asker reads of it.")
    capacity: int
    facts: ReviewerFacts | None
    names: dict[int, str] = Field(description="Organisations that the facts name.")
    completed_here: int
    conflicts: tuple[ConflictNamed, ...]
    practice: tuple[Practice, ...]
    visits: tuple[VisitMade, ...] = Field(description="The newest first.")


def reviewers_found(
    database: Database, *, principal: Principal, words: str, role: str, page: int, size: int
) -> ReviewersFound:  # fmt: skip
    """Which reviewers fit these words (and hold this role), and how much do they have to do?"""
    permit(principal, Permission.REVIEWER_READ)
    with database.reading() as session:
        rows, total = directory.reviewers(session, words, role=role, skip=(page - 1) * size, limit=size)
        ids = [one.id or 0 for one, _ in rows]
        running, asked = _work(session, ids)
        done = Counter(one.reviewer_id for one in calibration.handed_in(session))
        found = [
            ReviewerRow(
                id=one.id or 0, name=one.name, roles=tuple(sorted(one.role_set)), capacity=one.capacity,
                employer=None if employer is None else employer.name, running=running[one.id or 0],
                asked=asked[one.id or 0], exercises=done[one.id or 0],
            )
            for one, employer in rows
        ]  # fmt: skip
        return ReviewersFound(reviewers=part(found, page=page, size=size, total=total), roles=known_roles(session))


def reviewer_of_name(database: Database, *, principal: Principal, name: str) -> int | None:
    """Which reviewer is registered by this name, if one is?"""
    permit(principal, Permission.REVIEWER_READ)
    with database.reading() as session:
        found = reviewers.named(session, name.strip())
    return None if found is None else found.id


def roles_known(database: Database, *, principal: Principal) -> Mapping[str, str]:
    """Every role of a review team in a published scheme, with its words."""
    permit(principal, Permission.REVIEWER_READ)
    with database.reading() as session:
        return known_roles(session)


def reviewer_whole(database: Database, *, principal: Principal, reviewer_id: int) -> ReviewerWhole:
    """What does the college know of this reviewer? Raises NotFound."""
    permit(principal, Permission.REVIEWER_READ)
    with database.reading() as session:
        row = reviewers.get(session, reviewer_id)
        names = teams.names_of_organisations(session)
        facts = reviewer_facts.facts_of(session, [reviewer_id]).get(reviewer_id, NO_FACTS)
        return ReviewerWhole(
            id=reviewer_id, name=row.name, roles=tuple(sorted(row.role_set)), known_roles=known_roles(session),
            organisation=row.organisation_id, employer=names.get(row.organisation_id or 0), capacity=row.capacity,
            reached=reaching.reviewers(session, [reviewer_id], principal=principal).get(reviewer_id, ()),
            facts=facts if principal.role is Role.OFFICE else None,
            names={number: names[number] for number in facts.organisations},
            completed_here=peers.completed(session, [reviewer_id])[reviewer_id],
            conflicts=tuple(
                ConflictNamed(
                    organisation=names[one.organisation_id], reason=one.reason, declared_by=one.by, declared_at=one.at
                )
                for one in reviewers.declared_by(session, reviewer_id)
            ),
            practice=_practice(session, reviewer_id), visits=_visits(session, reviewer_id),
        )  # fmt: skip


def known_roles(session: Session) -> dict[str, str]:
    """Role -> what it is called in published schemes; where these differ, its own name in words."""
    found: dict[str, set[str]] = {}
    for digest in editions.newest_first(session):
        for seat in editions.scheme_of(session, digest).review_team:
            found.setdefault(seat.role, set()).add(seat.title)
    told = {
        role: next(iter(titles)) if len(titles) == 1 else role.replace("_", " ").capitalize()
        for role, titles in found.items()
    }
    return dict(sorted(told.items(), key=lambda one: one[1]))


def _work(session: Session, ids: Collection[int]) -> tuple[Counter[int], Counter[int]]:
    """How many visits of each go on, and to how many is each asked?"""
    running = Counter(directory.seats_that_go_on(session, ids, over=ENDED))
    asked = Counter(one.reviewer_id for one, _ in invitations.open_ones(session) if one.reviewer_id in {*ids})
    return running, asked


def _practice(session: Session, reviewer_id: int) -> tuple[Practice, ...]:
    """The exercises they handed in, and those that are open to them."""
    done = {one.exercise_id: one.at for one in calibration.handed_in(session, reviewer_id)}
    released, retired = calibration.releases(session), calibration.retirements(session)
    sat = calibration.sat_there(session, reviewer_id)
    return tuple(
        Practice(exercise=row.id or 0, title=row.title, done_at=done.get(row.id or 0))
        for row in calibration.exercises(session)
        if row.id in done or (row.id in released and row.id not in retired and row.cycle_id not in sat)
    )


def _visits(session: Session, reviewer_id: int) -> tuple[VisitMade, ...]:
    seats = {one.cycle_id: one for one, _ in reviewers.sitting(session, reviewer_id=reviewer_id)}
    asked = {one.cycle_id: one for one, _ in invitations.open_ones(session, reviewer_id=reviewer_id)}
    found = list(reversed(cycles.several(session, ids={*seats, *asked})))
    days = visits_shown(session, [now.id for now in found])
    done = reviews.handed_in(session, [one.id or 0 for one in seats.values()])
    rounds = {row.id: row.name for row in cycles.rounds(session)}
    return tuple(
        VisitMade(
            cycle=now.id, team=now.team.name, organisation=now.organisation.name, round=now.cycle.round_id,
            round_name=rounds[now.cycle.round_id], stage=now.stage, visit=days.get(now.id),
            role=editions.scheme_of(session, now.edition_digest).title_of(
                (seats[now.id] if now.id in seats else asked[now.id]).role
            ),
            handed_in_at=done.get(seats[now.id].id or 0) if now.id in seats else None, asked=now.id not in seats,
        )
        for now in found
    )  # fmt: skip
