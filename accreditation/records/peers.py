"""Reviewers and the visits they may make, as the rules of matching see them: rows turned into values."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from accreditation.records import colleagues, invitations, panels, reviewers, visit_days
from accreditation.records.cycles import Cycle, CycleNow, Round, StageChange, newest_stage
from accreditation.records.engagements import engagements
from accreditation.records.reviewer_facts import facts_of
from accreditation.records.reviewers import Assignment, AssignmentEnd
from accreditation.records.reviews import HandIn
from accreditation.records.teams import Organisation
from accreditation.rules import conflicts
from accreditation.rules.cycle import Stage
from accreditation.rules.panels import PanelCase, PanelKind
from accreditation.rules.places import point_of
from accreditation.rules.reviewer_facts import NO_FACTS
from accreditation.scheme.process import AssignmentRules

TOGETHER = 500
"""So many ids are asked for in one question; SQLite takes no more than some thousands."""


def reviewers_asked(
    session: Session, only: Collection[int] | None = None, *, round_id: int | None = None
) -> tuple[conflicts.Reviewer, ...]:
    """The pool as values, or only these reviewers of it; by id. With the days of visits in other rounds than this one.

    Where a reviewer sets out from, and in which region, is what was stated of them, or else what is known of their
    employer. Visits done are those that were stated, made elsewhere or before, and those that were completed here.
    """
    facts, done = facts_of(session, only), completed(session, only)
    served = colleagues.served(session, only)
    engaged = {} if round_id is None else engagements(session)
    rows, nowhere = reviewers.pool(session, only), Organisation(name="")
    employers = _employers(session, None if only is None else [row.organisation_id or 0 for row in rows])
    found = []
    for row in rows:
        own = facts.get(row.id or 0, NO_FACTS)
        employer = employers.get(row.organisation_id, nowhere)
        place = own.place or employer.place
        found.append(
            conflicts.Reviewer(
                id=row.id or 0,
                name=row.name,
                roles=row.role_set,
                organisation=row.organisation_id,
                capacity=row.capacity,
                specialties=frozenset(own.specialties),
                visits_done=own.visits_done + done[row.id or 0],
                worked_at=own.worked_at,
                serves=served.get(row.id or 0, frozenset()),
                unavailable=own.unavailable,
                engaged=tuple(one.at for one in engaged.get(row.id or 0, ()) if one.round != round_id),
                preferences=own.preferences,
                network=employer.network or None,
                region=own.region or employer.region or None,
                place=place or None,
                point=point_of(place),
            )
        )
    return tuple(found)


def _employers(session: Session, only: Collection[int] | None) -> Mapping[int | None, Organisation]:
    """Every organisation, or these alone, by id."""
    query = select(Organisation)
    asked = query if only is None else query.where(col(Organisation.id).in_(set(only)))
    return {row.id: row for row in session.exec(asked)}


def visits_asked(session: Session, several: Sequence[CycleNow]) -> tuple[conflicts.Visit, ...]:
    """The visits of these cycles as values, in their order."""
    ids = [now.id for now in several]
    last, days = _last_reviewers(session, several), visit_days.days_of(session, ids)
    panel = panels.everybody(session, ids)
    return tuple(
        conflicts.Visit(
            cycle=now.id,
            team_name=now.team.name,
            organisation=now.organisation.id or 0,
            days=days.get(now.id),
            network=now.organisation.network or None,
            region=now.organisation.region or None,
            place=now.organisation.place or None,
            point=point_of(now.organisation.place),
            last_reviewers=last.get(now.id, frozenset()),
            panel=panel.get(now.id, frozenset()),
        )
        for now in several
    )


def refused_by_service(session: Session, several: Sequence[CycleNow]) -> set[tuple[int, int]]:
    """(cycle, reviewer) where the service said that there is a conflict, in this round or an earlier one."""
    by_team: dict[int, list[int]] = {}
    for now in several:
        by_team.setdefault(now.cycle.team_id, []).append(now.id)
    said = invitations.service_conflicts(session)
    return {(cycle, reviewer) for team, reviewer in said for cycle in by_team.get(team, ())}


def declared_by_services(session: Session, several: Sequence[CycleNow]) -> list[conflicts.Declared]:
    """What services said of reviewers, for these visits. Why is not read here: the reason goes nowhere."""
    organisations = {now.id: now.organisation.id or 0 for now in several}
    return [
        conflicts.Declared(reviewer=reviewer, organisation=organisations[cycle], reason="", by="service", cycle=cycle)
        for cycle, reviewer in sorted(refused_by_service(session, several))
    ]


def declared_about(
    session: Session, several: Sequence[CycleNow], only: Collection[int] | None = None
) -> list[conflicts.Declared]:
    """What reviewers (only these) declared of any organisation, and these visits' services of them; reasons unread."""
    return [
        *(
            conflicts.Declared(reviewer=row.reviewer_id, organisation=row.organisation_id, reason="")
            for row in reviewers.declared(session, only)
        ),
        *(one for one in declared_by_services(session, several) if only is None or one.reviewer in only),
    ]


