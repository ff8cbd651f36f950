"""Whether a better rating can lower the outcome: what is doubted, and what is proved and then holds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.monotone import doubts
from accreditation.rules.options import options
from accreditation.rules.result import outcome_of
from accreditation.rules.scoring import Standing, score
from accreditation.scheme.model import Scheme
from tests.building import built
from tests.rules.rich import ANSWERS, NONE, SCALE, schemes

CRITERIA = [("1", "a", "x"), ("2", "a", "x"), ("3", "b", "y"), ("4", "b", "y")]
MET = {"every": {"type": "a"}, "if_none_apply": "satisfied"}
POINTS = {"points": {"type": "a"}}


def doubted(*rules: dict[str, Any], measure: dict[str, Any] | None = None, **other: Any) -> list[str]:
    """Why a scheme whose outcomes, from the highest, have these rules is doubted."""
    award = [{"outcome": f"o{place}", "when": rule} for place, rule in enumerate(rules)]
    told = built(criteria=CRITERIA, award=award, **{"scale": SCALE, **other}).model_dump(mode="json")
    told["domains"][0]["criteria"][0]["measure"] = measure
    return [doubt.why for doubt in doubts(Scheme.model_validate(told))]


def level(at_least: str = "B", if_no_value: str = "not_satisfied") -> dict[str, Any]:
    return {"level": "s", "at_least": at_least, "if_no_value": if_no_value}


def score_of(**way: Any) -> dict[str, Any]:
    return {"s": {"title": "S", **way}}


NO_LEVEL = "having no level at all satisfies this, and a better rating can give a level"
EITHER = "what is compared here can rise or fall when a criterion improves"
STEPS = [{"level": "B", "when": MET}, {"level": "C", "when": {"number": {"type": "b"}, "at_least": 1}}]
BANDS = [{"level": "A", "at_least": 5}, {"level": "B", "at_least": 2, "below": 5}]


@pytest.mark.parametrize("key", ["ladder", "levels"])
def test_no_level_may_only_satisfy_where_there_always_is_one(key: str) -> None:
    scores = score_of(**{key: STEPS})
    assert doubted(level(if_no_value="satisfied"), scores=scores) == [NO_LEVEL]
    assert doubted(level(), scores=scores) == []
    assert doubted(level(if_no_value="satisfied"), scores=score_of(**{key: STEPS}, otherwise="D")) == []


def test_what_is_reached_otherwise_must_be_the_lowest_level() -> None:
    assert doubted(level(), scores=score_of(levels=STEPS, otherwise="B")) == [EITHER]


def test_bands_that_leave_low_numbers_out_have_no_level_there() -> None:
    scores = score_of(figure=POINTS, bands=BANDS)
    assert doubted(level(if_no_value="satisfied"), scores=scores) == [NO_LEVEL]
    assert doubted(level(), scores=scores) == []
    assert doubted(level("A"), scores=score_of(figure=POINTS, bands=BANDS, otherwise="C")) == []


@pytest.mark.parametrize("otherwise", [{}, {"otherwise": "C"}])
def test_a_best_band_that_is_closed_above_is_doubted(otherwise: dict[str, str]) -> None:
    bands = [{"level": "A", "at_least": 5, "at_most": 6}, {"level": "B", "below": 5}]
    assert doubted(level(), scores=score_of(figure=POINTS, bands=bands, **otherwise)) == [EITHER]


def test_a_lowest_band_that_is_best_and_closed_below_is_doubted() -> None:
    misses: dict[str, Any] = {"number": {"type": "a"}, "counting": "not_met"}
    closed = [{"level": "A", "at_least": 1, "at_most": 1}, {"level": "B", "above": 1}]
    assert doubted(level("A"), scores=score_of(figure=misses, bands=closed)) == [EITHER]
    open_ = [{"level": "A", "at_most": 1}, {"level": "B", "above": 1}]
    assert doubted(level("A"), scores=score_of(figure=misses, bands=open_)) == []


def test_points_of_a_level_are_doubted_where_there_may_be_none() -> None:
    rule = {"figure": {"sum_of": [{"level_points": "s"}]}, "at_least": 3, "if_no_value": "satisfied"}
    steps = [{**step, "points": points} for step, points in zip(STEPS, (5, 3), strict=True)]
    assert doubted(rule, scores=score_of(levels=steps)) == [EITHER]
    assert doubted(rule, scores=score_of(levels=steps, otherwise="D", otherwise_points=1)) == []
    assert doubted(rule, scores=score_of(levels=steps, otherwise="D", otherwise_points=4)) == [EITHER]


LEFT = "who leaves the judgement 'o1' for a higher outcome is limited to 'none', below it"


def judged(at_best: str, *, first: bool = False) -> list[str]:
    """Why a scheme with a judgement below its highest outcome (or above all) and this limit is doubted."""
    award: list[dict[str, Any]] = [
        {"outcome": "o0", "when": MET},
        {"outcome": "o1", "when": {"number": {"type": "a"}, "at_least": 1}, "judgement": True, "awarded": False,
         "valid_for": None},
        {"outcome": "o2", "when": {"number": {"type": "b"}, "at_least": 1}},
    ]  # fmt: skip
    award = [award[1], award[0], award[2]] if first else award
    limit = {"when": {"number": {"type": "b"}, "counting": "not_met", "at_least": 1}, "at_best": at_best}
    scheme = built(criteria=CRITERIA, award=award, scale=SCALE, limits=[{**limit, "because": "so"}])
    return [doubt.why for doubt in doubts(scheme)]


def test_a_limit_to_less_than_a_judgement_below_another_outcome_is_doubted() -> None:
    assert judged("none") == [LEFT]
    assert judged("o2") == [LEFT.replace("'none'", "'o2'")]
    assert judged("o0") == []
    assert judged("o2", first=True) == []


LINE = {"unit": "beds", "formula": {"times": 1, "plus": -50, "at_most": 10}}
PRODUCT = {"figure": {"product_of": [POINTS, {"points": {"type": "b"}}]}, "at_least": 5, "if_no_value": "not_satisfied"}


@pytest.mark.parametrize(
    "measure",
    [
        LINE,
        {"unit": "beds", "formula": {"times": -1, "at_most": 10}},
        {"unit": "beds", "formula": {"times": 1, "at_most": -1}},
        {"unit": "beds", "bands": [{"at_least": 5, "points": 3}, {"below": 5, "points": -3}]},
    ],
)
def test_a_product_is_doubted_where_measured_points_can_be_below_zero(measure: dict[str, Any]) -> None:
    assert doubted(PRODUCT, measure=measure) == [EITHER]
    other = {**PRODUCT, "figure": {"product_of": [{"points": {"type": "b"}}, {"points": {"domain": "y"}}]}}
    assert doubted(other, measure=measure) == []


@pytest.mark.parametrize(
    "measure",
    [
        None,
        {"unit": "beds", "formula": {"times": 1, "plus": 2, "at_most": 10}},
        {"unit": "beds", "formula": {"times": 1, "plus": -50, "at_most": 10, "at_least": 0}},
        {"unit": "beds", "bands": [{"at_least": 5, "points": 3}, {"below": 5, "points": 0}]},
    ],
)
def test_a_product_of_what_is_never_below_zero_is_not_doubted(measure: dict[str, Any] | None) -> None:
    assert doubted(PRODUCT, measure=measure) == []
    assert doubted({**PRODUCT, "figure": {"product_of": [{"measured": "1"}, POINTS]}}, measure=measure) == []


def test_a_measured_value_is_doubted_where_the_best_band_is_closed_above() -> None:
    rule = {"measured": "1", "at_least": 7, "if_no_value": "not_satisfied"}
    bands = [{"at_least": 5, "at_most": 10, "points": 3}, {"below": 5, "points": 0}]
    assert doubted(rule, measure={"unit": "beds", "bands": bands}) == [EITHER]
    bands[0].pop("at_most")
    assert doubted(rule, measure={"unit": "beds", "bands": bands}) == []


def test_ratings_that_are_counted_are_doubted_where_bands_give_points_of_their_own() -> None:
    rule = {"number": {"type": "a"}, "rated": ["good"], "at_least": 1}
    bands = [{"at_least": 5, "points": 3, "level": "fair"}, {"below": 5, "points": 0, "level": "good"}]
    assert doubted(rule, measure={"unit": "beds", "bands": bands}) == [EITHER]
    assert doubted(rule) == []


def test_scores_that_refer_to_others_twice_are_looked_at_once() -> None:
    scores: dict[str, Any] = {"s0": {"title": "S", "figure": POINTS}}
    for n in range(1, 40):
        twice = [{"score": f"s{n - 1}"}] * 2
        scores[f"s{n}"] = {"title": "S", "figure": {"product_of": twice}}
    assert doubted({"score": "s39", "at_least": 1, "if_no_value": "not_satisfied"}, scores=scores) == []


ODD_BANDS = [
    [{"level": "A", "at_least": 4}, {"level": "B", "at_least": 2, "below": 4}],
    [{"level": "A", "at_least": 2, "at_most": 4}, {"level": "B", "below": 2}],
    [{"level": "A", "below": 2, "points": 5}, {"level": "B", "at_least": 2, "points": 1}],
    [{"level": "A", "at_least": 3, "points": 1}, {"points": 2, "at_least": 1, "below": 3}, {"level": "B", "below": 1}],
]


@st.composite
def odd(draw: st.DrawFn) -> Scheme:
    """A scheme whose scores can be without a level, and whose outcomes can be judgements."""
    outside: dict[str, Any] = draw(st.sampled_from([{}, {"otherwise": "C"}, {"otherwise": "A", "otherwise_points": 2}]))
    misses: dict[str, Any] = {"number": {"all_criteria": True}, "counting": "not_met"}
    way: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"ladder": [{**STEPS[1], "points": 3}, {**STEPS[0], "points": 5}]},
                {"levels": STEPS},
                *({"figure": figure, "bands": bands} for bands in ODD_BANDS for figure in (POINTS, misses)),
            ]
        )
    )
    points = {"figure": {"level_points": "s"}, "at_least": draw(st.integers(1, 4)), "if_no_value": draw(NONE)}
    rules = st.sampled_from([level(if_no_value=draw(NONE)), points, {"not": level(if_no_value=draw(NONE))}, MET])
    award: list[dict[str, Any]] = [{"outcome": name, "when": draw(rules)} for name in ("o0", "o1")]
    award[1] |= draw(st.sampled_from([{}, {"judgement": True, "awarded": False, "valid_for": None}]))
    limit: dict[str, Any] = {"when": {**misses, "at_least": draw(st.integers(0, 2))}, "because": "so"}
    limits = draw(st.sampled_from([[], [{**limit, "at_best": "o1"}], [{**limit, "at_best": "none"}]]))
    scores = score_of(**way, **outside)
    return built(criteria=CRITERIA, award=award, scale=SCALE, scores=scores, limits=limits)


@settings(max_examples=60)
@given(scheme=odd(), data=st.data())
def test_what_is_proved_of_odd_scores_and_judgements_no_service_refutes(scheme: Scheme, data: st.DataObject) -> None:
    _no_service_refutes(scheme, data)


@settings(max_examples=15)
@given(scheme=schemes(), data=st.data())
def test_what_is_proved_of_a_rich_scheme_no_service_refutes(scheme: Scheme, data: st.DataObject) -> None:
    _no_service_refutes(scheme, data)


def _no_service_refutes(scheme: Scheme, data: st.DataObject) -> None:
    if doubts(scheme):
        return
    order = [outcome.outcome for outcome in scheme.award]
    now = score(scheme=scheme, profile={}, answers={one.id: data.draw(ANSWERS) for one in scheme.criteria})
    for name in now.standing(Standing.MET, Standing.NOT_MET):
        for option in options(name, now, {}):
            after = outcome_of(now.with_scored([option.scored]))
            assert order.index(after.outcome) <= order.index(outcome_of(now).outcome)
