"""accredit match: review teams of a round from files, without a database."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.commands.round_files.together import Files, FromFiles, read_round
from accreditation.commands.round_files.told import as_json, say, write_teams
from accreditation.commands.round_files.why import say_why
from accreditation.errors import Fault, Invalid
from accreditation.library import load
from accreditation.rules.matching import Match
from accreditation.rules.matching import match as find
from accreditation.scheme.process import AssignmentRules, Seat
from accreditation.scheme.round_rules import read_round_rules

INCOMPLETE = 2
"""The exit code where some seats stay empty."""


def match(
    reviewers: Annotated[Path, typer.Option(help="The reviewers, a CSV file: reviewer, roles, capacity, employer, …")],
    services: Annotated[Path, typer.Option(help="The services to visit, a CSV file: team, organisation, network, …")],
    scheme: Annotated[Path | None, typer.Option(help="The folder of a scheme: its review team and its rules.")] = None,
    rules: Annotated[
        Path | None, typer.Option(help="Instead of a scheme: a YAML file with its review_team and assignment.")
    ] = None,
    conflicts: Annotated[Path | None, typer.Option(help="Conflicts of interest: reviewer, organisation.")] = None,
    travel: Annotated[Path | None, typer.Option(help="Minutes: a table between places, or from, to, minutes.")] = None,
    locks: Annotated[Path | None, typer.Option(help="Seats that must stand: team, reviewer, role.")] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of visits without days: who worked there too lately then?"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the teams to this CSV file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Say everything as JSON.")] = False,
    explain: Annotated[
        tuple[str, str], typer.Option(help="Say why this reviewer sits, or does not sit, in the team of this visit.")
    ] = ("", ""),
) -> None:
    """Find the review teams of a round, from files alone. Nothing is kept but what --out writes.

    Exit code 0 where every seat is filled, 2 where some stay empty, 1 where a file has a fault: then nothing is
    matched. docs/reference.md has every column.
    """
    seats, how = _composition(scheme, rules)
    files = Files(reviewers=reviewers, services=services, conflicts=conflicts, travel=travel, locks=locks)
    told = read_round(files, seats=seats, rules=how, at=on.date() if on else None)
    _say_notes(told)
    found = find(told.asked)
    if any(explain):
        say_why(Console(highlight=False, soft_wrap=True), told, found, reviewer=explain[0], team=explain[1])
        return
    _say_answer(told, found, as_json_text=json)
    if out is not None:
        write_teams(out, told, found)
    raise typer.Exit(0 if found.complete else INCOMPLETE)


def _say_notes(told: FromFiles) -> None:
    """What was noticed in the files and is no fault, beside the answer and not in it."""
    for note in told.notes:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"note: {note}", style="yellow", markup=False)


def _say_answer(told: FromFiles, found: Match, *, as_json_text: bool) -> None:
    screen = Console(highlight=False, soft_wrap=True)
    if as_json_text:
        screen.print_json(as_json(told, found))
    else:
        say(screen, told, found)


def _composition(scheme: Path | None, rules: Path | None) -> tuple[tuple[Seat, ...], AssignmentRules]:
    """Who makes a team, and by which rules: from the scheme, or from a file of their own."""
    if scheme is not None and rules is None:
        standard = load(scheme).scheme
        return standard.review_team, standard.assignment
    if rules is not None and scheme is None:
        try:
            alone = read_round_rules(file=str(rules), content=rules.read_bytes())
        except OSError as error:
            found = f"cannot be read: {error.strerror}"
            raise Invalid([Fault(where=str(rules), found=found, allowed="name a YAML file")]) from error
        return alone.review_team, alone.assignment
    found = "both are given" if scheme else "neither is given"
    raise Invalid([Fault(where="--scheme and --rules", found=found, allowed="say one: who makes a review team")])
