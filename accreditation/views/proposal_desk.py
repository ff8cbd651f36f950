"""The proposals of a round before the college office: every one, and one with all that is needed to decide on it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, editions, invitations, jobs, proposals, reviewers, teams
from accreditation.records.jobs import Kind
from accreditation.records.proposals import Proposal
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.process import AssignmentRules
from accreditation.views.looking import Shown
from accreditation.views.proposals import ProposalShown, as_it_was, proposal_shown
from accreditation.views.round_desk import RoundAtAGlance, glance_at
from accreditation.views.unreached import cannot_sign_in


class ProposalRow(Shown):
    """A proposal in a list; one of them, the newest, stands."""

    number: int
    at: datetime
    by: str
    seats: int
    filled: int


class RoundProposals(Shown):
    """Every proposal of a round, the newest first. `looking` where the engine is about to look again by itself."""

    round: RoundAtAGlance
    confirms: bool
    rows: tuple[ProposalRow, ...]
    looking: bool


class Load(Shown):
    """How many visits of this round a reviewer would make, and how many they said they can."""

    reviewer: int
    name: str
    visits: int
    capacity: int


class InPool(Shown):
    """A reviewer who could be chosen for a seat."""

    id: int
    name: str
    employer: str | None
    roles: tuple[str, ...]


class Kept(Shown):
    """A reviewer whom the office wants anywhere but in this team."""

    cycle: int
    reviewer: int
    name: str


class TeamConfirmed(Shown):
    """The review team of a cycle was confirmed: by whom, and when it was last."""

    cycle: int
    team: str
    organisation: str
    by: str
    at: datetime


class ProposalDesk(Shown):
    """One proposal. `newest` is the number of the one that stands; where it is another, this one is out of date.

    `service_within` and `reviewer_within` are how long each has to answer, in words; null where they are not asked.
    """

    round: RoundAtAGlance
    proposal: ProposalShown
    newest: int
    looking: bool
    loads: tuple[Load, ...] = Field(description="The most visits first.")
    pool: tuple[InPool, ...]
    roles: dict[str, str] = Field(description="The roles of a review team in the round's edition, with their titles.")
    kept_out: tuple[Kept, ...]
    confirmed: tuple[TeamConfirmed, ...] = Field(description="In this round, whatever came of it; the last first.")
    cannot_sign_in: dict[int, bool] = Field(
        description="Who of those in seats cannot sign in -> whether they are invited and have not chosen how."
    )
    service_within: str | None
    reviewer_within: str | None
    silence: str | None = Field(description="What a service's silence means: no_conflict, or waits.")


def round_proposals(database: Database, *, principal: Principal, round_id: int) -> RoundProposals:
    """Which proposals were made for this round's review teams? Raises NotFound."""
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        found = glance_at(session, round_id)
        scheme = editions.scheme_of(session, found.edition_digest)
        return RoundProposals(
            round=found, confirms=scheme.assignment.confirmed_by == "office",
            rows=tuple(_row(one) for one in proposals.every(session, round_id)), looking=_looking(session, round_id),
        )  # fmt: skip


def proposal_desk(
    database: Database, *, principal: Principal, round_id: int, number: int, at: datetime
) -> ProposalDesk:  # fmt: skip
    """What does the proposal of this number say, and what became of it? Raises NotFound."""
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        found = glance_at(session, round_id)
        row, newest = proposals.numbered(session, round_id, number), proposals.newest(session, round_id)
        if row is None or newest is None:
            raise NotFound(f"Round {round_id} has no proposal {number}.")
        stands = row.number == newest.number
        shown = proposal_shown(session, round_id) if stands else as_it_was(session, row)
        people, employers = reviewers.pool(session), teams.names_of_organisations(session)
        scheme = editions.scheme_of(session, found.edition_digest)
        names = {one.id or 0: one.name for one in people}
        return ProposalDesk(
            round=found, proposal=shown, newest=newest.number, looking=_looking(session, round_id),
            loads=_loads(session, shown, people), roles={seat.role: seat.title for seat in scheme.review_team},
            pool=tuple(
                InPool(
                    id=one.id or 0, name=one.name, employer=employers.get(one.organisation_id or 0),
                    roles=tuple(sorted(one.role_set)),
                )
                for one in people
            ),
            kept_out=tuple(
                Kept(cycle=cycle, reviewer=who, name=names[who]) for cycle, who in proposals.wishes_of(row).out
            ),
            confirmed=tuple(_confirmed(session, round_id)),
            cannot_sign_in=cannot_sign_in(
                session, {seat.reviewer for team in shown.teams for seat in team.seats} if stands else (), at=at
            ),
            **_times(scheme.assignment),
        )  # fmt: skip


def _row(one: Proposal) -> ProposalRow:
    figures = proposals.figures_of(one)
    return ProposalRow(number=one.number, at=one.at, by=one.by, seats=figures.seats, filled=figures.filled)


def _looking(session: Session, round_id: int) -> bool:
    """Has something changed on which the teams depend, and the engine has yet to look again?"""
    return not jobs.lacking(session, kind=Kind.ASSIGNMENT, subjects=[round_id])


def _confirmed(session: Session, round_id: int) -> Iterator[TeamConfirmed]:
    rows = proposals.confirmations(session, round_id)
    found = {now.id: now for now in cycles.several(session, round_id=round_id)} if rows else {}
    for cycle, row in rows.items():
        team, organisation = found[cycle].team.name, found[cycle].organisation.name
        yield TeamConfirmed(cycle=cycle, team=team, organisation=organisation, by=row.by, at=row.at)


def _loads(session: Session, shown: ProposalShown, people: Iterable[reviewers.Reviewer]) -> tuple[Load, ...]:
    """Who would make how many visits of this round: those that are proposed, and those where they sit or are asked."""
    proposed = {team.cycle for team in shown.teams}
    visits = {(team.cycle, seat.reviewer) for team in shown.teams for seat in team.seats}
    sitting = reviewers.sitting(session, round_id=shown.round)
    asked = invitations.open_ones(session, round_id=shown.round)
    visits |= {(one.cycle_id, one.reviewer_id) for one, _ in sitting if one.cycle_id not in proposed}
    visits |= {(one.cycle_id, one.reviewer_id) for one, _ in asked if one.cycle_id not in proposed}
    numbers: dict[int, int] = {}
    for _, who in visits:
        numbers[who] = numbers.get(who, 0) + 1
    loads = [
        Load(reviewer=one.id or 0, name=one.name, visits=numbers[one.id or 0], capacity=one.capacity)
        for one in people
        if one.id in numbers
    ]
    return tuple(sorted(loads, key=lambda one: (-one.visits, one.name)))


def _times(rules: AssignmentRules) -> dict[str, str | None]:
    service, reviewer = rules.service_answers, rules.reviewer_answers
    return {
        "service_within": None if service is None else str(service.within),
        "reviewer_within": None if reviewer is None else str(reviewer.within),
        "silence": None if service is None else service.silence,
    }
