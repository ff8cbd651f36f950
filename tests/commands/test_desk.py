"""The author's desk: a standard to begin with, its cases explained, its schema, and its workbook out and back."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from accreditation.library import identifier
from accreditation.scheme.source import read_document
from tests.building import FILES, changed
from tests.commands.conftest import Accredit
from tests.commands.test_standards import written


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small scheme in a folder."""
    return written(tmp_path / "small", FILES)


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_a_new_standard_passes_the_check_at_once(accredit: Accredit, tmp_path: Path) -> None:
    folder = tmp_path / "Eye Care"
    made = accredit("standards", "new", folder, "--title", 'Eye care: "the" service')
    assert (made.code, made.err) == (0, "")
    assert sorted(held(folder)) == ["cases/cases.yaml", "criteria/care.yaml", "criteria/people.yaml", "scheme.yaml"]
    said = accredit("standards", "check", folder)
    assert (said.code, said.out.splitlines()[:3]) == (
        0,
        [
            'Eye care: "the" service, edition 1, in force from 1 January 2027',
            "  8 criteria in 2 domains: 4 essential, 4 expected",
            "  4 of 4 worked cases give what they expect",
        ],
    )
    assert b"\nid: eye_care " in held(folder)["scheme.yaml"]


def test_what_to_do_next_may_be_typed_as_it_stands(accredit: Accredit, tmp_path: Path) -> None:
    folder = tmp_path / "My [b] College"
    lines = accredit("standards", "new", folder).out.splitlines()
    assert f"  1. Open {folder}/scheme.yaml and say what your standard is; each key is explained there." in lines
    typed = [line.partition("accredit ")[2] for line in lines if "accredit standards" in line]
    assert typed == [
        f"standards check '{folder}'", f"standards explain '{folder}' 1", f"standards export '{folder}' standard.xlsx",
    ]  # fmt: skip


def test_every_key_of_the_new_standard_is_explained_on_one_of_its_lines(accredit: Accredit, tmp_path: Path) -> None:
    accredit("standards", "new", tmp_path / "new")
    files = held(tmp_path / "new")
    lines = [line.partition(" # ") for content in files.values() for line in content.decode().splitlines()]
    explained = {word for key, remark, _ in lines if remark for word in re.findall(r'"?([\w.]+)"?:', key)}
    keys = {key for name, content in files.items() for key in _keys(read_document(file=name, content=content).data)}
    assert {key for key in keys if not key[0].isdigit()} - explained == set()


def _keys(value: Any) -> Iterator[str]:
    """Every key that is written anywhere in it."""
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)


@pytest.mark.parametrize(
    ("name", "word"),
    [("eye-care", "eye_care"), ("2027", "standard_2027"), ("Hôpital", "h_pital"), ("---", "standard")],
)
def test_the_folders_name_becomes_an_id(name: str, word: str) -> None:
    assert identifier(name) == word


def test_a_folder_that_holds_something_is_left_alone(accredit: Accredit, small: Path) -> None:
    said = accredit("standards", "new", small)
    assert (said.code, said.out, said.err) == (
        1, "", f"{small} is there already and is not empty. Name a folder that is not there yet.\n",
    )  # fmt: skip
    assert held(small) == dict(FILES)


def test_cases_are_listed_with_their_numbers(accredit: Accredit, small: Path) -> None:
    assert accredit("standards", "case", small).out.splitlines() == [
        f"{small}: 2 worked cases",
        "    1  everything met  [accredited]",
        "    2  the lead is missing  [deferred]",
    ]


@pytest.mark.parametrize("name", ["the lead is missing", "THE lead", "2"])
def test_a_case_is_found_by_its_name_its_beginning_or_its_number(accredit: Accredit, small: Path, name: str) -> None:
    said = accredit("standards", "case", small, name)
    assert (said.code, said.out.splitlines()) == (
        0,
        [
            "Case 2: the lead is missing",
            "  expected: Deferred (deferred)",
            "  given:    Deferred (deferred)",
            "  It gives what it expects.",
            "",
            "Why: the outcomes are tried from the highest, and the first whose rule holds is taken",
            "Accredited (accredited)",
            "└── no   all of these hold: 1 of 2 hold; needed: all 2",
            "    ├── no   every one of the essential criteria is met; found: 0 of 1; needed: 1 of 1",
            "    └── yes  at least 50 % of the expected criteria are met; found: 2 of 2 (100 %)",
            "Deferred (deferred)",
            "└── yes  no higher outcome is reached; found: no higher rule holds",
            "",
            f"More: accredit standards explain {small} 2",
        ],
    )


def test_a_case_that_is_not_there_is_said_with_those_that_are_close(accredit: Accredit, small: Path) -> None:
    said = accredit("standards", "case", small, "the led is missing")
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "There is no case 'the led is missing'; the cases have the numbers 1 to 2. Did you mean:",
            "    2  the lead is missing",
        ],
    )


