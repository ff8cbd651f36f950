"""A reviewer says when they cannot visit, of themselves alone; rounds that wait look again."""

from datetime import date

import pytest

from accreditation.actions.change_reviewer import Changed, ReviewerChange, change_reviewer
from accreditation.actions.date_visit import date_visit
from accreditation.actions.state_availability import state_availability
from accreditation.errors import NotFound
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.reviewer_facts import Availability, Away, Preference, ReviewerFacts
from accreditation.views.availability import own_availability
from accreditation.views.college import reviewer_pool
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    NORTHS_LEAD,
    OFFICE,
    OTHER_LEAD,
    ROUND,
    due_jobs,
    newest,
    nothing_kept,
    reviewer,
    team_of,
    work,
)

AWAY = Away(first=date(2026, 5, 4), last=date(2026, 5, 8))
GIVEN = Availability(unavailable=(AWAY,), preferences=(Preference(organisation=2, how="rather_not"),))


def stated(house: House, given: Availability = GIVEN, number: int = NORTHS_LEAD) -> Changed:
    return state_availability(house.database, principal=reviewer(number), availability=given, at=AT)


def facts(house: House) -> dict[int, ReviewerFacts | None]:
    return {one.id: one.facts for one in reviewer_pool(house.database, principal=OFFICE).reviewers}


def test_both_stand_in_place_of_what_stood_and_nothing_else_changes(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    change = ReviewerChange(specialties=("stroke",), unavailable=(Away(first=date(2026, 1, 1), last=date(2026, 1, 2)),))
    change_reviewer(house.database, principal=OFFICE, reviewer_id=NORTHS_LEAD, change=change, at=AT)
    work(house)
    before = facts(house)
    assert stated(house) == Changed(changed=("unavailable", "preferences"))
    assert own_availability(house.database, principal=reviewer(NORTHS_LEAD)) == GIVEN
    assert own_availability(house.database, principal=reviewer(OTHER_LEAD)) == Availability(
        unavailable=(), preferences=()
    )
    after = ReviewerFacts(specialties=("stroke",), unavailable=(AWAY,), preferences=GIVEN.preferences)
    assert facts(house) == {**before, NORTHS_LEAD: after}
    entry = newest(house)[0]
    assert entry[:3] == (f"reviewer:reviewer {NORTHS_LEAD}", "reviewer:change", f"reviewer:{NORTHS_LEAD}")
    assert "2026-05" not in str(entry[3])
    with nothing_kept(house):
        assert stated(house) == Changed()


def test_a_round_that_waits_is_looked_at_again(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    date_visit(house.database, principal=OFFICE, cycle_id=CYCLE, first=AWAY.last, last=AWAY.last, at=AT)
    stated(house)
    assert (Kind.ASSIGNMENT, ROUND) in {(job.kind, job.subject) for job in due_jobs(house)}
    work(house)
    assert team_of(house)["lead"] == OTHER_LEAD


def test_a_visit_that_they_sit_in_is_named_and_stays_theirs(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    date_visit(house.database, principal=OFFICE, cycle_id=CYCLE, first=AWAY.first, last=AWAY.first, at=AT)
    assert stated(house) == Changed(changed=("unavailable", "preferences"), away=(CYCLE,))
    assert team_of(house)["lead"] == NORTHS_LEAD


def test_an_organisation_that_does_not_exist_is_refused(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.ASSIGNMENT)
    nowhere = Availability(unavailable=(), preferences=(Preference(organisation=99, how="prefers"),))
    with nothing_kept(house), pytest.raises(NotFound, match=r"There is no organisation 99\."):
        stated(house, nowhere)


def test_the_committee_reads_the_pool_without_anybody_s_absence(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    stated(house)
    assert {one.facts for one in reviewer_pool(house.database, principal=COMMITTEE).reviewers} == {None}
