"""What a scheme costs its teams and how far its reviewers agree, in words and numbers, sorted as one asks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from accreditation.rules.agreement.whole import CriterionRow
from accreditation.views.agreement import AgreementShown, ReviewerAgreement, ReviewersAgreement
from accreditation.views.burden import BurdenOfScheme, CriterionCost, Spread
from api.presenting.college.proposals import duration
from api.presenting.register import Told
from api.words import Words, marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: what it is called, the link that sorts by it, and whether it is sorted so now."""

    name: str
    href: str
    sorted: bool
    falls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: what it is about, sentences under it, and its numbers."""

    name: str
    under: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; without lines where nothing may be told yet."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def cells(self) -> list[list[str]]:
        """The table as a program reads it: its headings, then its lines."""
        heads = [one.name for one in self.columns]
        return [heads, *([line.name, *line.cells] for line in self.lines)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of figures: what they are, how they are read, and the table."""

    lead: str
    reading: tuple[str, ...]
    facts: tuple[Told, ...]
    table: Table
    left_out: str


Key = Callable[[Any], Any]

BURDEN: dict[str, tuple[str, Key]] = {
    "criterion": (marked("Criterion"), lambda one: _natural(one.criterion)),
    "minutes": (marked("Minutes a cycle"), lambda one: -Fraction(one.minutes_each)),
    "saves": (marked("Times it was saved"), lambda one: -one.saves),
    "files": (marked("Files sent"), lambda one: -one.files_uploaded),
    "reused": (marked("Answered by reuse"), lambda one: -one.answered_by_reuse),
    "cycles": (marked("Cycles"), lambda one: -one.cycles),
}
"""Columns of what criteria cost: the word that sorts by it, the heading, and what comes first."""

DIVIDED: dict[str, tuple[str, Key]] = {
    "criterion": (marked("Criterion"), lambda one: _natural(one.criterion)),
    "differ": (marked("Pairs of reviewers that differ"), lambda one: -(one.divided.share or 0)),
    "pairs": (marked("Pairs of reviewers"), lambda one: -one.divided.pairs),
    "visits": (marked("Visits"), lambda one: -one.divided.visits),
}
"""Columns of how far criteria divide reviewers."""

REVIEWERS: dict[str, tuple[str, Key]] = {
    "name": (marked("Reviewer"), lambda one: one.name.casefold()),
    "strict": (
        marked("Steps beside the others"),
        lambda one: (one.severity.steps is None, one.severity.steps if one.severity.steps is not None else 0),
    ),
    "visits": (marked("Visits"), lambda one: -one.severity.visits),
    "ratings": (marked("Ratings"), lambda one: -one.severity.ratings),
}
"""Columns of how reviewers rate: the strictest first."""


def burden_page(found: BurdenOfScheme, words: Words, *, root: str, sort: str) -> Page:
    """What does the scheme cost its teams?"""
    costs = _sorted(found.criteria, BURDEN, sort or "minutes")
    facts = [
        (words("Items asked"), found.items_asked), (words("Answered by reuse"), found.answered_by_reuse),
        (words("Files sent"), found.files_uploaded),
    ]  # fmt: skip
    lasted = [
        (words("Time of work that shows"), found.minutes),
        (words("Time from the first touch to the last"), found.minutes_first_to_last),
    ]
    facts_known = any(one is not None for _, one in (*facts, *lasted))  # else the words of the whole are why not
    return Page(
        lead=words.many(
            "%(number)s cycle of this scheme is handed in.", "%(number)s cycles of this scheme are handed in.",
            found.cycles,
        ) if facts_known else found.words,
        reading=(
            *((found.words,) if facts_known else ()),
            words("What costs much and says little about quality is the first that the next edition can leave out."),
        ),
        facts=(
            *(Told(name=name, value=_spread(one, words)) for name, one in facts if one is not None),
            *(Told(name=name, value=times(one, words)) for name, one in lasted if one is not None),
        ),
        table=Table(
            columns=_columns(BURDEN, sort or "minutes", root, words), lines=tuple(_cost(one) for one in costs)
        ),
        left_out="",
    )  # fmt: skip


def _cost(one: CriterionCost) -> Line:
    cells = (one.minutes_each, one.saves, one.files_uploaded, one.answered_by_reuse, one.cycles)
    return Line(name=f"{one.criterion} {one.title}".strip(), under=(), cells=tuple(map(str, cells)))


def _spread(one: Spread, words: Words) -> str:
    return _half(one.least, one.middle, one.most, words)


def times(one: Spread, words: Words) -> str:
    """The same for minutes, as people say times: a minute that was begun is one."""
    least, middle, most = (duration(ceil(Decimal(each)), words) for each in (one.least, one.middle, one.most))
    return _half(least, middle, most, words)


def _half(least: str, middle: str, most: str, words: Words) -> str:
    if least == most:
        return words("%(middle)s for every team", middle=middle)
    return words("%(middle)s or less for half of the teams; from %(least)s to %(most)s", least=least, middle=middle,
                 most=most)  # fmt: skip


