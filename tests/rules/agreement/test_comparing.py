"""Which answers can be set beside each other."""

import pytest

from accreditation.rules.agreement.comparing import VERDICT, Comparable, comparable, verdict
from accreditation.scheme.answer import Answer, Point
from tests.building import small

SMALL = small()
SERIES = Answer(series=(Point.model_validate({"at": {"ward": "A"}, "value": "1"}),))


def read(name: str, answer: Answer) -> tuple[str, str, float] | None:
    found = comparable(scheme=SMALL, criterion=SMALL.by_id[name], answer=answer)
    return None if found is None else (found.on.level, found.on.words, found.value)


def test_a_rating_and_a_level_have_a_place_the_higher_the_better() -> None:
    assert read("1.01", Answer(rating="met")) == ("ordinal", "the scale Met, Not met", 1.0)
    assert read("2.01", Answer(rating="not_met")) == ("ordinal", "the scale Met, Not met", 0.0)
    assert [read("2.02", Answer(level=level)) for level in "ABC"] == [
        ("ordinal", "levels of The audit", value) for value in (2.0, 1.0, 0.0)
    ]


def test_a_number_is_compared_as_it_is_and_only_with_numbers_of_its_criterion() -> None:
    assert read("2.01", Answer(measured="92.5")) == ("interval", "measured in %", 92.5)
    minutes = SMALL.by_id["2.01"].model_copy(
        update={"measure": SMALL.by_id["2.01"].measure.model_copy(update={"unit": "minutes"})}  # type: ignore[union-attr]
    )
    found = comparable(scheme=SMALL, criterion=minutes, answer=Answer(measured="30"))
    assert found is not None
    assert (found.on.level, found.on.criterion, found.on.places) == ("ratio", "2.01", ())


@pytest.mark.parametrize("state", ["not_applicable", "not_answered", "too_few_cases"])
def test_what_is_missing_is_no_category(state: str) -> None:
    answer = Answer.model_validate({"state": state, "note": "why"})
    assert read("2.01", answer) is None
    assert verdict(scheme=SMALL, criterion=SMALL.by_id["2.01"], answer=answer) is None


def test_a_series_is_compared_by_its_verdict_alone_and_anything_rated_has_one() -> None:
    assert read("2.01", SERIES) is None
    said = [Answer(measured="90"), Answer(measured="89.9"), Answer(rating="met")]
    assert [verdict(scheme=SMALL, criterion=SMALL.by_id["2.01"], answer=one) for one in said] == [
        Comparable(on=VERDICT, value=value) for value in (1.0, 0.0, 1.0)
    ]
