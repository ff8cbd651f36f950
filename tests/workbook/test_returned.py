"""A workbook comes back: what nobody touched is the same to the last byte, what was edited changes its own lines."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.errors import FileFault, Invalid
from accreditation.scheme import emit
from accreditation.scheme.read import read_standard
from accreditation.scheme.source import read_document
from accreditation.workbook.returned import returned
from accreditation.workbook.sheets import SHEETS
from tests.building import FILES, small
from tests.everything import FILES as WHOLE
from tests.workbook.sheets import Change, add, all_of, back, cell, delete, noted, put, workbook

STANDARDS = Path(__file__).parents[2] / "standards"
FOLDERS = sorted(path.parent for path in STANDARDS.glob("*/scheme.yaml"))

REMARKED: Mapping[str, bytes] = {
    **FILES,
    "criteria/first.yaml": b'# The first domain.\n- id: "1.01"   # the lead\n  title: "Named lead"\n\n'
    b"  # said in one sentence\n  statement: >-\n    There is\n    a lead.\n  type: essential\n  guidance: Ask.\n"
    b"  evidence: [{title: Job plan, required: true},   {title: Photo, required: false}] # two\n"
    b"  sources: [guide-1]\n\n# Beds.\n- id: '1.10'\n  title: Hyperacute beds\n  statement: There are beds.\n"
    b"  type: essential\n  guidance: Count.\n  applies_when: {hasu: true}\n# The end.\n",
    "replay.yaml": b"# not ours\na: 1\n",
}


def differing(change: Change, files: Mapping[str, bytes] = REMARKED) -> list[str]:
    """The lines that the change takes away and puts in, in all files; no cell is at fault."""
    found = back(change, files)
    assert found.faults == ()
    lines = []
    for name in sorted({*files, *found.files}):
        old, new = (one.get(name, b"").decode().splitlines() for one in (files, found.files))
        lines += [
            line for line in unified_diff(old, new, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
        ]
    return lines


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_standard_that_ships_comes_back_as_it_was(folder: Path) -> None:
    names = [*folder.glob("*.yaml"), *folder.glob("criteria/*.yaml"), *folder.glob("cases/*.yaml")]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}
    found = back(lambda book: None, files)
    assert (dict(found.files), found.faults) == (files, ())


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_remarks_layout_and_files_of_other_use_come_back_as_they_were(line_end: bytes) -> None:
    files = {name: b"\xef\xbb\xbf" + content.replace(b"\n", line_end) for name, content in REMARKED.items()}
    assert back(lambda book: None, files).files == files


def test_an_edited_cell_changes_its_own_lines() -> None:
    assert differing(put("Criteria", "1.01", "title", "A lead: named")) == [
        '-  title: "Named lead"', '+  title: "A lead: named"',
    ]  # fmt: skip
    assert differing(put("Criteria", "1.01", "statement", "There is one.")) == [
        "-  statement: >-", "-    There is", "-    a lead.", "+  statement: There is one.",
    ]  # fmt: skip
    assert differing(put("Criteria", "1.01", "evidence", "Job plan (optional)\nPhoto (optional)")) == [
        "-  evidence: [{title: Job plan, required: true},   {title: Photo, required: false}] # two",
        "+  evidence: [{title: Job plan, required: false},   {title: Photo, required: false}] # two",
    ]


def test_an_id_may_change_and_everything_else_of_its_row_stays() -> None:
    assert differing(put("Criteria", "1.01", "id", "1.02")) == [
        '-- id: "1.01"   # the lead',
        '+- id: "1.02"   # the lead',
    ]


def test_an_emptied_cell_takes_its_key_away() -> None:
    assert differing(put("Criteria", "1.01", "sources", None)) == ["-  sources: [guide-1]"]


def test_a_key_that_was_not_there_comes_where_the_language_has_it() -> None:
    assert differing(put("Criteria", "1.10", "weight", 2)) == ["+  weight: 2"]
    assert differing(put("Criteria", "1.10", "evidence", "Rota (required, not older than 12 months)")) == [
        "+  evidence:", "+    - {title: Rota, required: true, not_older_than: {months: 12}}",
    ]  # fmt: skip
    assert differing(put("Criteria", "1.10", "tags", "nights, days")) == ["+  tags: [nights, days]"]


def test_a_row_that_is_deleted_takes_its_remarks_with_it() -> None:
    gone = differing(delete("Criteria", "1.10"))
    assert gone[:4] == ["-", "-# Beds.", "-- id: '1.10'", "-  title: Hyperacute beds"]
    assert all(line.startswith("-") for line in gone)
    assert len(gone) == 8


def test_a_row_that_is_added_is_written_as_its_neighbours_are() -> None:
    row = {"domain": "1", "id": "1.11", "title": "New", "statement": "It is new.", "type": "expected", "critical": True}
    assert differing(add("Criteria", **row)) == [
        '+- id: "1.11"', "+  title: New", "+  statement: It is new.", "+  type: expected", "+  critical: true",
    ]  # fmt: skip


def test_a_criterion_that_moves_to_another_domain_takes_its_words_along() -> None:
    found = back(put("Criteria", "1.10", "domain", "2"), REMARKED)
    moved = b"# Beds.\n- id: '1.10'\n  title: Hyperacute beds\n"
    assert (moved in REMARKED["criteria/first.yaml"], moved in found.files["criteria/second.yaml"]) == (True, True)
    assert b"Beds" not in found.files["criteria/first.yaml"]


def test_rows_in_another_order_are_in_another_order() -> None:
    def swap(book: Any) -> None:
        page = book["Scales"]
        for column in range(1, page.max_column + 1):
            one, other = page.cell(2, column), page.cell(3, column)
            one.value, other.value = other.value, one.value

    found = back(swap)
    assert found.files["scheme.yaml"] == FILES["scheme.yaml"].replace(
        b"  met: {title: Met, counts_as_met: true}\n  not_met: {title: Not met, counts_as_met: false}\n",
        b"  not_met: {title: Not met, counts_as_met: false}\n  met: {title: Met, counts_as_met: true}\n",
    )


def test_a_row_that_is_copied_is_a_row_of_its_own() -> None:
    def copy(book: Any) -> None:
        page = book["Sources"]
        for column in range(1, page.max_column + 1):
            page.cell(3, column).value = page.cell(2, column).value
        page["B3"] = "guide-2"

    assert differing(copy) == ["+  guide-2: {title: A guide, published: 2023}"]


def test_what_excel_makes_of_words_is_undone() -> None:
    for change in (
        put("Sources", "guide-1", "published", 2023.0),
        put("Criteria", "1.01", "title", "Named lead  "),
        put("Criteria", "1.01", "statement", "There is a lead.\r\n"),
        put("Scales", "met", "counts_as_met", True),
        put("Scheme", "effective", "value", datetime(2026, 4, 1)),  # noqa: DTZ001  (a workbook's days have no zone)
        put("Criteria", "2.01", "measure", "{unit: “%”, at_least: 90}"),
    ):
        assert differing(change) == []


def test_a_note_becomes_a_remark() -> None:
    assert differing(noted("Criteria", "1.10", "type", "Is this right?\nAsk the lead.")) == [
        "+  # Is this right?", "+  # Ask the lead.",
    ]  # fmt: skip
    assert differing(noted("Award", "accredited", "when", "Strict!")) == ["+    # Strict!"]
    assert differing(noted("Types", "essential", "id", "[Threaded comment]\n\nYour version.\n\nComment:\n    Yes")) == [
        "+  # Yes",
    ]  # fmt: skip


def test_a_rule_is_edited_as_it_stands_in_the_file() -> None:
    def change(book: Any) -> None:
        one = cell(book, "Award", "accredited", "when")
        one.value = one.value.replace("50 %", "60 %")

    assert differing(change) == ["-          at_least: 50 %", "+          at_least: 60 %"]


def test_a_workbook_made_by_hand_gives_files_that_are_read() -> None:
    def by_hand(book: Any) -> None:
        del book["_files"]
        for page in book.worksheets[1:]:
            page.delete_cols(1)
            page.insert_cols(1)

    found = back(by_hand)
    read = read_standard(found.files)
    assert (found.faults, read.scheme, read.cases) == ((), small(), read_standard(FILES).cases)


TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40),
    st.sampled_from(["=1+1", "90.0", "TRUE", "a, b", "a\n\nb", "“so”", "_x000D_", "# no", "1.10", " ", "x " * 20_000]),
)


WHOLE_DATA = {name: read_document(file=name, content=content).data for name, content in WHOLE.items()}


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 10**6), TEXTS), max_size=15))
def test_any_words_in_a_standard_come_back_as_they_were(texts: list[tuple[int, str]]) -> None:
    data = deepcopy(WHOLE_DATA)
    words = [(around, key) for file in data.values() for around, key in _texts(file)]
    for number, text in texts:
        around, key = words[number % len(words)]
        around[key] = text
    files = {name: emit.whole(told).encode() for name, told in data.items()}
    found = returned(workbook(files), name="any.xlsx")
    assert (dict(found.files), found.faults) == (files, ())


def _texts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every text of the data: what holds it, and its key there. Names of files are left as they are."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(one, str) and key not in ("file", "id"):
            yield value, key
        elif isinstance(one, dict | list):
            yield from _texts(one)


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.one_of(TEXTS, st.integers(), st.booleans(), st.floats(-1e9, 1e9), st.datetimes()))
def test_whatever_is_written_into_a_cell_is_taken_or_refused_with_the_cell_named(number: int, value: Any) -> None:
    def change(book: Any) -> None:
        page = book.worksheets[1 + number % len(SHEETS)]
        page.cell(1 + number // 16 % 5, 2 + number // 80 % page.max_column).value = value

    try:
        faults = back(change).faults
    except Invalid as refused:
        faults = refused.faults
    assert [fault for fault in faults if "!" not in fault.where and fault.where not in TITLES] == []


def _at(file: str, text: str) -> tuple[str, int, int]:
    """Where this text begins."""
    before = FILES[file].decode().partition(text)[0]
    return file, before.count("\n") + 1, len(before) - before.rfind("\n")


def test_faults_of_the_files_are_told_by_their_cells() -> None:
    found = back(lambda book: None)
    places = [
        _at("criteria/first.yaml", 'id: "1.01"'), _at("criteria/first.yaml", "type: essential"),
        _at("scheme.yaml", "every: {type"), _at("cases/two.yaml", "outcome: accredited"), ("other.yaml", 1, 1),
    ]  # fmt: skip
    here = [FileFault(file=file, line=line, column=column, found="x", allowed="y") for file, line, column in places]
    assert [fault.where for fault in found.with_faults(here)] == [
        "Criteria!C2", "Criteria!F2", "Award!G2", "Cases!G2", "other.yaml:1:1",
    ]  # fmt: skip


TITLES = {sheet.title for sheet in SHEETS}

FAULTS: list[tuple[Change, str]] = [
    (put("Criteria", "1.10", "id", 1.1), "Criteria!C3: the number 1.1 where an id belongs; an id is text, because 1.10 "
     "is not 1.1: format the cell as text, then type it again"),
    (put("Criteria", "1.10", "domain", "first"), "Criteria!B3: there is no domain 'first'; allowed here: 1, 2"),
    (put("Criteria", "1.01", "title", "=A1"), "Criteria!D2: a formula where text belongs; write the text itself; "
     "in Excel: copy the cell, then paste its values"),
    (put("Types", "expected", "id", "essential"), "Types!B3: 'essential' is here a second time; each once"),
    (put("Award", "accredited", "when", "all: ["), "Award!G2: line 1 of the cell: "),
    (put("Criteria", "1.01", "evidence", "Job plan"), "Criteria!O2: 'Job plan' does not say whether it must be there; "
     "write a line each, as in: Job plan (required), or: Rota (optional, not older than 12 months)"),
    (add("Criteria", id="1.12"), "Criteria!B6: nothing is written here; allowed here: 1, 2"),
    (put("Criteria", "domain", "title", "Titel"), "Criteria!D1: unknown heading 'titel' (did you mean title?); "
     "headings here: domain, id, title, statement, type, guidance, standard, scale, self_scale, weight, tags, "
     "critical, can_be_not_applicable, evidence, sources, applies_when, measure, maps_to"),
    (put("Cases", "everything met", "file", "../x.yaml"), "Cases!B2: '../x.yaml'; a file in cases/, as "
     "cases/cases.yaml; or leave it empty"),
    (lambda book: book.remove(book["Types"]), "Types: there is no such sheet; put it back; "
     "export the standard again to see how it is laid out"),
    (lambda book: book["Types"].cell(2, 9, "stray"), "Types!I2: text in a column without a heading; "
     "move it, or leave a note"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), FAULTS)
def test_a_fault_names_its_cell(change: Change, fault: str) -> None:
    try:
        told = [str(one) for one in back(_headed(change)).faults]
    except Invalid as refused:
        told = [str(one) for one in refused.faults]
    assert [one for one in told if one.startswith(fault)] != [], told


def _headed(change: Change) -> Change:
    """`put` looks below the headings; a change of a heading is made by hand."""

    def careful(book: Any) -> None:
        try:
            change(book)
        except StopIteration:
            book["Criteria"]["D1"] = "Titel"

    return careful


def test_all_faults_are_told_at_once() -> None:
    found = back(all_of(put("Criteria", "1.10", "id", 1.1), put("Cases", "everything met", "ratings", "[")))
    assert [fault.where for fault in found.faults] == ["Criteria!C3", "Cases!F2"]
