"""Files of figures as senders make them, and as nobody should: each is taken right or refused in words."""

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from accreditation.errors import Invalid
from accreditation.rules.indicators.mapping import Columns
from accreditation.scheme.answer import Answer
from accreditation.workbook.handed_in import HandedIn, read_handed_in
from accreditation.workbook.parted import MOST_CELLS, rows_of
from tests.walking import scheme

FILES = {
    "audit": Columns(
        name="audit", team="Team", period="Quarter", values={"2.01": "In an hour", "2.02": "Level"}, too_few=("TFP",)
    )
}
HEAD = ("Team", "Quarter", "In an hour", "Level")


def text(*rows: tuple[str, ...], part: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=part, lineterminator="\n").writerows([HEAD, *rows])
    return out.getvalue()


def one(value: str, level: str = "A", *, part: str = ",") -> bytes:
    return text(("North", "2026-Q1", value, level), part=part).encode()


def book(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "Data"
    for row in (HEAD, *rows):
        page.append(row)
    for cell, shown in (formats or {}).items():
        page[cell].number_format = shown
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook that unpacks to more than a hundred times its size."""
    out = io.BytesIO(book(("North", "2026-Q1", 1, "A")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/image1.xml", b" " * 60_000_001)
    return out.getvalue()


def read(content: bytes) -> HandedIn:
    return read_handed_in(content, called="a", files=FILES, scheme=scheme())


PLAIN = one("92.5")
DAY = book(("North", "2026-Q1", 0.925, "A"), formats={"C2": "0.0%"})


@pytest.mark.parametrize(
    ("content", "measured"),
    [
        pytest.param(PLAIN, "92.5", id="plain"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN, "92.5", id="with a mark of UTF-8"),
        pytest.param(text(("North", "2026-Q1", "92.5", "A")).encode("utf-16"), "92.5", id="UTF-16 that says so"),
        pytest.param(one("92.5", part=";"), "92.5", id="semicolons"),
        pytest.param(one("92.5", part="\t"), "92.5", id="tabs"),
        pytest.param(PLAIN.replace(b"\n", b"\r\n"), "92.5", id="lines of Windows"),
        pytest.param(PLAIN.replace(b"\n", b"\r"), "92.5", id="lines of an old Mac"),
        pytest.param(one("92.5%"), "92.5", id="a percentage as text"),
        pytest.param(one(" 92.5 % "), "92.5", id="spaces"),
        pytest.param(PLAIN + b"North,2026-Q1,92.5,A\n", "92.5", id="the same line twice"),
        pytest.param(PLAIN + b"\n,,,\n", "92.5", id="empty lines"),
        pytest.param(b"Results of the quarter\n\n" + PLAIN, "92.5", id="a title above the headings"),
        pytest.param(DAY, "92.5", id="a percentage of Excel"),
        pytest.param(book(("North", "2026-Q1", "87.5%", "A")), "87.5", id="a percentage as text in Excel"),
    ],
)
def test_what_senders_make_of_a_table_is_taken_right(content: bytes, measured: str) -> None:
    found = read(content)
    assert {(one.team, one.period.label, one.figures["2.01"]) for one in found.reported} == {
        ("North", "2026-Q1", Answer(measured=Decimal(measured)))
    }


FEW = " (if this says too few cases, name it once among the words for these, too_few, of these columns)"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(one("92,5", part=";"), "a:2 column 'In an hour': '92,5': a comma, which could part", id="comma"),
        pytest.param(one("<6"), f"a:2 column 'In an hour': '<6': no number{FEW}", id="fewer than six"),
        pytest.param(one("*"), f"a:2 column 'In an hour': '*': no number{FEW}", id="a star"),
        pytest.param(one("1", "Too few to report"), f"a:2 column 'Level': 'Too few to report'{FEW}", id="in words"),
        pytest.param(one("=1+1"), "a:2 column 'In an hour': '=1+1': no number;", id="a formula as text"),
        pytest.param(
            book(("North", "2026-Q1", "=1+1", "A")), "a Data!2 column 'In an hour': a formula", id="a formula"
        ),
        pytest.param(book(("North", 46023, 1, "A")), "a Data!2 column 'Quarter': '46023': Excel's count", id="a day"),
        pytest.param(text(("Nörth", "2026-Q1", "1", "A")).encode("cp1252"), "a:2: not UTF-8 text", id="cp1252"),
        pytest.param(b'Team,"Quarter\n', "a:1: not CSV: a double quote is opened and never closed", id="a quote"),
        pytest.param(b"", "a: it is empty", id="empty"),
        pytest.param(b"Team," * 1_000_000, "a:1: a row of 1,000,001 cells; at most 2,000", id="a million columns"),
        pytest.param(one("9" * 200_000), "a:2: not CSV: field larger than field limit", id="a huge cell"),
        pytest.param(one("x" * 1000), f"a:2 column 'In an hour': '{'x' * 200}...': no number", id="a long cell"),
        pytest.param(bomb(), "a: it unpacks to ", id="a bomb"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 99, "a: it is not an Excel workbook", id="no workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a: it is protected with a password, or an old", id="old"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(content)
    assert str(refused.value).startswith(said)


def test_more_cells_than_are_read_are_refused_before_they_take_memory() -> None:
    with pytest.raises(Invalid, match=r"a:251: more cells than are read; at most 500,000 cells in one file"):
        rows_of((b"," * 1_999 + b"\n") * (MOST_CELLS // 2_000 + 1), name="a")


def test_of_very_many_faults_the_first_are_told_and_how_many_there_are_besides() -> None:
    with pytest.raises(Invalid) as refused:
        read(text(*[("North", "2026-Q1", "x", "A")] * 1_201).encode())
    told = [str(fault) for fault in refused.value.faults]
    assert (len(told), told[200:]) == (
        202, ["a: 1,001 faults more; mend these first", "a: nothing was kept; mend these faults"],
    )  # fmt: skip


def test_headings_of_a_wide_table_are_told_in_part() -> None:
    with pytest.raises(Invalid) as refused:
        read(",".join(f"c{number}" for number in range(1_500)).encode())
    assert str(refused.value.faults[0]).endswith("c48, c49 and 1450 more")
