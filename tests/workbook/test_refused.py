"""Workbooks that are refused, each with its reason, before anything of them is used."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from accreditation.errors import Invalid
from accreditation.workbook import safety
from accreditation.workbook.returned import returned
from tests.workbook.sheets import changed, workbook

CELL = b'<row r="9"><c r="A9" t="inlineStr"><is><t>x</t></is></c></row>'


def repacked(
    part: str = "", content: bytes = b"", *, change: Callable[[str, bytes], bytes] = lambda name, held: held
) -> bytes:
    """The small scheme's workbook with one more part, or with parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
        if part:
            new.writestr(part, content)
    return stream.getvalue()


def refusal(content: bytes, name: str = "small.xlsx") -> str:
    with pytest.raises(Invalid) as refused:
        returned(content, name=name)
    return str(refused.value)


NOT_ONE = "small.xlsx: it is not an Excel workbook; save it as an Excel workbook (.xlsx)"


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04" + b"\x00" * 60, b"%PDF-1.7"])
def test_a_file_that_is_no_workbook(content: bytes) -> None:
    assert refusal(content) == NOT_ONE


def test_an_archive_that_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "text")
    assert refusal(stream.getvalue()) == NOT_ONE


def test_a_workbook_under_a_password_or_an_old_one() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600) == (
        "small.xlsx: it is protected with a password, or an old .xls file; "
        "remove the password, or save it as an Excel workbook (.xlsx)"
    )


def test_macros() -> None:
    reason = "it holds macros, which could run; save it as an Excel workbook without macros (.xlsx)"
    assert refusal(repacked("xl/vbaProject.bin", b"x")) == f"small.xlsx: {reason}"
    assert refusal(workbook(), name="small.xlsm") == f"small.xlsm: {reason}"


def test_links_and_files_within_are_told_together() -> None:
    both = changed_names("xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin")
    assert refusal(both).splitlines() == [
        "small.xlsx: it holds links to other files; break them in Excel (Data, Edit Links), and write the text itself",
        "small.xlsx: it holds other files within; delete them; evidence and documents are sent elsewhere",
    ]


def changed_names(*names: str) -> bytes:
    content = workbook()
    for name in names:
        stream = io.BytesIO(content)
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(name, b"<x/>")
        content = stream.getvalue()
    return content


def test_a_file_that_is_too_large_is_not_opened() -> None:
    assert refusal(b"PK" + b"\x00" * safety.MAX_BYTES) == (
        "small.xlsx: 10,000,002 bytes; a workbook of a standard has at most 10,000,000 bytes"
    )


def test_a_small_file_that_unpacks_to_a_large_one_is_not_unpacked() -> None:
    bomb = repacked("xl/media/image1.xml", b"\x20" * (safety.STANDARD.unpacked + 1))
    assert len(bomb) < 200_000
    assert "a workbook of a standard is far smaller" in refusal(bomb)


def test_more_cells_than_any_standard_has() -> None:
    rows = b"".join(b"<row>" + b"<c/>" * 1000 + b"</row>" for _ in range(450))
    wide = repacked(change=lambda name, held: held.replace(b"<sheetData>", b"<sheetData>" + rows)
                    if name == "xl/worksheets/sheet3.xml" else held)  # fmt: skip
    assert refusal(wide) == (
        "small.xlsx: it holds far more cells than a standard; delete empty rows and columns, then save it again"
    )


def test_a_file_of_figures_may_have_the_cells_of_ten_years_and_not_many_more() -> None:
    rows = b"".join(b"<row>" + b"<c><v>1</v></c>" * 36 + b"</row>" for _ in range(3_350))
    audit = repacked(change=lambda name, held: held.replace(b"<sheetData>", b"<sheetData>" + rows)
                     if name == "xl/worksheets/sheet3.xml" else held)  # fmt: skip
    safety.refuse_unsafe(audit, name="audit.xlsx", bounds=safety.FIGURES)
    twice = repacked(change=lambda name, held: held.replace(b"<sheetData>", b"<sheetData>" + rows + rows)
                     if name == "xl/worksheets/sheet3.xml" else held)  # fmt: skip
    with pytest.raises(Invalid, match=r"twice\.xlsx: it holds far more cells than figures; delete empty rows"):
        safety.refuse_unsafe(twice, name="twice.xlsx", of="figures", bounds=safety.FIGURES)


