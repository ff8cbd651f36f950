"""A cycle as its people see it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import PUBLIC, Principal
from accreditation.scheme.answer import Answer
from accreditation.views.cycles import CycleWhole, cycle_whole, cycles_of
from accreditation.views.history import history
from accreditation.views.round_list import round_whole
from accreditation.wiring import House
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    NORTHS_LEAD,
    OFFICE,
    OTHER_LEAD,
    STRANGER,
    later,
    reviewer,
    walk,
    work,
)
from tests.wide import start, to_review


def seen(house: House, by: Principal = LEAD, *, days: float = 0) -> CycleWhole:
    return cycle_whole(house.database, principal=by, cycle_id=CYCLE, at=later(days))


MOVES = {
    (Stage.SELF_ASSESSMENT, LEAD): [
        "state_profile",
        "rate",
        "attach_evidence",
        "withdraw_evidence",
        "submit",
        "withdraw",
    ],
    (Stage.SELF_ASSESSMENT, MEMBER): ["rate", "attach_evidence", "withdraw_evidence"],
    (Stage.SELF_ASSESSMENT, OFFICE): ["state_profile", "import_audit", "date_visit", "withdraw", "carry_over"],
    (Stage.EVIDENCE, LEAD): ["rate", "attach_evidence", "withdraw_evidence", "submit", "withdraw"],
    (Stage.REVIEW, reviewer(NORTHS_LEAD)): [
        "declare_conflict",
        "step_down",
        "review",
        "record_finding",
        "ask_evidence",
        "raise_risk",
        "hand_in",
    ],
    (Stage.REVIEW, LEAD): ["withdraw"],
    (Stage.CONSENSUS, reviewer(NORTHS_LEAD)): ["settle", "raise_risk"],
    (Stage.DECISION, COMMITTEE): ["decide"],
    (Stage.PUBLICATION, OFFICE): ["publish"],
    (Stage.PUBLISHED, OFFICE): [],
}


@pytest.mark.parametrize(("stage", "by"), MOVES, ids=lambda one: getattr(one, "name", one))
def test_everybody_is_told_what_they_can_do_now(house: House, stage: Stage, by: Principal) -> None:
    walk(house, stage)
    assert [one.move for one in seen(house, by).allowed] == [Move(move) for move in MOVES[stage, by]]


def test_every_criterion_that_applies_has_its_answer_and_its_evidence(house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    told = [
        (one.id, one.answer, one.version, one.standing.value, one.why, one.evidence) for one in seen(house).criteria
    ]
    assert told == [
        ("1.01", Answer(rating="met"), 1, "met", "rated 'Met'", (1,)),
        ("2.01", Answer(measured="92.5"), 1, "met", "92.5 %; at least 90 % is asked for", ()),
        ("2.02", Answer(level="B"), 1, "met", "level B reaches level B", ()),
    ]


def test_what_is_not_answered_yet_is_said_so(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    told = [(one.answer.state, one.version, one.answered_by, one.standing.value) for one in seen(house).criteria]
    assert told == [("not_answered", 0, None, "not_answered")] * 3


def test_a_stage_has_its_end_and_is_late_after_it(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    assert (seen(house).due, seen(house).late) == (AT.replace(month=7), False)
    assert (seen(house, days=91).late, seen(house, days=92).late) == (False, True)
    late = round_whole(house.database, principal=OFFICE, round_id=1, at=later(92))
    assert (late.cycles, late.stages, [one.id for one in late.late]) == (1, {Stage.SELF_ASSESSMENT: 1}, [CYCLE])
    assert round_whole(house.database, principal=OFFICE, round_id=1, at=AT + timedelta(days=1)).late == ()


def test_what_blocks_a_review_team_is_told_to_the_college_and_that_it_does_to_the_team(house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    for number in (1, 2, 3, 4):
        declare_conflict(
            house.database, principal=OFFICE, reviewer_id=number, organisation_id=1, reason="A friend.", at=AT
        )
    assert seen(house).waits_for is None
    work(house)
    assert seen(house).waits_for == "No complete review team is found yet; the college office knows why."
    told = seen(house, OFFICE).waits_for
    assert told is not None
    assert ("conflict" in told, "A friend." in told) == (True, False)


def test_another_teams_cycle_and_the_publics_are_not_found_or_not_permitted(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    for by in (STRANGER, PUBLIC, reviewer(OTHER_LEAD)):
        with pytest.raises(NotFound, match=r"There is no such cycle, or it is not one of yours\."):
            seen(house, by)
    with pytest.raises(NotPermitted):
        cycles_of(house.database, principal=PUBLIC, stage=None, round_id=None, after=0, limit=10, at=AT)


@pytest.mark.parametrize(
    ("after", "limit", "ids", "next_after"), [(0, 1, (1,), 1), (0, 2, (1,), None), (1, 1, (), None)]
)
def test_a_list_is_read_in_parts(
    house: House, after: int, limit: int, ids: tuple[int, ...], next_after: int | None
) -> None:
    walk(house, Stage.REVIEW)
    found = cycles_of(house.database, principal=OFFICE, stage=None, round_id=None, after=after, limit=limit, at=AT)
    assert (tuple(one.id for one in found.items), found.next_after) == (ids, next_after)


@pytest.mark.parametrize(
    ("stage", "round_id", "number"),
    [(None, None, 1), (Stage.REVIEW, 1, 1), (Stage.EVIDENCE, 1, 0), (Stage.REVIEW, 2, 0)],
)
def test_a_list_may_be_narrowed(house: House, stage: Stage | None, round_id: int | None, number: int) -> None:
    walk(house, Stage.REVIEW)
    for by in (OFFICE, LEAD, reviewer(NORTHS_LEAD)):
        found = cycles_of(house.database, principal=by, stage=stage, round_id=round_id, after=0, limit=10, at=AT)
        assert len(found.items) == number


def test_the_history_has_every_stage_with_its_reason(house: House) -> None:
    walk(house, Stage.WITHDRAWN)
    told = [
        (one.from_stage, one.to_stage, one.move, one.by, one.reason)
        for one in history(house.database, principal=LEAD, cycle_id=CYCLE).stages
    ]
    assert told == [
        (None, Stage.SELF_ASSESSMENT, "enrol", "the office", ""),
        (Stage.SELF_ASSESSMENT, Stage.WITHDRAWN, "withdraw", "lead of north", "The ward closes."),
    ]


def test_a_fact_is_shown_with_how_it_is_answered_and_by_whom(house: House) -> None:
    start(house, site="country", beds="12.50")
    told = [(one.fact, one.kind, one.unit, one.asked_of, one.value) for one in seen(house).profile]
    assert told == [
        ("site", "choice", None, "team", "country"),
        ("beds", "number", "beds", "team", Decimal("12.5")),
        ("visit", "choice", None, "office", None),
        ("most", "number", "criteria", "office", None),
    ]
    assert seen(house).profile[0].choices == {"city": "In a city", "country": "In the country"}


@pytest.mark.parametrize(("site", "day"), [("city", 8), ("country", 7)])
def test_a_stage_in_business_days_ends_after_the_holidays_of_the_service(house: House, site: str, day: int) -> None:
    start(house, site=site)
    assert seen(house).due == AT.replace(day=day)
    after = AT.replace(day=7, hour=12)
    assert cycle_whole(house.database, principal=LEAD, cycle_id=CYCLE, at=after).late == (site == "country")


def test_a_team_sees_its_answers_judged_on_its_own_scale(house: House) -> None:
    to_review(house)
    told = [(one.id, one.standing.value, one.why) for one in seen(house).criteria]
    assert told == [
        ("1.01", "met", "rated 'Still collating'"),
        ("1.02", "met", "92.50 %, 2 points (at least 90)"),
        ("1.03", "met", "2 of 2 wards do well enough: A, B"),
        ("1.05", "met", "95 %; at least 90 % is asked for"),
    ]