def test_a_case_that_disagrees_says_how_and_ends_with_1(accredit: Accredit, tmp_path: Path) -> None:
    folder = written(tmp_path / "small", changed("cases/two.yaml", "outcome: accredited}", "outcome: deferred}"))
    said = accredit("standards", "case", folder, "1")
    assert (said.code, said.out.splitlines()[1:4]) == (
        1,
        [
            "  expected: Deferred (deferred)",
            "  given:    Accredited (accredited), valid for 3 years",
            "  differs:  the outcome is 'Accredited', expected 'Deferred'",
        ],
    )


def test_a_case_is_explained_with_what_stands_in_the_way_and_what_would_help(accredit: Accredit, small: Path) -> None:
    said = accredit("standards", "explain", small, "2")
    assert (said.code, said.out.splitlines()[12:]) == (
        0,
        [
            "",
            "In the way of the next higher outcome",
            "  1.01  Named lead: not met, rated 'Not met'",
            "",
            "To reach Accredited, improve 1 criterion",
            "  1.01  Named lead, to: Met",
        ],
    )


def test_one_outcome_is_explained_alone(accredit: Accredit, small: Path) -> None:
    said = accredit("standards", "explain", small, "2", "--outcome", "accredited")
    assert said.out.splitlines()[4:9] == [
        "",
        "Accredited (accredited)",
        "no   all of these hold: 1 of 2 hold; needed: all 2",
        "├── no   every one of the essential criteria is met; found: 0 of 1; needed: 1 of 1",
        "└── yes  at least 50 % of the expected criteria are met; found: 2 of 2 (100 %)",
    ]
    assert accredit("standards", "explain", small, "1", "--outcome", "deferred").out.splitlines()[-1] == (
        "Deferred is what is left where no higher outcome is reached."
    )
    wrong = accredit("standards", "explain", small, "1", "--outcome", "acredited")
    assert (wrong.code, wrong.err) == (
        1, "There is no outcome 'acredited' (did you mean accredited?); there are accredited, deferred.\n",
    )  # fmt: skip


def test_several_smallest_sets_are_said_to_be_several(accredit: Accredit, tmp_path: Path) -> None:
    case = "- case: nothing\n  profile: {hasu: true}\n  ratings: {default: not_met}\n  expect: {outcome: deferred}\n"
    folder = written(tmp_path / "small", {**FILES, "cases/two.yaml": case.encode()})
    assert accredit("standards", "explain", folder, "nothing").out.splitlines()[-7:] == [
        "To reach Accredited, improve 3 criteria",
        "  1.01  Named lead, to: Met",
        "  1.10  Hyperacute beds, to: Met",
        "  any 1 of these 2, to: Met",
        "    2.01  Scan within an hour",
        "    2.02  Audit level",
        "  There are several smallest sets; any of them does as well.",
    ]


def test_the_schema_is_printed_or_written_with_the_line_that_turns_it_on(accredit: Accredit, tmp_path: Path) -> None:
    printed = accredit("standards", "schema", "--for", "criteria")
    assert (printed.code, json.loads(printed.out)["title"]) == (0, "Accreditation standards: criteria")
    assert printed.err.splitlines()[-1] == "# yaml-language-server: $schema=FILE"
    kept = accredit("standards", "schema", "--output", tmp_path / "schema.json")
    assert (kept.code, kept.out.splitlines()[-1]) == (0, f"# yaml-language-server: $schema={tmp_path}/schema.json")
    assert json.loads((tmp_path / "schema.json").read_text())["title"] == "Accreditation standards: any file"


def test_a_workbook_goes_out_and_comes_back_with_nothing_changed(accredit: Accredit, small: Path) -> None:
    book = small.parent / "small.xlsx"
    out = accredit("standards", "export", small, book)
    assert (out.code, out.out.splitlines()) == (
        0,
        [
            f"{book}: A small scheme, edition 2026.1; 4 criteria, 2 worked cases.",
            f"When it comes back: accredit standards import {book} {small}",
        ],
    )
    back = accredit("standards", "import", book, small)
    assert (back.code, back.out.splitlines()) == (
        0,
        [
            *(f"  unchanged  {small / name}" for name in sorted(FILES)),
            "Nothing differs from the files; nothing was written.",
            f"Now see that its worked cases agree: accredit standards check {small}",
        ],
    )
    assert held(small) == dict(FILES)


def edited(book: Path, sheet: str, cell: str, value: object) -> Path:
    """The workbook with one cell written."""
    opened: Any = load_workbook(book)
    opened[sheet][cell] = value
    opened.save(book)
    return book