@pytest.mark.parametrize("word", [b"<!DOCTYPE x>", b'<!ENTITY a "b">'])
def test_xml_with_definitions_of_its_own(word: bytes) -> None:
    bomb = repacked(change=lambda name, held: word + held if name == "xl/workbook.xml" else held)
    assert refusal(bomb) == (
        "small.xlsx: its XML is not that of a workbook; save it again as an Excel workbook (.xlsx)"
    )


def test_a_damaged_part() -> None:
    broken = repacked(change=lambda name, held: held[: len(held) // 2] if name == "xl/workbook.xml" else held)
    assert refusal(broken).startswith("small.xlsx: it cannot be read as a workbook (")


def test_a_workbook_of_something_else() -> None:
    def other(book: Any) -> None:
        for page in book.worksheets[1:]:
            book.remove(page)

    assert refusal(changed(workbook(), other)).startswith(
        "small.xlsx: it holds no sheet of a standard; its sheets are "
    )


@pytest.mark.parametrize(
    ("name", "packed"),
    [("scheme.yaml", "nonsense!"), ("../out.yaml", "eJwDAAAAAAE="), ("scheme.yaml", "eJwDAAA=")],
)
def test_a_hidden_sheet_that_was_changed(name: str, packed: str) -> None:
    def change(book: Any) -> None:
        page = book["_files"]
        page["A1"], page["B1"] = name, packed

    assert refusal(changed(workbook(), change)) == (
        "small.xlsx: its hidden sheet was changed; export the standard again, and make the changes there"
    )


def test_text_far_outside_the_table() -> None:
    def change(book: Any) -> None:
        book["Types"]["B1048576"] = "x"

    assert refusal(changed(workbook(), change)) == "Types!B1048576: text far outside the table; delete it"


@pytest.mark.parametrize("at", range(0, 4000, 97))
def test_bytes_turned_anywhere_are_read_or_refused(at: int) -> None:
    content = bytearray(workbook())
    place = at * 7919 % len(content)
    content[place] ^= 0xFF
    try:
        returned(bytes(content), name="small.xlsx")
    except Invalid as refused:
        assert str(refused).count("small.xlsx") >= 1  # noqa: PT017


def in_sheet(number: int, more: bytes) -> bytes:
    """The workbook with this XML after the cells of this sheet."""
    where = f"worksheets/sheet{number}.xml"
    return repacked(
        change=lambda name, held: (
            held.replace(b"</sheetData>", b"</sheetData>" + more) if name.endswith(where) else held
        )
    )


def merged(*ranges: str) -> bytes:
    inner = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return f"<mergeCells>{inner}</mergeCells>".encode()


@pytest.mark.parametrize("ranges", [["A1:XFD1048576"], ["A:C"], ["1:3"], ["A1:&#90;500000"]])
def test_merged_ranges_of_many_cells(ranges: list[str]) -> None:
    shown = ranges[0].replace("&#90;", "Z")
    assert refusal(in_sheet(2, merged(*ranges))) == (
        f"small.xlsx: in sheet 'Scheme' the cells {shown} are merged into one: more than 10,000 merged cells; "
        "select them in Excel and choose Unmerge Cells"
    )


def test_a_few_merged_cells_are_no_harm() -> None:
    assert returned(in_sheet(2, merged("Y90:Z95")), name="small.xlsx").faults == ()


def test_marks_deep_within_each_other() -> None:
    assert refusal(in_sheet(2, b"<a>" * 100_000 + b"</a>" * 100_000)) == (
        "small.xlsx: its XML has more than 200 marks within each other; save it again as an Excel workbook (.xlsx)"
    )


def test_a_sheet_that_cannot_be_read_is_named() -> None:
    wrong = CELL.replace(b"A9", b"A-9")
    damaged = repacked(
        change=lambda name, held: (
            held.replace(b"</sheetData>", wrong + b"</sheetData>") if name.endswith("sheet2.xml") else held
        )
    )
    assert refusal(damaged) == (
        "small.xlsx: it cannot be read as a workbook (ValueError in sheet 'Scheme'); "
        "save it again as an Excel workbook (.xlsx)"
    )