def agreement_page(found: AgreementShown, words: Words, *, root: str, sort: str) -> Page:
    """How far do the scheme's reviewers agree? Of too few visits nothing is told."""
    told = [one for one in found.criteria if one.divided.lower is not None]
    silent = len(found.criteria) - len(told)
    rows = _sorted(told, DIVIDED, sort or "differ")
    return Page(
        lead=words("No visit whose review is over has a rating yet.") if not found.ratings else words(
            "%(ratings)s by %(reviewers)s in %(visits)s whose review is over.",
            ratings=words.many("%(number)s rating", "%(number)s ratings", found.ratings),
            reviewers=words.many("%(number)s reviewer", "%(number)s reviewers", found.reviewers),
            visits=words.many("%(number)s visit", "%(number)s visits", found.visits),
        ),
        reading=(
            words("Reviewers rate alone before they hear each other. Where they differ often, the words of a criterion "
                  "may be read in two ways: look at its words first, and at people last."),
            words("Alpha measures how far reviewers agree: it is 1 where all do, and 0 where they agree as much as "
                  "chance would. The two numbers of its interval say how sure that is: in 95 of 100 such samples the "
                  "true figure lies between them. Where they are far apart, wait for more visits."),
        ),
        facts=tuple(_domains(found, words)),
        table=Table(
            columns=_columns(DIVIDED, sort or "differ", root, words), lines=tuple(map(_row, rows))
        ),
        left_out=words.many(
            "For %(number)s criterion there are too few visits to tell anything yet.",
            "For %(number)s criteria there are too few visits to tell anything yet.", silent,
        ) if silent else "",
    )  # fmt: skip


def _domains(found: AgreementShown, words: Words) -> Iterator[Told]:
    """How far reviewers agree, domain by domain; in one line where it cannot be told of any."""
    if all(one.alpha.value is None for one in found.rows):
        yield from (Told(name=words("All domains"), value=one.alpha.words) for one in found.rows[:1])
        return
    for one in found.rows:
        title = one.title if one.domain is None else f"{one.domain} {one.title}"
        yield Told(name=f"{title} ({one.scale})", value=one.alpha.words)


def _row(one: CriterionRow) -> Line:
    about = one.divided
    between = ""
    if about.lower is not None and about.upper is not None:
        between = f" ({about.lower:.2f}–{about.upper:.2f})"
    return Line(
        name=f"{one.criterion} {one.title}", under=(about.words,),
        cells=(f"{about.differ}{between}", str(about.pairs), str(about.visits)),
    )  # fmt: skip


def reviewers_page(found: ReviewersAgreement, words: Words, *, root: str, sort: str) -> Page:
    """How strict and consistent are the scheme's reviewers?"""
    rows = _sorted(found.reviewers, REVIEWERS, sort or "name")
    return Page(
        lead=words.many("%(number)s reviewer rated in visits whose review is over.",
                        "%(number)s reviewers rated in visits whose review is over.", len(found.reviewers))
        if found.reviewers else words("No visit whose review is over has a rating yet."),
        reading=(
            words("Below 0 rates lower than the others on the same criteria of the same visits, above 0 higher. It is "
                  "no fault to be strict: talk about it, train together, and seat the strict beside the mild."),
        ),
        facts=(),
        table=Table(
            columns=_columns(REVIEWERS, sort or "name", root, words),
            lines=tuple(_reviewer(one, words) for one in rows),
        ),
        left_out="",
    )  # fmt: skip


def _reviewer(one: ReviewerAgreement, words: Words) -> Line:
    steps = one.severity.steps
    said = [words("Beside the others: %(said)s", said=one.severity.words)]
    said += [
        words("Beside what was settled, on %(scale)s: %(said)s", scale=each.scale, said=each.alpha.words)
        for each in one.consistency
    ]
    return Line(
        name=one.name, under=tuple(said),
        cells=("–" if steps is None else f"{steps:+.2f}", str(one.severity.visits), str(one.severity.ratings)),
    )  # fmt: skip


def _sorted(rows: Sequence[Any], columns: dict[str, tuple[str, Key]], sort: str) -> list[Any]:
    """These rows by this column; in the order of their first column where two are as high."""
    first = next(iter(columns.values()))[1]
    _, key = columns.get(sort, next(iter(columns.values())))
    return sorted(sorted(rows, key=first), key=key)


def _columns(columns: dict[str, tuple[str, Key]], sort: str, root: str, words: Words) -> tuple[Column, ...]:
    first = next(iter(columns))
    now = sort if sort in columns else first
    return tuple(
        Column(name=words(said), href=f"{root}?sort={name}", sorted=name == now, falls=name != first)
        for name, (said, _) in columns.items()
    )


def _natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """The id so that 2.10 comes after 2.9."""
    parts = name.replace("-", ".").replace("_", ".").split(".")
    return tuple((0, int(one)) if one.isascii() and one.isdecimal() else (1, one) for one in parts)
