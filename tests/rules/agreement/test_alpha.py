"""Krippendorff's alpha against his own worked example, and its interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.agreement.alpha import alpha
from accreditation.rules.agreement.coincidences import RESAMPLES, Coincidences, coincidences, draws
from accreditation.rules.agreement.comparing import Measurement

_: int | None = None
OBSERVERS: tuple[tuple[int | None, ...], ...] = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3),
    (_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _),
)
"""Four observers, twelve units, missing values: Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability,
section C to E (University of Pennsylvania, https://repository.upenn.edu/asc_papers/43)."""

PUBLISHED: dict[Measurement, float] = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
LEVELS = list(PUBLISHED)

Said = dict[tuple[int, str], list[float]]


def table(said: Said) -> Coincidences:
    """The table of these values, each visit a cluster."""
    paired = {unit: sorted(values) for unit, values in sorted(said.items()) if len(values) > 1}
    return coincidences(list(paired.values()), [unit[0] for unit in paired])


def alpha_of(said: Said, *, level: Measurement) -> float:
    """The package's figure."""
    return table(said).by_package(level)


def resampled_once(said: Said, *, level: Measurement) -> float:
    """The figure by the formula that resampling uses, with every visit drawn once."""
    return float(table(said).weighted(np.ones((1, table(said).clusters)), level)[0])


def worked() -> Said:
    """The example, each unit a visit with one criterion; the twelfth has one value and says nothing."""
    columns = zip(*OBSERVERS, strict=True)
    return {(unit, "x"): [float(one) for one in values if one is not None] for unit, values in enumerate(columns, 1)}


def visits(number: int, *, criteria: int = 5, divided: int = 0, values: tuple[float, float] = (1.0, 0.0)) -> Said:
    """So many visits with two reviewers, who agree but on the first criterion of so many visits."""
    return {
        (visit, str(name)): [values[name % 2], values[1 - name % 2 if visit < divided and name == 0 else name % 2]]
        for visit in range(number)
        for name in range(criteria)
    }


@pytest.mark.parametrize("level", LEVELS)
def test_it_is_the_published_figure_and_resampling_uses_the_same_formula(level: Measurement) -> None:
    assert round(alpha_of(worked(), level=level), 3) == PUBLISHED[level]
    assert resampled_once(worked(), level=level) == pytest.approx(alpha_of(worked(), level=level), abs=1e-12)


units = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from("abc")),
    st.lists(st.integers(1, 5).map(float), min_size=2, max_size=4), min_size=2, max_size=12,
).filter(lambda said: len({value for values in said.values() for value in values}) > 1)  # fmt: skip


@settings(max_examples=40)
@given(said=units, level=st.sampled_from(LEVELS))
def test_the_formula_of_resampling_is_the_packages_on_any_data(said: Said, level: Measurement) -> None:
    assert resampled_once(said, level=level) == pytest.approx(alpha_of(said, level=level), abs=1e-9)


@settings(max_examples=10)
@given(said=units, order=st.randoms(use_true_random=False))
def test_neither_order_of_rows_nor_of_reviewers_changes_anything(said: Said, order: object) -> None:
    told = {unit: list(values) for unit, values in said.items()}
    turned = {unit: list(reversed(told[unit])) for unit in reversed(list(told))}
    known = alpha(told, level="ordinal", visits=1, units=2)
    assert alpha(turned, level="ordinal", visits=1, units=2) == known


def test_the_interval_holds_the_figure_counts_its_draws_and_is_the_same_again() -> None:
    said = visits(20, divided=3)
    found = alpha(said, level="ordinal")
    assert found.value is not None
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < found.value < found.upper <= 1
    assert (found.visits, found.units, found.ratings, found.resamples, found.undefined) == (20, 100, 200, RESAMPLES, 0)
    assert alpha(dict(reversed(said.items())), level="ordinal") == found
    assert alpha(said, level="nominal").value == pytest.approx(found.value)
    assert found.words == "Reviewers agree well enough to rely on their ratings."


