"""A published audit's file, as its scheme says it is to be read: a line a team, a level an indicator."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from accreditation.actions.import_teams import TeamToImport
from accreditation.actions.listed_teams import faults_of_team
from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.periods import Period
from accreditation.rules.indicators.reading import Reported
from accreditation.scheme.answer import Answer
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.model import Audit, AuditLevel, Scheme
from accreditation.workbook.tables import Line, read_table, shifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One team's published results: who it is, and a figure for every indicator that was published."""

    team: TeamToImport
    reported: Reported


def audit_of(scheme: Scheme, name: str) -> tuple[str, Audit]:
    """The audit of this name that the scheme takes levels from; its only one where no name is given."""
    if name in scheme.audits:
        return name, scheme.audits[name]
    if not name and len(scheme.audits) == 1:
        return next(iter(scheme.audits.items()))
    known = ", ".join(scheme.audits) or "none"
    raise Invalid([Fault(where="--audit-name", found=f"'{name}'", allowed=f"an audit of this scheme: {known}")])


def read_audit(file: Path, *, scheme: Scheme, name: str, period: Period) -> list[Published]:
    """What did this audit publish for this period? Raises Invalid naming every cell that its scheme cannot read.

    What was not entered is not answered here: nothing is invented for it. Too few cases are said to be that.
    """
    audit = scheme.audits[name]
    asked = {
        criterion.measure.indicator: criterion.id
        for criterion in scheme.criteria
        if isinstance(criterion.measure, AuditLevel) and criterion.measure.audit == name
    }
    where = [
        heading
        for heading in (audit.columns.team, audit.columns.organisation, audit.columns.period, audit.columns.network)
        if heading
    ]
    lines = read_table(file, columns=[*where, *asked])
    chosen = [line for line in lines if line.cells[audit.columns.period] == period.label]
    if not chosen:
        raise Invalid([_no_period(file, audit, period.label, [line.cells for line in lines])])
    faults: list[Fault] = []
    published = []
    listed: dict[tuple[str, str], int] = {}
    for line in chosen:
        number, cells, _ = line
        faults += _shifted(file, line, where)
        answers = {
            criterion: answer
            for indicator, criterion in asked.items()
            if (answer := _answer(audit, cells[indicator], f"{file}:{number} column {indicator}", faults)) is not None
        }
        team = _team(audit, cells, scheme.id, f"{file}:{number}", faults)
        if team is not None:
            faults += _twice(file, number, team, listed)
            reported = Reported(
                where=f"{file}:{number}", team=team.team, organisation=team.organisation, ods_code="", period=period,
                figures=answers,
            )  # fmt: skip
            published.append(Published(team=team, reported=reported))
    if faults:
        raise Invalid(faults)
    return published


def _shifted(file: Path, line: Line, columns: list[str]) -> list[Fault]:
    wrong = shifted(line, columns)
    return [] if wrong is None else [replace(wrong, where=f"{file}:{line.number} {wrong.where}")]


def in_one_network(teams: Sequence[TeamToImport]) -> tuple[list[TeamToImport], list[str]]:
    """The teams without the network of organisations that the audit lists in several, and a note of each of these.

    Audits list the sites of one trust in different networks; which of them the trust belongs to, they do not say.
    """
    listed: dict[str, set[str]] = defaultdict(set)
    for team in teams:
        listed[team.organisation] |= {team.network} - {""}
    several = {name: networks for name, networks in listed.items() if len(networks) > 1}
    notes = [
        f"{name} is listed in {len(networks)} networks ({', '.join(sorted(networks))}); none is taken from here"
        for name, networks in sorted(several.items())
    ]
    return [one.model_copy(update={"network": ""}) if one.organisation in several else one for one in teams], notes


def _twice(file: Path, number: int, team: TeamToImport, listed: dict[tuple[str, str], int]) -> list[Fault]:
    """Is this team listed in an earlier line already? Its results there and here could not both stand."""
    first = listed.setdefault((team.organisation, team.team), number)
    found = f"the team '{team.team}' of '{team.organisation}' stands in line {first} already"
    allowed = "list a team once for a period; nothing was imported"
    return [] if first == number else [Fault(where=f"{file}:{number}", found=found, allowed=allowed)]


def _team(
    audit: Audit, cells: Mapping[str, str], service_line: str, where: str, faults: list[Fault]
) -> TeamToImport | None:
    columns = audit.columns
    named = {"team": columns.team, "organisation": columns.organisation} | (
        {"network": columns.network} if columns.network else {}
    )
    try:
        return TeamToImport.model_validate(
            {field: cells[heading] for field, heading in named.items()} | {"service_line": service_line}
        )
    except ValidationError as error:
        faults += [replace(fault, where=f"{where} {fault.where}") for fault in faults_of_team(error, named)]
        return None


def _answer(audit: Audit, cell: str, where: str, faults: list[Fault]) -> Answer | None:
    if cell in audit.levels:
        return Answer(level=cell)
    if cell in audit.too_few:
        return Answer(state="too_few_cases", note=f"published as '{cell}'")
    if cell not in audit.not_entered:
        allowed = [*audit.levels, *audit.too_few, *(word or "(empty)" for word in audit.not_entered)]
        faults.append(Fault(where=where, found=f"'{cell}'{did_you_mean(cell, allowed)}", allowed=", ".join(allowed)))
    return None


def _no_period(file: Path, audit: Audit, period: str, lines: list[Mapping[str, str]]) -> Fault:
    known = sorted({cells[audit.columns.period] for cells in lines})
    return Fault(
        where=f"{file} column {audit.columns.period}", found=f"no line for '{period}'{did_you_mean(period, known)}",
        allowed=f"periods here: {', '.join(known)}",
    )  # fmt: skip
