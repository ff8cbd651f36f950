"""What does a file of indicators say: of which teams, of which periods, and every cell that says what cannot be?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import ValidationError

from accreditation.errors import Fault
from accreditation.rules.answering import faults_of_answer
from accreditation.rules.indicators.mapping import Columns, takes_figures
from accreditation.rules.indicators.periods import FORMS, Period, read_period, serial_day
from accreditation.rules.indicators.table import Cell, Line, Table, first_of, some, under_headings
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.model import AuditLevel, Criterion, Scheme, Threshold

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?\Z")
_HELD_BACK = re.compile(
    r"[<≤]\s*[0-9]{1,3}|\*+|\[?c\]?|n/?r|tfp?|too few.*|suppressed.*|small numbers?.*", re.IGNORECASE
)
"""How audits and official statistics write a number that is too small to be published."""

_UNKNOWN = Period(label="", begins=date.min)

_FEW = 5
"""From so many values on it is striking if all of a percentage are at most one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What one line says of a team in a period: criterion -> the figure; NOT_ANSWERED where nothing was entered."""

    where: str
    team: str
    organisation: str
    ods_code: str
    period: Period
    figures: Mapping[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file says, every fault in it, and what a person should look at before it is kept."""

    reported: tuple[Reported, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_figures(table: Table, *, columns: Columns, scheme: Scheme, period: str = "") -> Read:
    """Read this table. `period` picks one, or says which it is where no column does.

    A figure that a cell cannot be is a fault by line and column, all at once; nothing is guessed: no decimal comma, no
    number for a day.
    """
    asked = {name: scheme.by_id[name] for name in columns.values if name in scheme.by_id}
    found = under_headings(table, columns.headings)
    faults, notes = list(found.faults), [*table.notes, *_unmapped(columns, found.headings, scheme)]
    said = read_period(period) if period else None
    if period and said is None:
        faults.append(Fault(where="period", found=f"'{period}'", allowed=FORMS))
    if columns.period is None and not period:
        faults.append(Fault(where="period", found="not given, and no column says it", allowed=FORMS))
    reported: list[Reported] = []
    if not faults:
        for line in found.lines:
            when = said if columns.period is None else _period(line, columns.period, faults)
            if when is None:
                _reported(line, _UNKNOWN, columns, asked, scheme, faults)  # for what else is wrong in it
            elif said is None or when.begins == said.begins:
                reported.append(_reported(line, when, columns, asked, scheme, faults))
        if not reported and not faults:
            faults.append(_nothing(table, columns, period, found.lines))
    return Read(
        reported=tuple(reported),
        faults=first_of(faults, where=table.name),
        notes=(*notes, *_shares(reported, columns, asked)),
    )


def _reported(
    line: Line, period: Period, columns: Columns, asked: Mapping[str, Criterion], scheme: Scheme, faults: list[Fault]
) -> Reported:
    who = {name: _name(line, getattr(columns, name), faults) for name in ("team", "organisation", "ods_code")}
    figures = {}
    for name, criterion in asked.items():
        heading = columns.values[name]
        answer = _figure(line.cells[heading], criterion, columns, scheme, f"{line.where} column '{heading}'", faults)
        if answer is not None:
            figures[name] = answer
    return Reported(where=line.where, period=period, figures=figures, **who)


def _name(line: Line, heading: str | None, faults: list[Fault]) -> str:
    if heading is None:
        return ""
    cell, where = line.cells[heading], f"{line.where} column '{heading}'"
    if cell.fault:
        faults.append(Fault(where=where, found=cell.fault, allowed="one cell with a name"))
    elif not cell.text:
        faults.append(Fault(where=where, found="empty", allowed="who the figures are of"))
    return cell.text


def _period(line: Line, heading: str, faults: list[Fault]) -> Period | None:
    cell, where = line.cells[heading], f"{line.where} column '{heading}'"
    if cell.fault:
        faults.append(Fault(where=where, found=cell.fault, allowed=FORMS))
        return None
    found = None if cell.value is None else read_period(cell.value)
    if found is None:
        day = None if cell.value is None else serial_day(cell.value)
        counted = "" if day is None else f": Excel's count of days, which would be {day.isoformat()}"
        faults.append(Fault(where=where, found=f"{cell.quoted}{counted}" if cell.text else "empty", allowed=FORMS))
    return found


def _figure(
    cell: Cell, criterion: Criterion, columns: Columns, scheme: Scheme, where: str, faults: list[Fault]
) -> Answer | None:
    """The figure in this cell; None, and a fault more, where it holds none."""
    if cell.fault:
        faults.append(Fault(where=where, found=cell.fault, allowed="the figure itself"))
        return None
    word = cell.text.casefold()
    if word in {one.casefold() for one in columns.too_few}:
        return Answer(state="too_few_cases", note=f"published as '{cell.text}'")
    if not word or word in {one.casefold() for one in columns.not_entered}:
        return NOT_ANSWERED
    measure = criterion.measure
    if isinstance(measure, AuditLevel):
        levels = scheme.audits[measure.audit].levels
        if cell.text in levels:
            return Answer(level=cell.text)
        allowed = [*levels, *columns.too_few, *(one for one in columns.not_entered if one), "(empty)"]
        faults.append(
            Fault(
                where=where,
                found=f"{cell.quoted}{_held_back(cell.text) or did_you_mean(cell.text, allowed)}",
                allowed=", ".join(allowed),
            )
        )
        return None
    return _number(cell, criterion, columns, scheme, where, faults)


def _number(
    cell: Cell, criterion: Criterion, columns: Columns, scheme: Scheme, where: str, faults: list[Fault]
) -> Answer | None:
    unit = criterion.measure.unit if isinstance(criterion.measure, Threshold) else ""
    words = ", ".join(f"'{one}'" for one in (*columns.too_few, *columns.not_entered) if one)
    allowed = f"a number in {unit}, as in 92.5{f', or one of {words}' if words else ''}"
    number, why = _read_number(cell, unit)
    if number is None:
        faults.append(Fault(where=where, found=f"{cell.quoted}{why}", allowed=allowed))
        return None
    try:
        answer = Answer(measured=number)
    except ValidationError:
        faults.append(Fault(where=where, found=f"{cell.quoted}: more digits than are kept", allowed=allowed))
        return None
    wrong = faults_of_answer(criterion=criterion, answer=answer, scheme=scheme, by="team")
    faults += [Fault(where=where, found=one.found, allowed=one.allowed) for one in wrong]
    return None if wrong else answer


def _read_number(cell: Cell, unit: str) -> tuple[Decimal | None, str]:
    """The number in this cell, or None and why there is none."""
    if isinstance(cell.value, date):
        return None, ": a date"
    text = cell.text
    percent = cell.percent or text.endswith("%")
    if percent and unit != "%":
        return None, f": a percentage, where {unit} are asked for"
    text = text.removesuffix("%").strip()
    if "," in text:
        return None, ": a comma, which could part decimals or thousands; write a point for decimals, and no commas"
    if not _NUMBER.match(text):
        return None, f": no number{_held_back(cell.text)}"
    number = Decimal(text)
    return (_plain(number * 100) if cell.percent else number), ""


def _held_back(text: str) -> str:
    """What to do about a word that says that there were too few cases, where the columns do not know it as that."""
    if not _HELD_BACK.fullmatch(text):
        return ""
    return " (if this says too few cases, name it once among the words for these, too_few, of these columns)"


def _plain(number: Decimal) -> Decimal:
    """The same number without the zeros at its end that a multiplication leaves."""
    return Decimal(f"{number:f}".rstrip("0").rstrip(".")) if "." in f"{number:f}" else number


def _nothing(table: Table, columns: Columns, period: str, lines: Sequence[Line]) -> Fault:
    if columns.period is None or not lines:
        return Fault(where=table.name, found="no line below the headings", allowed="a line a team")
    known = sorted({line.cells[columns.period].text for line in lines})
    return Fault(
        where=f"{table.name} column '{columns.period}'", found=f"no line of '{period}'{did_you_mean(period, known)}",
        allowed=f"periods here: {some(known)}",
    )  # fmt: skip


def _unmapped(columns: Columns, headings: Sequence[str], scheme: Scheme) -> list[str]:
    """What neither the columns nor the file have: measured criteria without a column, headings of no criterion."""
    lacks = [one.id for one in scheme.criteria if takes_figures(one) and one.id not in columns.values]
    others = [heading for heading in dict.fromkeys(headings) if heading not in columns.headings]
    return [
        *([f"measured criteria without a column: {', '.join(lacks)}"] if lacks else []),
        *([f"columns that are not used: {some(others)}"] if others and columns.headings else []),
    ]


def _shares(reported: Sequence[Reported], columns: Columns, asked: Mapping[str, Criterion]) -> list[str]:
    """Columns of percentages in which nothing is above one: shares, perhaps, that were not made percentages."""
    found = []
    for name, criterion in asked.items():
        values = [one.figures[name].measured for one in reported if name in one.figures]
        numbers = [value for value in values if value is not None]
        unit = criterion.measure.unit if isinstance(criterion.measure, Threshold) else ""
        if unit == "%" and len(numbers) >= _FEW and max(numbers) <= 1:
            found.append(f"column '{columns.values[name]}': no value is above 1 %: are these shares, as 0.9 for 90 %?")
    return found
