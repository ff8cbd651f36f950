"""Writes a visit as a workbook: what may be filled in is open, everything else is protected."""

from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from accreditation.workbook.filled import letters
from accreditation.workbook.offline import (
    FINDING_COLUMNS,
    FINDINGS,
    KINDS,
    LISTS,
    REVIEW,
    REVIEW_COLUMNS,
    RISK,
    ROOM,
    SEEN,
    Offline,
    told,
)
from accreditation.workbook.timeless import timeless
from accreditation.workbook.writing import HEADING, README, put

_OPEN = Protection(locked=False)
_WIDTHS = {"criterion": 12, "key": 4, "kind": 30, "rating": 24, "value": 14, "title": 30, "text": 90, "comment": 60}


def visit_workbook(offline: Offline) -> bytes:
    """The workbook of this visit."""
    book = Workbook()
    first = book.active
    assert first is not None  # noqa: S101  (a new workbook has a sheet)
    _explain(first, offline.title)
    lists = _Lists(book.create_sheet(LISTS))
    _review(book.create_sheet(REVIEW, 1), offline, lists)
    _findings(book.create_sheet(FINDINGS, 2), offline, lists)
    _seen(book.create_sheet(SEEN), offline)
    return timeless(book)


class _Lists:
    """The hidden sheet from which drop-down lists are taken; equal lists stand there once."""

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self._known: dict[tuple[str, ...], str] = {}
        page.sheet_state = "veryHidden"

    def offer(self, words: Iterable[str]) -> str:
        """Where these words stand, for a drop-down list."""
        listed = tuple(words)
        if listed not in self._known:
            column = len(self._known) + 1
            for row, word in enumerate(listed, start=1):
                put(self._page, row, column, word)
            self._known[listed] = f"'{LISTS}'!${letters(column)}$1:${letters(column)}${len(listed)}"
        return self._known[listed]


def _explain(page: Worksheet, title: str) -> None:
    page.title = README
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 18, 110
    lines = {
        title: "",
        "What this is": "Your review, to go on with where there is no network. Fill in, save, and send it back.",
        "Rating": "Choose from the list. Where something is measured you may give the value you accept instead.",
        "Series": "Where many values are measured, write one a line into the value cell, as in Elm, 2026-1: 3.2; where "
        "they are compared: Elm, 2026-1: 3.2 (benchmark 4). The team's answer is written so: copy and change it.",
        "Comment": "It may stand without a rating, as a draft. Nothing is handed in by this file.",
        "Findings": "A row each: its kind, the criterion (empty: the service as a whole), and what you found. An "
        "immediate risk is raised when the file is taken back: the office and the team's lead are told at once.",
        "Changed online": "What you changed here and somewhere else is refused by row, with both versions.",
        "Leave alone": "Other cells are protected, and hidden sheets say what you had seen. Formulas are refused.",
    }
    for number, (head, text) in enumerate(lines.items(), start=1):
        put(page, number, 1, head, bold=True)
        put(page, number, 2, text)
    page.protection.enable()


def _head(page: Worksheet, columns: Iterable[str]) -> None:
    for place, heading in enumerate(columns, start=1):
        put(page, 1, place, heading, bold=True)
        page.cell(1, place).fill = HEADING
        page.column_dimensions[letters(place)].width = _WIDTHS.get(heading, 36)
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.enable()


def _review(page: Worksheet, offline: Offline, lists: _Lists) -> None:
    _head(page, REVIEW_COLUMNS)
    page.freeze_panes = "C2"
    rating = REVIEW_COLUMNS.index("rating") + 1
    offers: dict[str, list[str]] = {}
    for number, (name, row) in enumerate(offline.rows.items(), start=2):
        about, shown = row.about, offline.shown[name]
        asked = [f"{one.title} ({'required' if one.required else 'optional'})" for one in about.evidence]
        texts = (
            name, about.title, about.statement, about.guidance, "\n".join(asked), shown.team, shown.note,
            "\n".join(shown.evidence), *told(shown.own, row), shown.own.note,
        )  # fmt: skip
        for place, text in enumerate(texts, start=1):
            put(page, number, place, text)
        for place in range(rating, len(REVIEW_COLUMNS) + 1):
            page.cell(number, place).protection = _OPEN
        offers.setdefault(lists.offer(row.choices), []).append(f"{letters(rating)}{number}")
    for source, cells in offers.items():
        _offer(page, source, cells)


def _findings(page: Worksheet, offline: Offline, lists: _Lists) -> None:
    _head(page, FINDING_COLUMNS)
    page.column_dimensions["A"].hidden = True
    page.freeze_panes = "B2"
    kept: Mapping[str, tuple[str, str, str]] = {
        key: ("" if one.draft.kind is None else one.draft.kind.words, one.draft.criterion or "", one.draft.text)
        for key, one in offline.findings.items()
    }
    new = {f"{offline.origin.mark}-{number}": ("", "", "") for number in range(1, ROOM + 1)}
    last = 1
    for last, (key, texts) in enumerate({**kept, **new}.items(), start=2):
        for place, text in enumerate((key, *texts), start=1):
            put(page, last, place, text)
            page.cell(last, place).protection = _OPEN if place > 1 else Protection(locked=True)
    _offer(page, lists.offer((*KINDS, RISK)), [f"B2:B{last}"])
    _offer(page, lists.offer(offline.rows), [f"C2:C{last}"])


def _offer(page: Worksheet, source: str, cells: Iterable[str]) -> None:
    offer = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    offer.error = "This is not among the words that are known here."
    page.add_data_validation(offer)
    for one in cells:
        offer.add(one)


def _seen(page: Worksheet, offline: Offline) -> None:
    page.sheet_state = "veryHidden"
    origin = offline.origin
    lines = [
        ("cycle", str(origin.cycle), ""),
        ("seat", str(origin.seat), ""),
        ("edition", origin.edition, ""),
        ("made", origin.made_at.isoformat(), ""),
        *(("rating", name, str(shown.version)) for name, shown in offline.shown.items()),
        *(("finding", key, str(one.version)) for key, one in offline.findings.items()),
    ]
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            put(page, number, place, text)
