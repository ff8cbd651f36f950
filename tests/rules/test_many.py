"""Deciding many cycles in bits gives what explaining each of them gives."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.many import Board
from accreditation.rules.many_marks import Given
from accreditation.rules.result import result
from accreditation.rules.scoring import score
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.facts import Fact, FactValue
from accreditation.scheme.model import AuditLevel, By, Criterion, Scheme, Threshold
from tests.rules.rich import ANSWERS
from tests.rules.rich import schemes as rich_schemes
from tests.shipped import FOLDERS, shipped


def facts_of(fact: Fact) -> st.SearchStrategy[FactValue]:
    if fact.choices is not None:
        return st.sampled_from(list(fact.choices))
    return st.booleans() if fact.unit is None else st.integers(0, 12).map(Decimal)


def answers_to(criterion: Criterion, scheme: Scheme, by: By) -> st.SearchStrategy[Answer]:
    ratings = list(scheme.scale_of(criterion, by))
    usual = st.sampled_from([Answer(rating=ratings[0])] * 6 + [Answer(rating=name) for name in ratings])
    unrated = st.sampled_from(
        [NOT_ANSWERED, Answer(state="too_few_cases"), Answer(state="not_applicable", note="no such patients")]
    )
    found = [usual, usual, usual, usual, unrated]
    if isinstance(criterion.measure, AuditLevel):
        levels = scheme.audits[criterion.measure.audit].levels
        found.append(st.sampled_from(levels).map(lambda level: Answer(level=level)))
    elif isinstance(criterion.measure, Threshold) and not criterion.measure.series:
        found.append(st.integers(0, 200).map(lambda half: Answer(measured=Decimal(half) / 2)))
    return st.one_of(found)


@st.composite
def cycles(draw: st.DrawFn, scheme: Scheme) -> tuple[By, dict[str, FactValue], dict[str, Answer]]:
    by: By = draw(st.sampled_from(["team", "reviewer"]))
    stated = {name: facts_of(fact) for name, fact in scheme.profile.items()}
    profile = draw(st.fixed_dictionaries({}, optional=stated))
    usual = draw(st.booleans())
    mixed = draw(st.fixed_dictionaries({}, optional={one.id: answers_to(one, scheme, by) for one in scheme.criteria}))
    best = {one.id: Answer(rating=next(iter(scheme.scale_of(one, by)))) for one in scheme.criteria}
    return by, profile, best | mixed if usual else mixed


def agree(scheme: Scheme, by: By, profile: Mapping[str, FactValue], answers: Mapping[str, Answer]) -> None:
    """The outcome, what keeps each higher one away, and what limits rest on: all as explained."""
    told = result(score(scheme=scheme, profile=profile, answers=answers, by=by))
    board = Board(scheme, by=by)
    standings = board.standings(
        profile=profile, given=[Given(criterion=name, answer=answer) for name, answer in answers.items()]
    )
    found = board.decide(standings)
    assert found.outcome == told.outcome.outcome
    ways = {outcome: set(working.in_the_way) for outcome, working in told.tried if not working.holds}
    assert {outcome: set(board.names(bits)) for outcome, bits in found.lacks.items()} == ways
    assert set(board.names(found.limited)) == {name for limit in told.limited for name in limit.in_the_way}


@pytest.mark.xdist_group("standards that ship")
@pytest.mark.parametrize("folder", FOLDERS)
@given(data=st.data())
@settings(max_examples=4)
def test_it_agrees_with_the_explanation_on_every_standard(folder: str, data: st.DataObject) -> None:
    scheme = shipped(folder).scheme
    agree(scheme, *data.draw(cycles(scheme)))


@pytest.mark.xdist_group("standards that ship")
@pytest.mark.parametrize("folder", FOLDERS)
def test_it_agrees_on_every_worked_case(folder: str) -> None:
    standard = shipped(folder)
    for case in standard.cases:
        agree(standard.scheme, case.by, case.profile, case.answers(standard.scheme))


@given(data=st.data())
@settings(max_examples=40)
def test_it_agrees_on_schemes_that_use_the_whole_language(data: st.DataObject) -> None:
    scheme = data.draw(rich_schemes())
    answers = data.draw(st.fixed_dictionaries({}, optional={one.id: ANSWERS for one in scheme.criteria}))
    agree(scheme, "reviewer", {}, answers)


@given(data=st.data())
@settings(max_examples=15)
def test_what_is_not_answered_can_be_taken_as_met(data: st.DataObject) -> None:
    scheme = data.draw(rich_schemes())
    answers = data.draw(st.fixed_dictionaries({}, optional={one.id: ANSWERS for one in scheme.criteria}))
    board = Board(scheme, by="reviewer")
    said = [Given(criterion=name, answer=answer) for name, answer in answers.items()]
    missing = [one.id for one in scheme.criteria if answers.get(one.id, NOT_ANSWERED).state == "not_answered"]
    found = board.decide(board.standings(profile={}, given=said).taking(board.ready.bits(missing)))
    told = result(score(scheme=scheme, profile={}, answers=answers).with_met(missing))
    assert found.outcome == told.outcome.outcome


@given(data=st.data())
@settings(max_examples=10)
def test_an_answer_that_does_not_count_is_no_answer(data: st.DataObject) -> None:
    scheme = data.draw(rich_schemes())
    answers = data.draw(st.fixed_dictionaries({}, optional={one.id: ANSWERS for one in scheme.criteria}))
    dropped = scheme.criteria[0].id
    board = Board(scheme, by="reviewer", carries=lambda given: given.criterion != dropped)
    said = [Given(criterion=name, answer=answer) for name, answer in answers.items()]
    found = board.decide(board.standings(profile={}, given=said))
    left = {name: answer for name, answer in answers.items() if name != dropped}
    assert found.outcome == result(score(scheme=scheme, profile={}, answers=left)).outcome.outcome
