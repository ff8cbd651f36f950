"""A series goes out in one cell of a visit's workbook and comes back as it was, or as it was changed."""

from decimal import Decimal
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import Fault
from accreditation.rules.answering import faults_of_draft
from accreditation.scheme.answer import Answer, Point
from accreditation.scheme.measure import Threshold
from accreditation.workbook.cells import tidy
from accreditation.workbook.offline import KEPT_SERIES, rows_of_visit, told
from accreditation.workbook.offline_said import Rated, Reading
from accreditation.workbook.offline_series import said_series, shown_series
from tests.wide import FALLS, wide

SCHEME = wide()
ROWS = rows_of_visit(scheme=SCHEME, profile={})
ROW = ROWS["1.03"]
MEASURE = cast("Threshold", ROW.about.measure)


def read(value: str, rating: str = "") -> tuple[Rated, list[Fault]]:
    faults: list[Fault] = []
    texts = {head: text for head, text in (("criterion", "1.03"), ("value", value), ("rating", rating)) if text}
    ((_, rated),) = Reading(rows=ROWS, scheme=SCHEME, faults=faults).ratings(iter([(2, texts)]), {})
    return rated, faults


def test_what_goes_out_comes_back_as_it_was_and_can_be_changed() -> None:
    answer = Answer(series=FALLS)
    _, value = told(answer, ROW)
    assert value.count("\n") == len(FALLS) - 1
    rated, faults = read(value)
    assert (rated.answer, faults) == (answer, [])
    first = value.split("\n")[0]
    assert read(value.replace(first, first.replace(": ", ": 1"), 1))[0].answer != answer


def test_what_is_wrong_is_told_by_its_cell_and_checked_as_what_is_typed_online() -> None:
    _, value = told(Answer(series=FALLS), ROW)
    twice = f"{value}\n{value.split(chr(10))[0]}"
    rated, faults = read(twice)
    assert rated.answer is not None
    online = faults_of_draft(criterion=ROW.about, answer=rated.answer, scheme=SCHEME, by="reviewer")
    assert [(one.found, one.allowed) for one in faults] == [(one.found, one.allowed) for one in online] != []
    assert [str(one) for one in read("Elm 3.2")[1]] == [
        "Review!J2: 'Elm 3.2'; a value a line, as in ward, quarter: 3.2 (benchmark 4); or a rating instead"
    ]


def test_a_series_that_a_cell_cannot_say_is_kept_as_it_is() -> None:
    odd = FALLS[0].model_copy(update={"at": {"ward": "Elm, upper: 2", "quarter": "2026-1"}})
    assert told(Answer(series=(odd,)), ROW) == ("", KEPT_SERIES)
    rated, faults = read(KEPT_SERIES)
    assert (rated.answer, faults) == (None, [])


LABELS = st.text(max_size=6) | st.text(alphabet="ab ,:;\r\n(", max_size=6)
NUMBERS = st.decimals(0, 10**6, places=2)


@settings(max_examples=60)
@given(st.lists(st.tuples(LABELS, LABELS, NUMBERS, st.none() | NUMBERS), max_size=3))
def test_whatever_is_written_is_read_back_as_the_same_or_not_written(
    rows: list[tuple[str, str, Decimal, Decimal | None]],
) -> None:
    series = tuple(
        Point(at={"ward": ward, "quarter": quarter}, value=value, benchmark=benchmark)
        for ward, quarter, value, benchmark in rows
    )
    text = shown_series(series, MEASURE)
    assert text == "" or said_series(tidy(text), MEASURE) == series
