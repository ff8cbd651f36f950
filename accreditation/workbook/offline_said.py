"""What the rows of a visit's workbook say: a rating or a value, a comment, a finding; each with its cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from accreditation.errors import Fault
from accreditation.rules.answering import faults_of_draft
from accreditation.rules.findings import Draft
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.model import AuditLevel, Scheme
from accreditation.workbook.filled import letters, quoted
from accreditation.workbook.offline import (
    FINDING_COLUMNS,
    FINDINGS,
    KEPT_SERIES,
    KINDS,
    REVIEW,
    REVIEW_COLUMNS,
    RISK,
    Row,
)
from accreditation.workbook.offline_series import line_of, said_series

_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?\Z")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\Z")

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
class Reading:
    """The rows of one workbook, read as the visit and its scheme take them; what is wrong is added to the faults."""

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
        taken = {**row.choices, **row.also}
        by_word = {title.casefold(): choice for title, choice in taken.items()}
        by_word |= {choice.rating.casefold(): choice for choice in taken.values() if choice.rating is not None}
        found = by_word.get(rating.casefold())
        if found is None:
            self._fault(number, "rating", quoted(rating), f"choose one of: {', '.join(row.choices)}")
        return found

    def _valued(self, number: int, row: Row, value: str) -> Answer | None:
        if row.gives == "level":
            return Answer(level=value)
        if row.gives == "series":
            return self._series(number, row, value)
        if row.gives != "value":
            self._fault(number, "value", f"{quoted(value)} where no value is taken", "a rating")
            return None
        plain = value.removesuffix("%").strip() if row.unit == "%" else value
        if not _NUMBER.match(plain):
            self._fault(number, "value", quoted(value), f"a number in {row.unit}, as in 92.5")
            return None
        return Answer(measured=Decimal(plain))

    def _series(self, number: int, row: Row, value: str) -> Answer | None:
        measure = row.about.measure
        if measure is None or isinstance(measure, AuditLevel):
            return None
        found = said_series(value, measure)
        if isinstance(found, str):
            self._fault(number, "value", quoted(found), f"{line_of(measure)}; or a rating instead")
            return None
        return Answer(series=found)

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

    def findings(
        self, lines: Iterator[tuple[int, Texts]], seen: Mapping[str, int], *, mark: str
    ) -> Iterator[tuple[str, Written]]:
        """Key -> what its row says; rows that are empty and were are left out. `mark` begins the keys of new ones."""
        known: set[str] = set()
        for number, texts in lines:
            key = texts.get("key") or f"{mark}-row-{number}"
            empty = not set(texts) - {"key"}
            if empty and key not in seen:
                continue
            cell = _where(FINDINGS, FINDING_COLUMNS, "kind", number)
            if key in known or not _KEY.match(key):
                key = f"{mark}-row-{number}"  # a row that was copied is a finding of its own
            known.add(key)
            draft = self._draft(number, texts, dropped=empty)
            risk = texts.get("kind", "").casefold() in (RISK.casefold(), "immediate risk")
            yield key, Written(cell=cell, draft=draft, risk=risk, seen=seen.get(key, 0))

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


def _where(title: str, columns: tuple[str, ...], heading: str, row: int) -> str:
    return f"{title}!{letters(columns.index(heading) + 1)}{row}"
