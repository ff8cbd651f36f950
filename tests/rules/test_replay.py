"""Rows of a published table worked out anew: what agrees, what differs and why."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.errors import Invalid
from accreditation.rules.grading import grade, rounded
from accreditation.rules.replay import Replayed, Replayer
from accreditation.rules.scoring import score
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import Replay
from tests.building import built

BANDS = [{"level": "A", "points": 2, "at_least": 1}, {"level": "B", "points": 1, "below": 1}]
IDS = ("a1", "a2", "a3", "b1")


def scheme() -> Scheme:
    """Four criteria in two domains: points 2, 1 and 0, a rounded mean of all, a mean for each domain."""
    return built(
        criteria=[("a1", "a", "x"), ("a2", "a", "x"), ("a3", "a", "x"), ("b1", "b", "y")],
        award=[{"outcome": "good", "when": {"level": "whole", "is": "A", "if_no_value": "not_satisfied"}}],
        scale={
            "full": {"title": "Full", "counts_as_met": True, "points": 2},
            "half": {"title": "Half", "counts_as_met": True, "points": 1},
            "no": {"title": "No", "counts_as_met": False, "points": 0},
        },
        not_answered="leaves_out",
        scores={
            "whole": {
                "title": "Whole",
                "figure": {"mean": {"all_criteria": True}, "over": "criteria"},
                "rounded": 1,
                "bands": BANDS,
            },
            "each": {
                "title": "Each",
                "per": "domain",
                "figure": {"mean": {"all_criteria": True}, "over": "criteria"},
                "bands": BANDS,
            },
        },
    )


def replayer(**expect: Any) -> Replayer:
    data = {"row": ["team"], "answers": {name: name for name in IDS}, "expect": expect}
    return Replayer(scheme=scheme(), replay=Replay.model_validate(data))


def replayed(expect: dict[str, Any], cells: str, *published: str) -> Replayed:
    """The row of a team whose four criteria have these cells, and for which this was published."""
    row = dict(zip(IDS, cells.split(), strict=True)) | {"team": "North"}
    row = {name: "" if cell == "-" else cell for name, cell in row.items()}
    return replayer(**expect).row(row | {f"p{place}": cell for place, cell in enumerate(published)})


ALL = {"scores": {"whole": "p0"}, "levels": {"whole": "p1"}, "outcome": "p2"}


def test_a_row_that_agrees_in_everything_has_no_difference() -> None:
    found = replayed(ALL, "full half no full", "1.3", "A", "good")
    assert (found.name, [str(one) for one in found.compared], found.differences) == (
        "North", ["score whole", "level whole", "outcome"], (),
    )  # fmt: skip


def test_what_differs_is_told_with_its_working() -> None:
    found = replayed(ALL, "no half no full", "0.7", "A", "good")
    assert [(str(one.output), one.published, one.recomputed) for one in found.differences] == [
        ("score whole", "0.7", "0.8"), ("level whole", "A", "B"), ("outcome", "good", "none"),
    ]  # fmt: skip
    assert [one.why for one in found.differences] == [
        "Whole: 0.8, level B (less than 1), from the mean points of the criteria, all taken together: 0.75 "
        "(of 4 criteria)",
        "Whole: 0.8, level B (less than 1), from the mean points of the criteria, all taken together: 0.75 "
        "(of 4 criteria)",
        "no higher outcome is reached: no higher rule holds",
    ]


def test_the_tolerance_includes_its_end_and_no_more() -> None:
    def differs(published: str) -> bool:
        scores = {"scores": {"whole": {"column": "p0", "within": "0.1"}}}
        return bool(replayed(scores, "no half no full", published).differences)

    assert [differs(one) for one in ("0.69", "0.7", "0.8", "0.9", "0.91")] == [True, False, False, False, True]


def test_an_empty_result_is_not_compared_and_one_without_value_differs() -> None:
    assert replayed(ALL, "- - - -", "", "", "").compared == ()
    found = replayed(ALL, "- - - -", "1.0", "A", "")
    assert [(one.published, one.recomputed) for one in found.differences] == [("1.0", "no value"), ("A", "none")]


def test_scores_of_groups_are_compared_each_by_itself() -> None:
    expect = {"scores": {"each": {"x": "p0", "y": "p1"}}, "levels": {"each": {"y": "p2"}}}
    found = replayed(expect, "full half no no", "1", "2", "A")
    assert [(str(one.output), one.recomputed) for one in found.differences] == [
        ("score each of y", "0"), ("level each of y", "B"),
    ]  # fmt: skip


def test_a_row_with_faulty_cells_is_refused_with_all_of_them() -> None:
    with pytest.raises(Invalid) as refused:
        replayed(ALL, "ful half nope full", "1,3", "", "")
    assert [fault.where for fault in refused.value.faults] == ["column 'a1'", "column 'a3'", "column 'p0'"]


@given(st.lists(st.sampled_from(["full", "half", "no", "-"]), min_size=4, max_size=4), st.integers(0, 20))
def test_a_result_agrees_exactly_where_the_scheme_itself_gives_it(cells: list[str], tenths: int) -> None:
    answers = {name: Answer(rating=cell) for name, cell in zip(IDS, cells, strict=True) if cell != "-"}
    whole = grade("whole", score(scheme=scheme(), profile={}, answers=answers))
    found = replayed({"scores": {"whole": "p0"}}, " ".join(cells), f"{tenths / 10}")
    agrees = whole.value is not None and rounded(whole.value, 1) * 10 == tenths
    assert (found.differences == ()) == agrees
