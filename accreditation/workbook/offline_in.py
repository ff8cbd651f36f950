"""Reads a visit's workbook that came back: what its open cells say, each with its cell, and what is wrong in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from accreditation.errors import Fault, Invalid
from accreditation.rules.answering import faults_of_draft
from accreditation.rules.findings import Draft
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.model import Scheme
from accreditation.workbook.cells import tidy
from accreditation.workbook.filled import Cell, letters, quoted
from accreditation.workbook.offline import (
    FINDING_COLUMNS,
    FINDINGS,
    KEPT_SERIES,
    KINDS,
    REVIEW,
    REVIEW_COLUMNS,
    RISK,
    SEEN,
    Origin,
    Row,
)
from accreditation.workbook.reading import book_of, cells_of
from accreditation.workbook.safety import refuse_unsafe

_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?\Z")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\Z")
MOST_FINDINGS = 400

Texts = Mapping[str, str]
"""The cells of a row by heading; an empty one is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What a row says of a criterion; None where it leaves what is there. `seen` is the version that was seen."""

    cell: str
    comment_cell: str
    answer: Answer | None
    note: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A finding as its row says it, or a risk to be raised."""

    cell: str
    draft: Draft
    risk: bool
    seen: int


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
    read = _Read(rows=rows, scheme=scheme, faults=faults)
    ratings = dict(read.ratings(_lines(REVIEW, REVIEW_COLUMNS, book[REVIEW], faults), seen.ratings))
    findings = dict(read.findings(_lines(FINDINGS, FINDING_COLUMNS, book[FINDINGS], faults), seen))
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
            self.ratings = {one: int(version) for kind, one, version in texts if kind == "rating"}
            self.findings = {one: int(version) for kind, one, version in texts if kind == "finding"}
        except (KeyError, ValueError) as trouble:
            allowed = "download the workbook again, and copy what you wrote into it"
            raise Invalid([Fault(where=name, found="its hidden sheet was changed", allowed=allowed)]) from trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    rows: Mapping[str, Row]
    scheme: Scheme
    faults: list[Fault] = field(default_factory=list)

    def ratings(self, lines: Iterator[tuple[int, Texts]], seen: Mapping[str, int]) -> Iterator[tuple[str, Rated]]:
        """Criterion -> what its row says."""
        known: set[str] = set()
        for number, texts in lines:
            name, cell = texts.get("criterion", ""), _where(REVIEW, REVIEW_COLUMNS, "rating", number)
            if name not in self.rows or name in known:
                self._lost(number, name, texts, twice=name in known)
                continue
            known.add(name)
            answer = self._answer(number, self.rows[name], texts)
            note = texts.get("comment", "")
            if answer is not None:
                answer = answer.model_copy(update={"note": note})
                self._check(name, answer, cell)
            comment = _where(REVIEW, REVIEW_COLUMNS, "comment", number)
            rated = Rated(cell=cell, comment_cell=comment, answer=answer, note=note, seen=seen.get(name, 0))
            yield name, rated

    def _lost(self, number: int, name: str, texts: Texts, *, twice: bool) -> None:
        if set(texts) & {"rating", "value", "comment"}:
            found = f"{quoted(name)} is here a second time" if twice else f"there is no criterion {quoted(name)} here"
            where = _where(REVIEW, REVIEW_COLUMNS, "criterion", number)
            self.faults.append(Fault(where=where, found=found, allowed="each criterion of the visit once"))

    def _answer(self, number: int, row: Row, texts: Texts) -> Answer | None:
        """What the cells for rating and value say; None where they leave a series as it is, or are at fault."""
        rating, value = texts.get("rating", ""), texts.get("value", "")
        if rating and value and value != KEPT_SERIES:
            self._fault(number, "value", "a rating and a value", "one of the two; empty the other")
            return None
        if rating:
            return self._chosen(number, row, rating)
        if value == KEPT_SERIES:
            return None
        return self._valued(number, row, value) if value else NOT_ANSWERED

    def _chosen(self, number: int, row: Row, rating: str) -> Answer | None:
        by_word = {title.casefold(): choice for title, choice in row.choices.items()}
        by_word |= {choice.rating.casefold(): choice for choice in row.choices.values() if choice.rating is not None}
        found = by_word.get(rating.casefold())
        if found is None:
            self._fault(number, "rating", quoted(rating), f"choose one of: {', '.join(row.choices)}")
        return found

    def _valued(self, number: int, row: Row, value: str) -> Answer | None:
        if row.gives == "level":
            return Answer(level=value)
        if row.gives != "value":
            allowed = "a rating" if row.gives == "rating" else "a rating here; the series itself is changed online"
            self._fault(number, "value", f"{quoted(value)} where no value is taken", allowed)
            return None
        plain = value.removesuffix("%").strip() if row.unit == "%" else value
        if not _NUMBER.match(plain):
            self._fault(number, "value", quoted(value), f"a number in {row.unit}, as in 92.5")
            return None
        return Answer(measured=Decimal(plain))

    def _check(self, name: str, answer: Answer, cell: str) -> None:
        for fault in (
            faults_of_draft(criterion=self.rows[name].about, answer=answer, scheme=self.scheme, by="reviewer")
            if answer.state != "not_answered"
            else ()
        ):
            self.faults.append(Fault(where=cell, found=fault.found, allowed=fault.allowed))

    def _fault(self, number: int, heading: str, found: str, allowed: str) -> None:
        where = _where(REVIEW, REVIEW_COLUMNS, heading, number)
        self.faults.append(Fault(where=where, found=found, allowed=allowed))

    def findings(self, lines: Iterator[tuple[int, Texts]], seen: _Seen) -> Iterator[tuple[str, Written]]:
        """Key -> what its row says; rows that are empty and were are left out."""
        known: set[str] = set()
        for number, texts in lines:
            key = texts.get("key") or f"{seen.origin.mark}-row-{number}"
            empty = not set(texts) - {"key"}
            if empty and key not in seen.findings:
                continue
            cell = _where(FINDINGS, FINDING_COLUMNS, "kind", number)
            if key in known or not _KEY.match(key) or len(known) >= MOST_FINDINGS:
                key = f"{seen.origin.mark}-row-{number}"  # a row that was copied is a finding of its own
            known.add(key)
            draft = self._draft(number, texts, dropped=empty)
            risk = texts.get("kind", "").casefold() in (RISK.casefold(), "immediate risk")
            yield key, Written(cell=cell, draft=draft, risk=risk, seen=seen.findings.get(key, 0))

    def _draft(self, number: int, texts: Texts, *, dropped: bool) -> Draft:
        kinds = {word.casefold(): kind for word, kind in KINDS.items()}
        said, criterion = texts.get("kind", "").casefold(), texts.get("criterion")
        if said and said not in {*kinds, RISK.casefold(), "immediate risk"}:
            where = _where(FINDINGS, FINDING_COLUMNS, "kind", number)
            allowed = f"choose one of: {', '.join((*KINDS, RISK))}"
            self.faults.append(Fault(where=where, found=quoted(texts["kind"]), allowed=allowed))
        if criterion is not None and criterion not in self.rows:
            where = _where(FINDINGS, FINDING_COLUMNS, "criterion", number)
            allowed = "a criterion of this visit; empty for the service as a whole"
            self.faults.append(Fault(where=where, found=quoted(criterion), allowed=allowed))
        return Draft(kind=kinds.get(said), criterion=criterion, text=texts.get("text", ""), dropped=dropped)


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


def _where(title: str, columns: tuple[str, ...], heading: str, row: int) -> str:
    return f"{title}!{letters(columns.index(heading) + 1)}{row}"
