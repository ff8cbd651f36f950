"""accredit import: teams and reviewers from a college's lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.import_reviewers import import_reviewers
from accreditation.actions.import_teams import import_teams
from accreditation.actions.listed_teams import FIELDS, NEEDED, listed_teams
from accreditation.actions.take_lists import listed_reviewer, published_roles
from accreditation.commands.counting import many
from accreditation.commands.office import OFFICE
from accreditation.errors import Fault, Invalid
from accreditation.wiring import house
from accreditation.workbook.lines import Faults
from accreditation.workbook.reviewers import read_reviewers
from accreditation.workbook.tables import read_table

app = typer.Typer(help="Bring in what a college keeps in files.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep each kind of list a command of its own."""


@app.command()
def teams(
    file: Annotated[Path, typer.Argument(help="A CSV file, a line a team, with a heading.")],
    service_line: Annotated[str, typer.Option(help="The service line of these teams, as in stroke.")],
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN",
            help="Where the file names a column differently: --column 'team=Stroke Team'. Fields: " + ", ".join(FIELDS),
        ),
    ] = None,
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="Import the other lines where some have faults.")
    ] = False,
) -> None:
    """Register clinical teams; with a fault anywhere, nothing is imported.

    Teams already known are left as they are. What a line says of its organisation's network, region or place stands
    from now on, and whoever may not review there any more leaves.
    """
    named = _columns(column or [])
    hint = ". Where the file names it differently, say --column 'FIELD=COLUMN'"
    lines = read_table(file, columns=list(named.values()), hint=hint)
    named |= {name: name for name in FIELDS if lines and name not in named and name in lines[0].cells}
    rows, faults = listed_teams(file, lines, named, service_line)
    if faults and not skip_faulty:
        raise Invalid([*faults, _nothing_imported(file, faults, "mend them, or say --skip-faulty")])
    done = import_teams(house().database, principal=OFFICE, rows=rows, at=house().now())
    out = Console(highlight=False, soft_wrap=True)
    for left_out in faults:
        out.print(f"left out: {left_out}", style="yellow", markup=False)
    out.print(
        f"{many(len(rows), 'team', 'teams')} read: {done.new_teams} new, {len(rows) - done.new_teams} known already; "
        f"{many(done.new_organisations, 'new organisation', 'new organisations')}{_moved(done.moved_organisations)}."
    )
    for one in done.known_as:
        out.print(f"{one.said} is called {one.now} here.", markup=False)
    for cycle in done.left:
        out.print(f"Somebody left the review team of cycle {cycle}: a conflict by the new facts.", markup=False)
    for cycle in done.stands:
        out.print(
            f"In cycle {cycle} somebody has a conflict by the new facts and had handed in: look at it.", markup=False
        )


def _nothing_imported(file: Path, faults: Sequence[Fault], allowed: str) -> Fault:
    found = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}; nothing was imported"
    return Fault(where=str(file), found=found, allowed=allowed)


def _moved(organisations: int) -> str:
    return f", {organisations} in another network, region or place than before" if organisations else ""


@app.command()
def reviewers(
    file: Annotated[Path, typer.Argument(help="A CSV file, a line a reviewer, with a heading.")],
    new_employers: Annotated[
        bool, typer.Option("--new-employers", help="Register employers that run no team here as organisations.")
    ] = False,
) -> None:
    """Register reviewers, and change those whose name is known; with a fault anywhere, nothing is imported.

    A line says everything that is to stand of a reviewer. Columns: reviewer, roles, capacity; where known also
    employer, specialties, visits_done, worked_at, unavailable, region, place, prefers, rather_not.
    """
    faults = Faults()
    roles = published_roles(house().database)
    rows = [listed_reviewer(line) for line in read_reviewers(file, faults=faults, known_roles=roles)]
    if wrong := faults.told:
        raise Invalid([*wrong, _nothing_imported(file, wrong, "mend them")])
    done = import_reviewers(
        house().database, principal=OFFICE, rows=rows, register_employers=new_employers, at=house().now()
    )
    out = Console(highlight=False, soft_wrap=True)
    same = len(rows) - done.new - done.changed
    out.print(f"{len(rows)} reviewers read: {done.new} new, {done.changed} changed, {same} as they were.")
    if done.left:
        out.print(f"Seats given up, as their holders now work there: cycles {', '.join(map(str, done.left))}.")
    if done.stands:
        cycles = ", ".join(map(str, done.stands))
        out.print(f"Handed in before their holders came to work there, so these reviews stand: cycles {cycles}.")


def _columns(given: list[str]) -> dict[str, str]:
    """Field -> the file's column. A field that is not needed is read only where it is named or its column is there."""
    named = {name: name for name in NEEDED}
    faults = []
    for one in given:
        name, equals, heading = one.partition("=")
        if name not in FIELDS or not equals or not heading:
            faults.append(
                Fault(where="--column", found=f"'{one}'", allowed=f"FIELD=COLUMN with one of {', '.join(FIELDS)}")
            )
        named[name] = heading
    if faults:
        raise Invalid(faults)
    return named
