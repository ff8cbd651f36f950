"""Names in the files of a round become numbers, in the order of names: so the order of lines means nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from accreditation.commands.round_files.visited import ServiceLine
from accreditation.scheme.explain import did_you_mean
from accreditation.workbook.lines import Row
from accreditation.workbook.reviewers import ReviewerLine

Name = TypeVar("Name", str, tuple[str, str])


class Numbers:
    """The number of each organisation, reviewer and service (team, organisation)."""

    def __init__(self, *, reviewers: Sequence[ReviewerLine], services: Sequence[ServiceLine]) -> None:
        employers = {line.employer for line in reviewers if line.employer}
        former = {name for line in reviewers for name, _ in line.worked_at}
        self.visited = {line.organisation for line in services}
        self.organisations = _numbered(self.visited | employers | former)
        self.reviewers = _numbered({line.name for line in reviewers})
        self.services = _numbered({(line.team, line.organisation) for line in services})

    def visit(self, row: Row, *, team: str, organisation: str) -> int | None:
        """The number of the service that is named; None, and a fault, where it is none or could be several."""
        found = [key for key in self.services if key[0] == team and organisation in ("", key[1])]
        if len(found) == 1:
            return self.services[found[0]]
        if found:
            several = ", ".join(sorted(whose for _, whose in found))
            row.wrong("team", found=f"'{team}' is a team of {several}", allowed="say which in a column 'organisation'")
        elif team:
            of = f" of '{organisation}'" if organisation else ""
            near = did_you_mean(team, [name for name, _ in self.services])
            row.wrong("team", found=f"no service '{team}'{of} is listed{near}", allowed="a team of the services' file")
        return None

    def reviewer(self, row: Row, name: str) -> int | None:
        """The number of this reviewer; None, and a fault, where nobody of this name is listed."""
        number = self.reviewers.get(name)
        if number is None and name:
            found = f"no reviewer '{name}' is listed{did_you_mean(name, self.reviewers)}"
            row.wrong("reviewer", found=found, allowed="a reviewer of the reviewers' file")
        return number

    def organisation(self, row: Row, column: str, name: str) -> int | None:
        """The number of this organisation; None, and a fault, where no service and no reviewer belongs to it."""
        number = self.organisations.get(name)
        if number is None and name:
            found = f"no service or reviewer of '{name}' is listed{did_you_mean(name, self.organisations)}"
            row.wrong(column, found=found, allowed="an organisation of the services' or the reviewers' file")
        return number


def _numbered(names: Iterable[Name]) -> Mapping[Name, int]:
    return {name: number for number, name in enumerate(sorted(names), start=1)}
