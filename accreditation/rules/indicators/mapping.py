"""Which columns of a file are which indicators: said once for a scheme, and used again every quarter."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from accreditation.errors import Fault
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.model import AuditLevel, Criterion, Scheme
from accreditation.scheme.values import Id, Part

WHO = ("team", "organisation", "ods_code")
"""What may name a team."""

Heading = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Cells = Annotated[
    tuple[Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")], ...], Field(max_length=50)
]


class Columns(Part):
    """How a file of indicators is read: the headings of its columns, and its words for what is no figure.

    `name` says whose figures they are. Of team, organisation and ods_code at least team or ods_code is named. Without
    `period` the period is said with each file. `values` are the columns of the criteria; `sheet` is the one of a
    workbook, where it has several.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
    team: Heading | None = None
    organisation: Heading | None = None
    ods_code: Heading | None = None
    period: Heading | None = None
    sheet: str = Field(default="", max_length=60)
    values: dict[Id, Heading] = Field(min_length=1, max_length=1000)
    too_few: Cells = ()
    not_entered: Cells = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that it names, each once."""
        who = [heading for name in (*WHO, "period") if (heading := getattr(self, name)) is not None]
        return tuple(dict.fromkeys([*who, *self.values.values()]))


def takes_figures(criterion: Criterion) -> bool:
    """Is this criterion measured by one figure: a number against a threshold, or a level of an audit?"""
    measure = criterion.measure
    return isinstance(measure, AuditLevel) or (measure is not None and not measure.series)


def of_audit(scheme: Scheme, name: str) -> Columns | None:
    """The columns that the scheme itself names for this audit; None where it takes no levels from one of this name."""
    audit = scheme.audits.get(name)
    values = {
        one.id: one.measure.indicator
        for one in scheme.criteria
        if isinstance(one.measure, AuditLevel) and one.measure.audit == name
    }
    if audit is None or not values:
        return None
    return Columns(
        name=name, team=audit.columns.team, organisation=audit.columns.organisation, period=audit.columns.period,
        values=values, too_few=audit.too_few, not_entered=audit.not_entered,
    )  # fmt: skip


def guessed(scheme: Scheme, headings: Iterable[str]) -> Mapping[str, str]:
    """Criterion -> the heading that says its id, its title or the name of its indicator, and nothing else."""
    plain = {_plain(heading): heading for heading in headings}
    found = {}
    for criterion in filter(takes_figures, scheme.criteria):
        said = [criterion.id, criterion.title]
        if isinstance(criterion.measure, AuditLevel):
            said.append(criterion.measure.indicator)
        heading = next((plain[word] for word in map(_plain, said) if word in plain), None)
        if heading is not None:
            found[criterion.id] = heading
    return found


def faults_of_columns(columns: Columns, scheme: Scheme) -> tuple[Fault, ...]:
    """What of these columns cannot be, in this scheme? All of it."""
    return tuple(_faults(columns, scheme))


def _faults(columns: Columns, scheme: Scheme) -> Iterator[Fault]:
    if columns.team is None and columns.ods_code is None:
        yield Fault(where="columns", found="none names the team", allowed="a column for team, or for ods_code")
    measured = [one.id for one in scheme.criteria if takes_figures(one)]
    for name in columns.values:
        if name not in scheme.by_id:
            known = did_you_mean(name, measured)
            yield Fault(
                where=f"column for {name}", found=f"the edition has no such criterion{known}",
                allowed=f"a measured criterion: {', '.join(measured) or 'it has none'}",
            )  # fmt: skip
        elif name not in measured:
            yield Fault(
                where=f"column for {name}", found="it is not measured by one figure",
                allowed=f"a measured criterion: {', '.join(measured) or 'it has none'}",
            )  # fmt: skip
    seen: dict[str, str] = {}
    for what, heading in [*((name, getattr(columns, name)) for name in (*WHO, "period")), *columns.values.items()]:
        if heading is not None and seen.setdefault(heading, what) != what:
            yield Fault(
                where=f"column for {what}", found=f"'{heading}' is the column for {seen[heading]} already",
                allowed="a column of its own for each",
            )  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
