"""Teams in a college's list, line by line: each as it is registered, and what is wrong with the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from accreditation.actions.import_teams import TeamToImport
from accreditation.errors import Fault, Invalid
from accreditation.rules.named import LONGEST_NAME
from accreditation.workbook.tables import Line, shifted

FIELDS = ("team", "organisation", "ods_code", "network", "region", "place")
NEEDED = ("team", "organisation")
ALLOWED = {"ods_code": "3 to 10 capital letters and digits", "service_line": "1 to 60 characters on one line"}


def listed_teams(
    file: Path, lines: Sequence[Line], named: Mapping[str, str], service_line: str
) -> tuple[list[TeamToImport], list[Fault]]:
    """The teams in these lines, and what is wrong with the other lines, by the line's number.

    `named` says for each field the column of the file in which it stands.
    """
    rows: list[TeamToImport] = []
    faults: list[Fault] = []
    for line in lines:
        try:
            rows.append(_team(line, named, service_line))
        except Invalid as refusal:
            faults += [replace(one, where=f"{file}:{line.number} {one.where}") for one in refusal.faults]
    return rows, faults


def _team(line: Line, named: Mapping[str, str], service_line: str) -> TeamToImport:
    cells = line.cells
    wrong = shifted(line, list(named.values()))
    if wrong is not None:
        raise Invalid([wrong])
    values = {name: cells[heading].strip() for name, heading in named.items()}
    try:
        return TeamToImport.model_validate({k: v for k, v in values.items() if v} | {"service_line": service_line})
    except ValidationError as error:
        raise Invalid(faults_of_team(error, named)) from error


def faults_of_team(error: ValidationError, named: Mapping[str, str]) -> list[Fault]:
    """What is wrong with a line, by the file's own columns (field -> column)?"""
    return [_fault(str(one["loc"][0]), one["input"], named) for one in error.errors()]


def _fault(field: str, given: object, named: Mapping[str, str]) -> Fault:
    where = f"column '{named[field]}'" if field in named else f"--{field.replace('_', '-')}"
    found = repr(given) if isinstance(given, str) and given.strip() else "empty"
    if len(found) > 2 + LONGEST_NAME:
        found = f"{len(str(given))} characters"
    return Fault(where=where, found=found, allowed=ALLOWED.get(field, "1 to 200 characters on one line"))