def panel_case(
    session: Session, now: CycleNow, rules: AssignmentRules, only: Collection[int] | None = None
) -> PanelCase:  # fmt: skip
    """Everything that decides who may sit in the panels about this cycle, or whether these reviewers alone may."""
    return panel_cases(session, [now], {now.id: rules}, only)[now.id]


def panel_cases(
    session: Session, several: Sequence[CycleNow], rules: Mapping[int, AssignmentRules],
    only: Collection[int] | None = None,
) -> dict[int, PanelCase]:  # fmt: skip
    """The same of several cycles by as many questions as of one: cycle -> its case, under the rules of its edition."""
    ids = [now.id for now in several]
    team: dict[int, set[int]] = defaultdict(set)
    asked: dict[int, set[int]] = defaultdict(set)
    for seat, _ in reviewers.sitting(session, cycle_ids=ids):
        team[seat.cycle_id].add(seat.reviewer_id)
    for seat, _ in reviewers.left(session, cycle_ids=ids):
        team[seat.cycle_id].add(seat.reviewer_id)
    for one, _ in invitations.open_ones(session, cycle_ids=ids):
        asked[one.cycle_id].add(one.reviewer_id)
    rows = panels.members(session, ids)
    pool = {one.id: one for one in reviewers_asked(session, only)}
    declared = declared_about(session, several, only)
    return {
        visit.cycle: PanelCase(
            visit=visit,
            rules=rules[visit.cycle],
            people=pool,
            declared=[one for one in declared if one.cycle in (None, visit.cycle)],
            team=frozenset(team[visit.cycle]),
            asked=frozenset(asked[visit.cycle]),
            panels={
                kind: frozenset(row.reviewer_id for row in rows if (row.kind, row.cycle_id) == (kind, visit.cycle))
                for kind in PanelKind
            },
        )
        for visit in visits_asked(session, several)
    }


def completed(session: Session, only: Collection[int] | None = None) -> Counter[int]:
    """How many visits has each reviewer completed here: handed in, still in the team, and the result published?"""
    query = (
        select(Assignment.reviewer_id)
        .join(HandIn, col(HandIn.assignment_id) == Assignment.id)
        .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id, isouter=True)
        .join(StageChange, col(StageChange.cycle_id) == Assignment.cycle_id)
        .where(col(AssignmentEnd.assignment_id).is_(None))
        .where(newest_stage(), StageChange.to_stage == Stage.PUBLISHED.value)
    )
    if only is not None:
        query = query.where(col(Assignment.reviewer_id).in_(list(only)))
    return Counter(session.exec(query))


def _last_reviewers(session: Session, several: Sequence[CycleNow]) -> Mapping[int, frozenset[int]]:
    """Cycle -> who sat in the review team of the same team's last cycle in the same scheme, and did not leave it."""
    before = _last_cycles(session, several)
    sat: dict[int, set[int]] = defaultdict(set)
    ids = sorted(set(before.values()))
    for start in range(0, len(ids), TOGETHER):
        query = (
            select(Assignment.cycle_id, Assignment.reviewer_id)
            .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id, isouter=True)
            .where(col(AssignmentEnd.assignment_id).is_(None))
            .where(col(Assignment.cycle_id).in_(ids[start : start + TOGETHER]))
        )
        for cycle, reviewer in session.exec(query):
            sat[cycle].add(reviewer)
    return {cycle: frozenset(sat[last]) for cycle, last in before.items()}


def _last_cycles(session: Session, several: Sequence[CycleNow]) -> Mapping[int, int]:
    """Cycle -> the same team's cycle before it in the same scheme, where there is one."""
    teams_asked = sorted({now.cycle.team_id for now in several})
    rounds = {row.id: row.scheme for row in session.exec(select(Round))}
    cycles: dict[tuple[int, str], list[int]] = defaultdict(list)
    for start in range(0, len(teams_asked), TOGETHER):
        query = (
            select(Cycle).where(col(Cycle.team_id).in_(teams_asked[start : start + TOGETHER])).order_by(col(Cycle.id))
        )
        for row in session.exec(query):
            cycles[row.team_id, rounds[row.round_id]].append(row.id or 0)
    found = {}
    for now in several:
        earlier = [one for one in cycles[now.cycle.team_id, rounds[now.cycle.round_id]] if one < now.id]
        if earlier:
            found[now.id] = earlier[-1]
    return found
