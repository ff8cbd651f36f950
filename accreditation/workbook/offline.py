"""A visit as a workbook for a place without a network: what its rows hold, and what was seen when it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from accreditation.rules.findings import Draft, Kind
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.facts import Profile
from accreditation.scheme.model import AuditLevel, Criterion, Scheme
from accreditation.workbook.offline_series import shown_series

REVIEW, FINDINGS, LISTS, SEEN = "Review", "Findings", "_lists", "_seen"
"""The sheets: one row for each criterion, one for each finding, and two that are hidden."""

REVIEW_COLUMNS = (
    "criterion", "title", "what is asked", "guidance", "evidence asked", "the team's answer", "the team's note",
    "evidence", "rating", "value", "comment",
)  # fmt: skip
FINDING_COLUMNS = ("key", "kind", "criterion", "text")

NOT_APPLICABLE, TOO_FEW = "Not applicable", "Too few cases"
RISK = "immediate risk (raised at once)"
KINDS: Mapping[str, Kind] = {kind.words: kind for kind in Kind}
KEPT_SERIES = "(a series: it is kept; change it online)"

ROOM = 100
"""Rows for new findings, each with a key of its own already: a file that is sent twice keeps each finding once."""

Gives = Literal["rating", "value", "level", "series"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What can be given to one criterion: what is offered (title -> answer without a comment), and what is measured.

    `also` is taken where it stands already, and not offered: where a level is asked for, a rating says the same in
    another way, and two who mean one thing would differ.
    """

    about: Criterion
    choices: Mapping[str, Answer]
    also: Mapping[str, Answer]
    gives: Gives
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the sheet shows beside a criterion: the team's answer and note, the names of its evidence, one's own rating.

    `version` is that of one's own rating: what was seen when the workbook was made.
    """

    team: str
    note: str
    evidence: tuple[str, ...]
    own: Answer = NOT_ANSWERED
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A finding, and its version: what was seen when the workbook was made."""

    draft: Draft
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Of which visit, seat and edition a workbook is, and when it was made."""

    cycle: int
    seat: int
    edition: str
    made_at: datetime

    @property
    def mark(self) -> str:
        """What the keys of its new findings begin with."""
        return f"x{self.made_at:%y%m%d%H%M%S%f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """Everything that is written into the workbook."""

    title: str
    origin: Origin
    rows: Mapping[str, Row]
    shown: Mapping[str, Shown]
    findings: Mapping[str, Noted]


def rows_of_visit(*, scheme: Scheme, profile: Profile) -> dict[str, Row]:
    """Criterion -> what a reviewer can give to it, for the criteria that apply, in the order of the standard."""
    return {one.id: _row(scheme, one) for one in scheme.applicable(profile)}


def _row(scheme: Scheme, criterion: Criterion) -> Row:
    measure = criterion.measure
    gives: Gives = "rating"
    if isinstance(measure, AuditLevel):
        gives = "level"
    elif measure is not None:
        gives = "series" if measure.series else "value"
    unit = "" if measure is None or isinstance(measure, AuditLevel) else measure.unit
    rated = {rating.title: Answer(rating=name) for name, rating in scheme.scale_of(criterion, "reviewer").items()}
    choices = {**({} if gives == "level" else rated), **dict(_choices(scheme, criterion))}
    return Row(about=criterion, choices=choices, also=rated if gives == "level" else {}, gives=gives, unit=unit)


def _choices(scheme: Scheme, criterion: Criterion) -> Iterator[tuple[str, Answer]]:
    if isinstance(criterion.measure, AuditLevel):
        for level in scheme.audits[criterion.measure.audit].levels:
            yield f"Level {level}", Answer(level=level)
    if criterion.can_be_not_applicable:
        yield NOT_APPLICABLE, Answer(state="not_applicable")
    if criterion.measure is not None:
        yield TOO_FEW, Answer(state="too_few_cases")


def told(answer: Answer, row: Row) -> tuple[str, str]:
    """The answer as its two cells say it: the rating, and the value."""
    bare = answer.model_copy(update={"note": ""})
    rating = next((title for title, choice in {**row.choices, **row.also}.items() if choice == bare), "")
    measure = row.about.measure
    if answer.series and measure is not None and not isinstance(measure, AuditLevel):
        return "", shown_series(answer.series, measure) or KEPT_SERIES
    return rating, "" if answer.measured is None else f"{answer.measured:f}"