def test_whole_visits_are_drawn_so_that_what_hangs_together_makes_the_interval_wider() -> None:
    apart = {(visit, str(name)): [1.0, float(visit % 4 != 0)] for visit in range(24) for name in range(8)}
    mixed = {unit: [value, value] if unit[1] > "3" else [0.0, 1.0 - other] for unit, (value, other) in apart.items()}
    by_visit, by_unit = (alpha(mixed, level="nominal", each_alone=alone) for alone in (False, True))
    assert by_visit.value == by_unit.value
    width = [(one.upper or 0.0) - (one.lower or 0.0) for one in (by_visit, by_unit)]
    assert width[0] > 1.5 * width[1] > 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            visits(9),
            "Too few to tell: 45 criteria rated by two or more, in 9 visits; at least 30 in 10 visits are needed.",
        ),
        (
            visits(10, criteria=2),
            "Too few to tell: 20 criteria rated by two or more, in 10 visits; at least 30 in 10 visits are needed.",
        ),
        ({}, "Too few to tell: 0 criteria rated by two or more, in 0 visits; at least 30 in 10 visits are needed."),
        (
            visits(10, values=(1.0, 1.0)),
            "All ratings are the same: reviewers agree, but nothing here would tell that from chance.",
        ),
        (
            {**visits(10, values=(1.0, 1.0)), (1, "z"): [0.0, 1.0]},
            "Nearly all ratings are the same: the figure hangs on a few of them, so it is not given.",
        ),
    ],
)
def test_it_is_given_with_enough_data_or_not_at_all(said: Said, words: str) -> None:
    found = alpha(said, level="ordinal")
    assert (found.value, found.lower, found.upper, found.words) == (None, None, None, words)


def test_what_one_alone_rated_says_nothing() -> None:
    said = visits(12)
    alone = {**said, (99, "x"): [5.0], (98, "y"): []}
    assert alpha(alone, level="ordinal") == alpha(said, level="ordinal")


def test_the_words_go_by_the_lower_end_and_not_by_the_figure() -> None:
    tentative = alpha(visits(20, divided=12), level="nominal")
    assert tentative.words == "Reviewers agree well enough for tentative conclusions."
    assert 2 / 3 <= (tentative.lower or 0.0) < 0.8
    low = alpha({unit: [0.0, 1.0] if int(unit[1]) else v for unit, v in visits(12).items()}, level="nominal")
    assert low.words.startswith("Reviewers agree too little to rely on one review")
    unclear = alpha(visits(11, divided=9), level="nominal")
    assert unclear.words == "Whether reviewers agree well enough cannot be told yet."


def test_very_many_different_numbers_are_told_apart_by_three_digits() -> None:
    said = {(visit, "x"): [visit + 0.001, visit + 0.002] for visit in range(1, 1200)}
    assert alpha_of(said, level="interval") > 0.999


def test_a_table_too_large_for_the_package_gives_the_same_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accreditation.rules.agreement.coincidences._MOST_CELLS", 0)
    assert round(alpha_of(worked(), level="ordinal"), 3) == PUBLISHED["ordinal"]


def test_each_draw_is_of_as_many_visits_as_there_are_and_all_come_alike() -> None:
    drawn = draws(50)
    assert drawn.shape == (RESAMPLES, 50)
    assert drawn.sum(axis=1).tolist() == [50] * RESAMPLES
    assert drawn.mean(axis=0) == pytest.approx(np.ones(50), abs=0.15)
    assert drawn.var() == pytest.approx(1 - 1 / 50, abs=0.05)


@settings(max_examples=10)
@given(said=units, level=st.sampled_from(LEVELS))
def test_a_draw_is_the_figure_of_the_visits_that_it_drew(said: Said, level: Measurement) -> None:
    """Weights only say how often a visit is there: the same as if its ratings had been handed in so often."""
    whole = table(said)
    for weights in draws(whole.clusters)[:20]:
        there = [
            visit
            for visit, times in zip(sorted({unit[0] for unit in said}), weights, strict=True)
            for _ in range(times)
        ]
        drawn = {
            (place, name): said[visit, name] for place, visit in enumerate(there) for at, name in said if at == visit
        }
        known = float(whole.weighted(weights[None, :], level)[0])
        if len({value for values in drawn.values() for value in values}) > 1:
            assert known == pytest.approx(alpha_of(drawn, level=level), abs=1e-9)
        else:
            assert np.isnan(known)
