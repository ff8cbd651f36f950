"""The sheets of the workbook: what each shows of which file, and in which columns."""

from dataclasses import dataclass
from typing import Literal

from accreditation.scheme.award import Limiter, Outcome
from accreditation.scheme.bands import Band
from accreditation.scheme.case import Case, Expected
from accreditation.scheme.criterion import Criterion
from accreditation.scheme.facts import Fact
from accreditation.scheme.model import Audit, CriterionType, Scheme, Source
from accreditation.scheme.process import Holiday, Seat, Timetable
from accreditation.scheme.scale import ScaleRating
from accreditation.scheme.score import Score
from accreditation.workbook.columns import Column, columns_of

Shape = Literal["keys", "named", "listed", "scales", "bands", "tree", "criteria", "cases"]
"""What a row is: a key; an entry with a name; an item of a list; or one of the four that are made of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its title, what a row of it is, the key of scheme.yaml it shows, its columns, and a word on it.

    `first` is the heading of the column that names a row.
    """

    title: str
    shape: Shape
    key: str
    columns: tuple[Column, ...]
    first: str
    about: str


def _id(heading: str = "id", *, from_sheet: str = "", width: int = 18) -> Column:
    return Column(heading=heading, keys=(), kind="id", from_sheet=from_sheet, width=width)


def _named(title: str, key: str, columns: tuple[Column, ...], about: str) -> Sheet:
    return Sheet(title=title, shape="named", key=key, columns=(_id(), *columns), first="id", about=about)


def _listed(title: str, key: str, columns: tuple[Column, ...], about: str) -> Sheet:
    return Sheet(title=title, shape="listed", key=key, columns=columns, first=columns[0].heading, about=about)


_KEY_COLUMNS = (
    Column(heading="key", keys=(), kind="id", width=24),
    Column(heading="value", keys=(), kind="yaml", width=90),
)

_CASE_COLUMNS = (
    Column(heading="file", keys=(), kind="id", width=24),
    *columns_of(Case, leave_out=("expect",)),
    *columns_of(Expected, under=("expect",)),
)

_TREE = (
    Column(heading="level", keys=(), kind="id", choices=("domain", "standard", "section")),
    Column(heading="id", keys=("id",), kind="id"),
    Column(heading="title", keys=("title",), kind="text", width=60),
    Column(heading="file", keys=("file",), kind="id", width=36),
)

SHEETS: tuple[Sheet, ...] = (
    Sheet(title="Scheme", shape="keys", key="", columns=_KEY_COLUMNS, first="key",
          about="What the standard is, and how its cycles run: a key in each row."),
    _named("Sources", "sources", columns_of(Source), "The publications that criteria rest on."),
    _named("Profile", "profile", columns_of(Fact), "What a service is asked about itself."),
    _named("Types", "types", columns_of(CriterionType), "Classes of criteria, such as essential."),
    Sheet(title="Scales", shape="scales", key="scale", first="id",
          columns=(_id("scale"), _id(), *columns_of(ScaleRating)),
          about="Ratings, the best first. Leave 'scale' empty for the scale of the standard; name it for others."),
    Sheet(title="Domains", shape="tree", key="domains", columns=_TREE, first="id",
          about="Domains in their order, below each its standards, below these their sections."),
    Sheet(title="Criteria", shape="criteria", key="", first="id",
          columns=(_id("domain", from_sheet="Domains"),
                   *columns_of(Criterion, type="Types", scale="Scales", self_scale="Scales")),
          about="All criteria, a row each. The domain says in which file it stands."),
    _named("Scores", "scores", columns_of(Score), "Numbers and levels that the standard works out."),
    Sheet(title="Bands", shape="bands", key="bands", first="table", columns=(_id("table"), *columns_of(Band)),
          about="Band tables: a row for each band, the name of its table in front."),
    _listed("Award", "award", columns_of(Outcome), "Outcomes from the highest to the lowest, each with its rule."),
    _listed("Limits", "limits", columns_of(Limiter), "What holds the outcome down, whatever else is good."),
    _listed("Review team", "review_team", columns_of(Seat), "The seats of the review team."),
    Sheet(title="Timetable", shape="keys", key="timetable", columns=_KEY_COLUMNS, first="key",
          about="How long each stage may last, as in: months: 3"),
    _listed("Holidays", "holidays", columns_of(Holiday), "Days that are no business days."),
    _named("Audits", "audits", columns_of(Audit), "Published audits whose levels are taken over."),
    Sheet(title="Cases", shape="cases", key="", columns=_CASE_COLUMNS, first="case",
          about="Worked cases: a service, its ratings, and the result it is meant to have."),
)  # fmt: skip
"""In the order of the workbook."""

OWN = {sheet.key for sheet in SHEETS} | {"scales"}

KEYS: dict[str, tuple[Column, ...]] = {
    "": tuple(column for column in columns_of(Scheme) if column.heading not in OWN),
    "timetable": columns_of(Timetable),
}
"""The keys that have a row of their own, by the key of scheme.yaml they stand under."""

FIRST_COLUMN = 2
"""Where the columns of a sheet begin; the one before says which entry of the files a row is, and is hidden."""
