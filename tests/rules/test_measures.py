"""What a measured value is worth: bands, formulas, series and scales, each on its line and beside it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from accreditation.rules.scoring import Scored, Standing, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.criterion import Criterion
from tests.building import small

BANDS = [
    {"at_least": 95, "points": 100},
    {"at_least": 90, "below": 95, "points": 90},
    {"below": 90, "points": 0},
]
MINUTES = [
    {"at_most": 45, "level": "fast"},
    {"above": 45, "at_most": 60, "level": "fair"},
    {"above": 60, "level": "slow"},
]
SCALE = {
    "fast": {"title": "Fast", "counts_as_met": True, "points": 5},
    "fair": {"title": "Fair", "counts_as_met": True, "points": 3},
    "slow": {"title": "Slow", "counts_as_met": False, "points": 1},
}


def scored(measure: dict[str, Any], answer: dict[str, Any], **other: Any) -> Scored:
    scheme = small()
    told = {**scheme.model_dump(mode="json"), "scales": {"speed": SCALE}, **other}
    scheme = type(scheme).model_validate(told)
    criterion = Criterion.model_validate(
        {"id": "9", "title": "t", "statement": "s", "type": "expected", "measure": measure, "scale": "speed"}
    )
    return score_one(criterion=criterion, answer=Answer.model_validate(answer), scheme=scheme)


@pytest.mark.parametrize(
    ("value", "met", "points"),
    [("100", True, 100), ("95", True, 100), ("94.999", False, 90), ("90", False, 90), ("89.99", False, 0)],
)
def test_a_band_gives_points_and_only_full_points_are_met(value: str, met: bool, points: int) -> None:
    one = scored({"unit": "%", "bands": BANDS}, {"measured": value})
    assert (one.standing is Standing.MET, one.points, one.value) == (met, Fraction(points), Fraction(value))


def test_a_band_and_a_threshold_say_points_and_met_apart() -> None:
    one = scored({"unit": "%", "bands": BANDS, "at_least": 90}, {"measured": 92})
    assert (one.standing, one.points) == (Standing.MET, Fraction(90))
    assert one.why == "92 %; at least 90 % is asked for, 90 points (at least 90 and less than 95)"


@pytest.mark.parametrize(
    ("value", "rating", "met", "points"),
    [("45", "fast", True, 5), ("45.01", "fair", True, 3), ("60", "fair", True, 3), ("61", "slow", False, 1)],
)
def test_a_band_may_give_a_rating_of_the_scale(value: str, rating: str, met: bool, points: int) -> None:
    one = scored({"unit": "minutes", "bands": MINUTES}, {"measured": value})
    assert (one.rating, one.standing is Standing.MET, one.points) == (rating, met, Fraction(points))


def test_a_table_may_be_named_and_shared() -> None:
    one = scored({"unit": "minutes", "bands": "door"}, {"measured": 50}, bands={"door": MINUTES})
    assert (one.rating, one.points) == ("fair", Fraction(3))


@pytest.mark.parametrize(
    ("formula", "value", "points", "met"),
    [
        ({"times": 2, "at_most": 100}, "49.95", Fraction("99.9"), False),
        ({"times": 2, "at_most": 100}, "50", Fraction(100), True),
        ({"times": 2, "at_most": 100}, "80", Fraction(100), True),
        ({"times": "2.5", "at_most": 100}, "12.34", Fraction("30.85"), False),
        ({"times": -1, "plus": 100, "at_most": 100, "at_least": 0}, "120", Fraction(0), False),
        ({"times": -1, "plus": 100, "at_most": 100, "at_least": 0}, "0", Fraction(100), True),
    ],
)
def test_a_formula_is_a_straight_line_with_a_cap(
    formula: dict[str, Any], value: str, points: Fraction, met: bool
) -> None:
    one = scored({"unit": "%", "formula": formula}, {"measured": value})
    assert (one.points, one.standing is Standing.MET) == (points, met)


def test_a_value_in_no_band_earns_the_least() -> None:
    table = [{"at_least": 10, "at_most": 20, "points": 7}, {"above": 20, "at_most": 30, "points": 9}]
    one = scored({"unit": "beds", "bands": table}, {"measured": 31})
    assert (one.points, one.standing, one.why) == (Fraction(7), Standing.NOT_MET, "31 beds, in no band, 7 points")


def test_a_reviewer_who_rates_a_measured_criterion_gives_it_full_points_or_the_least() -> None:
    worths = [scored({"unit": "%", "bands": BANDS}, {"rating": rating}).points for rating in ("fast", "fair", "slow")]
    assert worths == [100, 100, 0]


SERIES: dict[str, Any] = {
    "unit": "falls per 1,000 bed days",
    "below": "benchmark",
    "series": [{"each": "ward", "above": "50 %"}, {"each": "quarter", "above": "50 %"}],
}


def points(*wards: str) -> list[dict[str, Any]]:
    """One ward a word, one quarter a letter: b is better than the benchmark, w is worse, e is equal to it."""
    value = {"b": "1.9", "w": "2.1", "e": "2.0"}
    return [
        {"at": {"ward": f"W{place}", "quarter": f"Q{number}"}, "value": value[letter], "benchmark": 2}
        for place, ward in enumerate(wards)
        for number, letter in enumerate(ward)
    ]


@pytest.mark.parametrize(
    ("wards", "met"),
    [
        (("bbbb", "bbbw", "wwww"), True),
        (("bbbb", "bbww", "wwww"), False),
        (("bbbb", "wwww"), False),
        (("bbe", "bbe", "eee"), True),
        (("bee",), False),
    ],
)
def test_the_majority_of_wards_in_the_majority_of_quarters(wards: tuple[str, ...], met: bool) -> None:
    one = scored(SERIES, {"series": points(*wards)})
    assert one.standing is (Standing.MET if met else Standing.NOT_MET)


def test_a_series_says_how_many_did_well() -> None:
    assert scored(SERIES, {"series": points("bbb", "www")}).why == "1 of 2 wards do well enough: W0; not W1"


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        (2, 0, "2 of 2 wards do well enough: W0, W1"),
        (0, 1, "0 of 1 wards do well enough: not W0"),
        (3, 11, f"3 of 14 wards do well enough: W0 and 2 more; not {', '.join(f'W{n}' for n in range(3, 14))}"),
        (1, 13, f"1 of 14 wards do well enough: not {', '.join(f'W{n}' for n in range(1, 13))} and 1 more"),
    ],
)
def test_at_most_twelve_groups_are_named_those_first_that_did_not_do_well(good: int, bad: int, told: str) -> None:
    assert scored(SERIES, {"series": points(*["bbb"] * good, *["www"] * bad)}).why == told


def test_a_value_without_a_benchmark_does_not_do_well() -> None:
    alone = [{"at": {"ward": "A", "quarter": "1"}, "value": Decimal(0)}]
    assert scored(SERIES, {"series": alone}).standing is Standing.NOT_MET


def test_a_team_may_rate_on_a_scale_of_its_own() -> None:
    scheme = small()
    told = {**scheme.model_dump(mode="json"), "scales": {"speed": SCALE}, "self_scale": "speed"}
    scheme = type(scheme).model_validate(told)
    criterion, answer = scheme.by_id["1.01"], Answer(rating="fair")
    mine = score_one(criterion=criterion, answer=answer, scheme=scheme, by="team")
    assert (mine.standing, mine.rating, mine.points) == (Standing.MET, "fair", Fraction(3))
    with pytest.raises(KeyError):
        score_one(criterion=criterion, answer=answer, scheme=scheme, by="reviewer")