def test_an_edited_cell_changes_its_file_and_no_other(accredit: Accredit, small: Path) -> None:
    book = small.parent / "small.xlsx"
    accredit("standards", "export", small, book)
    back = accredit("standards", "import", edited(book, "Criteria", "D2", "A lead with a name"), small)
    assert (back.code, back.out.splitlines()[1]) == (0, f"  changed    {small}/criteria/first.yaml")
    assert held(small) == changed("criteria/first.yaml", "title: Named lead", "title: A lead with a name")


def test_what_was_edited_in_the_folder_meanwhile_is_not_lost(accredit: Accredit, small: Path) -> None:
    book = small.parent / "small.xlsx"
    accredit("standards", "export", small, book)
    newer = FILES["scheme.yaml"].replace(b"For tests.", b"Edited meanwhile.")
    (small / "scheme.yaml").write_bytes(newer)
    back = accredit("standards", "import", book, small)
    assert (back.code, back.err) == (
        1,
        f"Files in {small} were changed after the workbook was made, and would be lost: scheme.yaml. Import into "
        f"another folder, and see what differs: accredit standards compare {small} OTHER.\n",
    )
    assert held(small)["scheme.yaml"] == newer
    elsewhere = accredit("standards", "import", book, small.parent / "deep" / "other")
    assert (elsewhere.code, held(small.parent / "deep" / "other")) == (0, dict(FILES))


def test_faults_are_named_by_sheet_and_cell_and_nothing_is_written(accredit: Accredit, small: Path) -> None:
    book = small.parent / "small.xlsx"
    accredit("standards", "export", small, book)
    edited(edited(book, "Criteria", "F3", "esential"), "Sources", "D2", "soon")
    shape = accredit("standards", "import", book, small)
    assert (shape.code, shape.out, shape.err.splitlines()) == (
        1,
        "",
        [
            "Sources!D2: 'soon' is not a whole number; write digits, as in 3",
            "small.xlsx: 1 fault; nothing was written.",
        ],
    )
    meaning = accredit("standards", "import", edited(book, "Sources", "D2", 2023), small)
    assert (meaning.code, meaning.err.splitlines()) == (
        1,
        [
            "Criteria!F3: there is no type 'esential' (did you mean essential?); allowed here: essential, expected",
            "small.xlsx: 1 fault; nothing was written.",
        ],
    )
    assert (held(small), sorted(path.name for path in small.parent.iterdir())) == (
        dict(FILES), ["data", "small", "small.xlsx"],
    )  # fmt: skip


def test_a_workbook_that_is_refused_as_a_whole_says_that_nothing_was_written(
    accredit: Accredit, tmp_path: Path
) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"text")
    said = accredit("standards", "import", tmp_path / "no.xlsx", tmp_path / "small")
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "no.xlsx: it is not an Excel workbook; save it as an Excel workbook (.xlsx)",
            "no.xlsx: 1 fault; nothing was written.",
        ],
    )


def test_an_id_that_is_a_number_is_one_fault_and_what_names_it_is_none(accredit: Accredit, small: Path) -> None:
    book = small.parent / "small.xlsx"
    accredit("standards", "export", small, book)
    said = accredit("standards", "import", edited(book, "Criteria", "C2", 1.01), small)
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "Criteria!C2: the number 1.01 where an id belongs; an id is text, because 1.10 is not 1.1: format the cell "
            "as text, then type it again",
            "small.xlsx: 1 fault; nothing was written.",
        ],
    )
    said = accredit("standards", "import", edited(book, "Criteria", "C2", 7), small)
    assert said.err.splitlines()[1:] == ["small.xlsx: 1 fault; nothing was written."]


def test_a_workbook_that_is_there_is_not_written_over(accredit: Accredit, small: Path) -> None:
    book = small.parent / "small.xlsx"
    book.write_bytes(b"kept")
    said = accredit("standards", "export", small, book)
    assert (said.code, said.err) == (1, f"{book} is there already. Name another file, or say --replace.\n")
    assert book.read_bytes() == b"kept"
    assert accredit("standards", "export", small, book, "--replace").code == 0
    wrong = accredit("standards", "export", small, small.parent / "small.csv")
    assert (wrong.code, wrong.err) == (
        1, f"{small.parent}/small.csv does not end in .xlsx. Name the workbook as in standard.xlsx.\n",
    )  # fmt: skip


def test_a_faulty_standard_is_not_exported(accredit: Accredit, tmp_path: Path) -> None:
    folder = written(tmp_path / "small", changed("scheme.yaml", "about: For tests.", "abuot: For tests."))
    said = accredit("standards", "export", folder, tmp_path / "small.xlsx")
    assert (said.code, said.out.splitlines()[-1]) == (
        1,
        f"{folder}: 2 faults; nothing is loaded until they are mended.",
    )
    assert not (tmp_path / "small.xlsx").exists()
