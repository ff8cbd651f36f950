"""Rows of a published table: what each cell says, and every cell that says nothing known."""

from typing import Any

import pytest

from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import Replay
from accreditation.scheme.replay_rows import Row, RowReader
from tests.building import small


def mapping(**more: Any) -> Replay:
    data: dict[str, Any] = {
        "row": ["team", "year"],
        "profile": {"hasu": {"column": "hasu", "words": {"Y": True}}},
        "answers": {"1.01": {"column": "lead", "words": {"Done": "met"}}, "2.01": "scan", "2.02": "level"},
        "not_answered": ["None entered"],
        "too_few_cases": ["TFP"],
        "not_applicable": ["n/a"],
        "expect": {"outcome": {"column": "result", "words": {"Full": "accredited"}}},
    }
    return Replay.model_validate(data | more)


def row(replay: Replay | None = None, scheme: Scheme | None = None, **cells: str) -> Row:
    all_cells = {"team": "North", "year": "2020", "hasu": "", "lead": "", "scan": "", "level": "", "result": ""}
    return RowReader(scheme=scheme or small(), replay=replay or mapping()).row(all_cells | cells)


def said(found: Row) -> dict[str, Answer]:
    return {one.criterion: one.answer for one in found.said}


def test_a_row_is_named_by_its_columns_and_empty_cells_are_not_answered() -> None:
    found = row()
    assert (found.name, found.profile, found.published, found.faults) == ("North, 2020", {}, {}, ())
    assert said(found) == dict.fromkeys(("1.01", "2.01", "2.02"), Answer(state="not_answered"))


def test_ratings_numbers_and_levels_are_read_as_the_criterion_takes_them() -> None:
    found = row(lead="met", scan="93.50 %", level="B", hasu="Y", result="Full")
    assert said(found) == {
        "1.01": Answer(rating="met"), "2.01": Answer(measured="93.50"), "2.02": Answer(level="B"),
    }  # fmt: skip
    assert (found.profile, list(found.published.values())) == ({"hasu": True}, ["accredited"])


def test_words_stand_for_ratings_and_for_the_three_states() -> None:
    found = row(lead="Done", scan="TFP", level="n/a")
    assert said(found) == {
        "1.01": Answer(rating="met"), "2.01": Answer(state="too_few_cases"), "2.02": Answer(state="not_applicable"),
    }  # fmt: skip


def test_every_cell_that_says_nothing_known_is_told_with_its_column() -> None:
    found = row(lead="Met", scan="1,5", level="F", hasu="maybe", result="Gold")
    assert [fault.where for fault in found.faults] == [
        f"column '{name}'" for name in ("hasu", "lead", "scan", "level", "result")
    ]
    assert str(found.faults[1]) == (
        "column 'lead': 'Met' is no answer to 1.01 (did you mean met?); Done, met, not_met, n/a, TFP, None entered "
        "or an empty cell are known; or write anything_else in the mapping"
    )
    assert str(found.faults[4]) == (
        "column 'result': 'Gold' is no outcome; Full, accredited, deferred or an empty cell are known"
    )


def test_anything_else_takes_in_answers_but_no_results() -> None:
    found = row(mapping(anything_else="not_answered"), lead="see note", result="see note")
    assert (said(found)["1.01"], found.other_words) == (Answer(state="not_answered"), ("see note",))
    assert [fault.where for fault in found.faults] == ["column 'result'"]


def test_a_result_with_a_word_for_no_answer_is_not_compared() -> None:
    assert (row(result="None entered").published, row(result="None entered").faults) == ({}, ())


def test_bytes_that_were_no_text_are_told_as_that() -> None:
    found = row(lead="m\ufffdt")
    assert [str(fault) for fault in found.faults] == ["column 'lead': not UTF-8 text; save the table as CSV in UTF-8"]


@pytest.mark.parametrize("text", ["1e3", "nan", "inf", "--1", "1.", "\u0661", "9" * 16])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert [fault.where for fault in row(scan=text).faults] == ["column 'scan'"]


def test_equal_cells_share_one_answer() -> None:
    reader = RowReader(scheme=small(), replay=mapping())
    cells = {"team": "North", "year": "1", "hasu": "", "lead": "met", "scan": "1", "level": "A", "result": ""}
    assert all(a is b for a, b in zip(reader.row(cells).said, reader.row(cells).said, strict=True))
