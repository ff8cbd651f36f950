"""What a wider scheme decides: measured reviews, judgements, validity by rule, conditions in business days."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accreditation.actions.decide import decide
from accreditation.actions.publish import publish
from accreditation.actions.settle import settle
from accreditation.errors import Invalid
from accreditation.records import awards, reviews
from accreditation.records.awards import Decision, Recommendation
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.views.awards import DecisionShown, decision, recommendation
from accreditation.views.progress import progress
from accreditation.views.results import registered
from accreditation.wiring import House
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    OFFICE,
    newest,
    nothing_kept,
    reviewer,
    stage_of,
    team_of,
    work,
)
from tests.wide import FALLS, FINDS, hand_in_as, to_decision, to_review

POOR = {"c1_01": Answer(rating="poor")}
WORSE = {**POOR, "c1_02": Answer(measured=20), "c1_05": Answer(rating="poor")}


def decided(house: House, outcome: str, reason: str = "", at: datetime = AT) -> Decision:
    return decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome=outcome, reason=reason, at=at)


def shown(house: House) -> DecisionShown:
    return decision(house.database, principal=COMMITTEE, cycle_id=CYCLE)


def test_what_reviewers_accept_as_measured_is_settled_whole(house: House) -> None:
    to_decision(house)
    with house.database.reading() as session:
        settled = {name: row.answer() for name, row in reviews.settlements(session, CYCLE).items()}
    assert settled == FINDS
    assert (str(settled["1.02"].measured), settled["1.03"].series) == ("92.50", FALLS)


def test_values_that_differ_go_to_the_lead_and_what_the_lead_settles_stands(house: House) -> None:
    to_review(house)
    hand_in_as(house, "lead")
    hand_in_as(house, "lay", c1_02=Answer(measured=60))
    work(house)
    assert stage_of(house) == Stage.CONSENSUS
    settled = Answer(measured=Decimal("91.25"), note="Counted again.")
    who = reviewer(team_of(house)["lead"])
    wrong = Answer(rating="good", note="It is good.")
    with nothing_kept(house), pytest.raises(Invalid, match=r"criterion 1\.02: rating 'good'; the measured value in %"):
        settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.02", answer=wrong, at=AT)
    assert settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.02", answer=settled, at=AT) == ()
    assert newest(house)[0][3]["measured"] == "91.25"
    with house.database.reading() as session:
        assert reviews.settlements(session, CYCLE)["1.02"].answer() == settled


def test_the_ledger_has_the_series_that_was_handed_in(house: House) -> None:
    to_decision(house)
    with house.database.reading() as session:
        told = {row.criterion: row.series for row in reviews.settlements(session, CYCLE).values()}
    series = json.loads(told["1.03"] or "")
    assert series[0] == {"at": {"ward": "A", "quarter": "1"}, "value": "1", "benchmark": "2.5"}


@pytest.mark.parametrize(
    ("beds", "until"), [(Answer(rating="good"), date(2030, 4, 1)), (Answer(rating="poor"), date(2028, 4, 1))]
)
def test_an_award_is_valid_as_long_as_it_was_recommended(house: House, beds: Answer, until: date) -> None:
    to_decision(house, c1_05=beds)
    seen = recommendation(house.database, principal=OFFICE, cycle_id=CYCLE)
    assert (seen.outcome, seen.valid_for) == ("gold", f"{until.year - 2026} years")
    assert decided(house, "gold").valid_until == until


def test_another_outcome_is_valid_as_long_as_its_own_rules_say_on_the_same_ratings(house: House) -> None:
    to_decision(house, c1_02=Answer(measured=20))
    with house.database.reading() as session:
        assert session.get_one(Recommendation, CYCLE).outcome == "silver"
    row = decided(house, "gold", "The scanner was replaced.")
    assert (row.departs, row.valid_until) == (True, date(2028, 4, 1))


def test_a_judgement_is_the_committees_and_departs_from_nothing(house: House) -> None:
    to_decision(house, **POOR)
    seen = recommendation(house.database, principal=OFFICE, cycle_id=CYCLE)
    assert (seen.outcome, seen.judgement, seen.valid_for) == ("open", True, None)
    with nothing_kept(house):
        with pytest.raises(Invalid) as invalid:
            decided(house, "open")
        assert [str(fault) for fault in invalid.value.faults] == [
            "outcome: 'open' leaves it to the committee's judgement; decide one of: gold, silver, deferred, refused",
            "reason: empty, but the rules leave the case to judgement ('open'); say what the committee's judgement "
            "rests on",
        ]
        with pytest.raises(Invalid, match="reason: empty, but the rules leave the case to judgement"):
            decided(house, "silver")
    row = decided(house, "silver", "All else is excellent.")
    assert (row.departs, row.valid_until) == (False, date(2027, 4, 1))
    assert newest(house)[0][3]["recommended"] == "open"
    assert (shown(house).judgement, shown(house).departs, shown(house).reason) == (
        True,
        False,
        "All else is excellent.",
    )
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)
    result = registered(house.database, principal=LEAD, cycle_id=CYCLE, at=AT)
    assert (result.departs, result.public_wording) == (False, "It is good.")


def test_nobody_decides_a_judgement_where_the_rules_have_spoken(house: House) -> None:
    to_decision(house)
    with nothing_kept(house), pytest.raises(Invalid, match="outcome: 'open'; one of: gold, silver, deferred, refused"):
        decided(house, "open", "We cannot say.")


def test_conditions_in_business_days_leave_out_the_holidays_of_the_service(house: House) -> None:
    to_decision(house, **WORSE)
    easter = datetime(2026, 4, 1, 9, tzinfo=UTC)
    decided(house, "deferred", at=easter)
    with house.database.reading() as session:
        (row,) = awards.conditions(session, [CYCLE])[CYCLE]
    assert (row.names, row.due_on) == (("1.01",), date(2026, 4, 17))
    (condition,) = shown(house).conditions
    follows = [None if one is None else (one.outcome, one.title) for one in (condition.when_met, condition.when_missed)]
    assert follows == [("gold", "Gold"), ("refused", "Refused")]
    (asked,) = recommendation(house.database, principal=OFFICE, cycle_id=CYCLE).conditions
    assert (asked.within, asked.when_met, asked.when_missed) == ("10 business days", "gold", "refused")


def test_scores_and_limits_are_told_and_published_ones_stand_in_the_register(house: House) -> None:
    to_decision(house, c1_02=Answer(measured=20))
    seen = recommendation(house.database, principal=OFFICE, cycle_id=CYCLE)
    assert [(one.score, one.group, one.shown, one.level) for one in seen.scores] == [
        ("points", "", "75.0", "B"),
        ("domain", "1", "75", "part"),
        ("unpublished", "", "1", None),
    ]
    assert [(one.instead_of, one.at_best, one.in_the_way, one.working.holds) for one in seen.limited] == [
        ("gold", "silver", ("1.02",), True)
    ]
    decided(house, "silver")
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)
    result = registered(house.database, principal=LEAD, cycle_id=CYCLE, at=AT)
    assert [(one.score, one.title, one.group, one.shown, one.level) for one in result.scores] == [
        ("points", "Points", "", "75.0", "B"),
        ("domain", "Met: First", "1", "75", "part"),
    ]


def test_a_team_is_scored_on_its_own_scale_until_reviewers_have_settled(house: House) -> None:
    to_review(house)
    gap = progress(house.database, principal=LEAD, cycle_id=CYCLE, at=AT).gap
    assert (gap.outcome, gap.judgement, gap.limited) == ("gold", False, ())
    assert [(one.score, one.shown) for one in gap.scores] == [
        ("points", "87.5"),
        ("domain", "100"),
        ("unpublished", "0"),
    ]
