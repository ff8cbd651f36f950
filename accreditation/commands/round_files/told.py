"""A match told to a person, to a program, or to a file: teams with why, what is empty with why, and figures."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from accreditation.commands.round_files.together import FromFiles
from accreditation.rules.matching import Assigned, Figures, Match, Unfilled
from accreditation.rules.matching.arrays import FULL_FIT

Seen = TypeVar("Seen", Assigned, Unfilled)

HEADINGS = ("team", "organisation", "role", "reviewer", "fit", "minutes", "why")
"""The columns of the file of teams. A seat that stays empty has a line without a reviewer, with why."""


def say(screen: Console, told: FromFiles, found: Match) -> None:
    """The whole answer, on a screen."""
    members, empty = _by_visit(found.kept + found.assigned), _by_visit(found.unfilled)
    for cycle in sorted(told.visits, key=told.service):
        screen.print(told.service(cycle), style="bold", markup=False)
        for one in members[cycle]:
            screen.print(f"  {_plain(one.role)}: {told.reviewers[one.reviewer].name}; {one.why}", markup=False)
        for lack in empty[cycle]:
            number = "" if lack.missing == 1 else f"{lack.missing} x "
            screen.print(f"  EMPTY {number}{_plain(lack.role)}: {lack.why}", style="red", markup=False)
    screen.print()
    for title, lines in (("What blocks the round", found.blocks), ("What would unblock it", found.ways_out)):
        if lines:
            screen.print(title, style="bold")
        for line in lines:
            screen.print(f"  {line}", markup=False)
    if found.ways_out != found.ways_out_named:
        screen.print("  (--json names everybody)")
    for line in figures_told(found.figures, proven=found.proven):
        screen.print(line, markup=False)


TELLS = Fraction(1, 4)
"""A bound on what is missing that is wider than this tells nothing."""


def figures_told(figures: Figures, *, proven: bool) -> Iterator[str]:
    """The figures in words, a line each."""
    yield (
        f"Seats filled: {figures.filled} of {figures.seats}. "
        f"Teams complete: {figures.complete} of {figures.teams}. "
        f"{'Proven: nothing fills more or fits better.' if proven else 'Not proven best; every rule is kept.'}"
    )
    yield from _fit_told(figures)
    if figures.known:
        mean = round(Fraction(figures.travel, figures.known))
        yield (
            f"Travel, one way: {figures.travel} minutes in all, {mean} on average over {figures.known} journeys, "
            f"{figures.farthest} at most."
        )
    yield f"Load: {figures.reviewers} people go, the busiest to {figures.busiest} of the visits."


def _fit_told(figures: Figures) -> Iterator[str]:
    """How well do they fit? Nothing is said where nobody sits, or the scheme asks for no fit."""
    if not figures.filled or figures.worst is None:
        return
    if figures.worst or figures.filled == figures.seats:
        worst = f"{percent(figures.worst, figures)} of a team that fits fully"
        yield f"Fit of the worst-off visit: {worst}; {_worst_bound(figures)}."
    whole = Fraction(figures.total, figures.filled * FULL_FIT)
    yield f"Fit in all: {float(100 * whole):.1f} %, {_gap(figures)}."


def _worst_bound(figures: Figures) -> str:
    """What can be said of other answers; where seats stay empty, the worst-off visit was not looked for."""
    if figures.worst_bound is None:
        return "where seats stay empty it does not come before the total"
    if (figures.worst or 0) >= figures.worst_bound:
        return "as good as any answer's"
    return f"no answer's is above {percent(figures.worst_bound, figures)}"


def _gap(figures: Figures) -> str:
    gap = Fraction(max(figures.total_bound - figures.total, 0), max(figures.total_bound, 1))
    best = "the best there could be" if figures.free else "the best with the same teams complete"
    return f"at most {float(100 * gap):.2f} % below {best}" if gap <= TELLS else f"how far below {best} is not known"


def percent(fit: int, figures: Figures) -> str:
    """How much is a visit's fit of that of a team that fits fully?"""
    size = Fraction(figures.seats, max(figures.teams, 1))
    return f"{float(Fraction(100 * fit, FULL_FIT) / max(size, Fraction(1))):.1f} %"


def as_json(told: FromFiles, found: Match) -> str:
    """The whole answer as JSON: teams, figures, and what a person should look at."""
    members, empty = _by_visit(found.kept + found.assigned), _by_visit(found.unfilled)
    teams = [
        {
            "team": told.visits[cycle].team_name,
            "organisation": told.organisations[told.visits[cycle].organisation],
            "members": [
                {
                    "reviewer": told.reviewers[one.reviewer].name, "role": one.role, "fit": one.fit,
                    "minutes": one.minutes, "why": one.why,
                }
                for one in members[cycle]
            ],
            "empty": [{"role": lack.role, "missing": lack.missing, "why": lack.why} for lack in empty[cycle]],
        }
        for cycle in sorted(told.visits, key=told.service)
    ]  # fmt: skip
    figures = {name: getattr(found.figures, name) for name in Figures.__dataclass_fields__}
    whole = {
        "complete": found.complete, "proven": found.proven, "figures": figures, "teams": teams,
        "blocks": found.blocks, "ways_out": found.ways_out_named, "notes": told.notes,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False)


def write_teams(file: Path, told: FromFiles, found: Match) -> None:
    """Write the teams as a CSV file, a line a seat, in the order of services, roles and reviewers."""
    members, empty = _by_visit(found.kept + found.assigned), _by_visit(found.unfilled)
    with file.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(HEADINGS)
        for cycle in sorted(told.visits, key=told.service):
            visit = told.visits[cycle]
            where = (visit.team_name, told.organisations[visit.organisation])
            for one in members[cycle]:
                minutes = "" if one.minutes is None else one.minutes
                name = told.reviewers[one.reviewer].name
                lines.writerow(_safe([*where, one.role, name, one.fit, minutes, one.why]))
            for lack in empty[cycle]:
                for _ in range(lack.missing):
                    lines.writerow(_safe([*where, lack.role, "", "", "", lack.why]))


def _safe(cells: Sequence[object]) -> list[object]:
    """A cell that a spreadsheet would take for a formula is marked as text."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell for cell in cells]


def _by_visit(rows: Sequence[Seen]) -> defaultdict[int, list[Seen]]:
    """Visit -> its rows, in order of role and of what comes first."""
    found: defaultdict[int, list[Seen]] = defaultdict(list)
    for row in rows:
        found[row.cycle].append(row)
    return found


def _plain(role: str) -> str:
    return role.replace("_", " ")
