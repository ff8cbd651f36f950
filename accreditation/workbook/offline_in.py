"""Reads a visit's workbook that came back: what its open cells say, each with its cell, and what is wrong in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from accreditation.errors import Fault, Invalid
from accreditation.scheme.model import Scheme
from accreditation.workbook.cells import tidy
from accreditation.workbook.filled import Cell, letters, quoted
from accreditation.workbook.offline import (
    FINDING_COLUMNS,
    FINDINGS,
    REVIEW,
    REVIEW_COLUMNS,
    SEEN,
    Origin,
    Row,
)
from accreditation.workbook.offline_said import Rated, Reading, Texts, Written
from accreditation.workbook.reading import book_of, cells_of
from accreditation.workbook.safety import refuse_unsafe

LAST_VERSION = 2**31 - 1
"""No version has a larger number: what the store's whole numbers take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What the workbook says, and of which visit, seat and edition it says that it is."""

    origin: Origin
    ratings: Mapping[str, Rated]
    findings: Mapping[str, Written]


def returned_visit(content: bytes, *, name: str, rows: Mapping[str, Row], scheme: Scheme) -> Returned:
    """What does this workbook say of the criteria of a visit? Raises Invalid with every fault, by cell."""
    refuse_unsafe(content, name=name)
    book = book_of(content, name)
    missing = [title for title in (REVIEW, FINDINGS, SEEN) if title not in book.sheetnames]
    if missing:
        found = f"it has no sheet {', '.join(missing)}"
        raise Invalid([Fault(where=name, found=found, allowed="a workbook of this visit, as it was downloaded")])
    faults: list[Fault] = []
    seen = _Seen(name, cells_of(book[SEEN], faults))
    read = Reading(rows=rows, scheme=scheme, faults=faults)
    ratings = dict(read.ratings(_lines(REVIEW, REVIEW_COLUMNS, book[REVIEW], faults), seen.ratings))
    lines = _lines(FINDINGS, FINDING_COLUMNS, book[FINDINGS], faults)
    findings = dict(read.findings(lines, seen.findings, mark=seen.origin.mark))
    if faults:
        raise Invalid(faults)
    return Returned(origin=seen.origin, ratings=ratings, findings=findings)


class _Seen:
    """The hidden sheet. Raises Invalid where it was changed so that it says nothing."""

    def __init__(self, name: str, cells: Mapping[tuple[int, int], Cell]) -> None:
        lines = {row for row, _ in cells}
        texts = [tuple(_text(cells.get((row, column))) for column in (1, 2, 3)) for row in sorted(lines)]
        heads = {kind: value for kind, value, _ in texts if kind in ("cycle", "seat", "edition", "made")}
        try:
            self.origin = Origin(
                cycle=int(heads["cycle"]), seat=int(heads["seat"]), edition=heads["edition"],
                made_at=datetime.fromisoformat(heads["made"]),
            )  # fmt: skip
            self.ratings = {one: _version(said) for kind, one, said in texts if kind == "rating"}
            self.findings = {one: _version(said) for kind, one, said in texts if kind == "finding"}
        except (KeyError, ValueError) as trouble:
            allowed = "download the workbook again, and copy what you wrote into it"
            raise Invalid([Fault(where=name, found="its hidden sheet was changed", allowed=allowed)]) from trouble


def _version(said: str) -> int:
    """The number of a version, which the store can look up. Raises ValueError where it is none."""
    number = int(said)
    if not 0 <= number <= LAST_VERSION:
        raise ValueError(said)
    return number


def _lines(title: str, columns: tuple[str, ...], page: Any, faults: list[Fault]) -> Iterator[tuple[int, Texts]]:
    """The rows of a sheet below its headings, which must stand as they were."""
    cells = cells_of(page, faults)
    heads = tuple(_text(cells.get((1, place))) for place in range(1, len(columns) + 1))
    if heads != columns:
        wrong = next(place for place, pair in enumerate(zip(heads, columns, strict=True)) if len(set(pair)) > 1)
        found, allowed = f"the heading {quoted(heads[wrong])}", f"{quoted(columns[wrong])}: leave headings as they were"
        faults.append(Fault(where=f"{title}!{letters(wrong + 1)}1", found=found, allowed=allowed))
        return
    for number in sorted({row for row, _ in cells if row > 1}):
        texts = {
            heading: text
            for place, heading in enumerate(columns, start=1)
            if (text := _text(cells.get((number, place))))
        }
        if texts:
            yield number, texts


def _text(cell: Cell | None) -> str:
    """What a cell says, as text; a number without what Excel adds to it."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, float) and not isinstance(cell.value, bool):
        return str(int(cell.value)) if cell.value.is_integer() else f"{Decimal(repr(cell.value)):f}"
    return tidy(str(cell.value))
