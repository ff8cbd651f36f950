"""accredit burden: what a scheme costs its teams, drawn for a terminal."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from accreditation.commands.office import OFFICE
from accreditation.views.burden import BurdenOfScheme, Spread, burden_of
from accreditation.views.schemes import which_edition
from accreditation.wiring import house


def burden(
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="The scheme's id, as in stroke.")],
    edition: Annotated[str | None, typer.Option(help="Only cycles on this edition: its label, or its digest.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many criteria to name, what costs most first.")] = 20,
) -> None:
    """Show what a scheme costs its teams: items, reuse, files, minutes, and the criteria that cost most.

    Only cycles that are handed in count, no team is named, and of few cycles nothing is told.
    """
    database = house().database
    digest = None
    if edition is not None:
        digest = which_edition(database, principal=OFFICE, named=edition, scheme=scheme, where="--edition")
    found = burden_of(database, principal=OFFICE, scheme=scheme, edition=digest)
    out = Console(highlight=False, soft_wrap=True)
    if found.items_asked is None:
        out.print(f"{scheme}: {found.words}", markup=False)
        return
    out.print(f"{scheme}: {found.cycles} cycles that are handed in. {found.words}", markup=False)
    out.print(_figures(found))
    out.print(_criteria(found, limit))
    if len(found.criteria) > limit:
        out.print(f"... and {len(found.criteria) - limit} more criteria; --limit names more.")


def _figures(found: BurdenOfScheme) -> Table:
    table = _table("\nA cycle costs", ("", "least", "middle", "most"))
    rows: tuple[tuple[str, Spread | None], ...] = (
        ("items asked", found.items_asked),
        ("answered by reuse", found.answered_by_reuse),
        ("files uploaded", found.files_uploaded),
        ("minutes of work that show", found.minutes),
        ("minutes from first to last", found.minutes_first_to_last),
    )
    for words, one in rows:
        if one is not None:
            table.add_row(words, one.least, one.middle, one.most)
    return table


def _criteria(found: BurdenOfScheme, limit: int) -> Table:
    table = _table("\nCriteria that cost most", ("criterion", "minutes a cycle", "saves", "files", "reused", "cycles"))
    for one in found.criteria[:limit]:
        name = escape(f"{one.criterion} {one.title}")
        numbers = (one.saves, one.files_uploaded, one.answered_by_reuse, one.cycles)
        table.add_row(name, one.minutes_each, *(str(number) for number in numbers))
    return table


def _table(title: str, headings: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table
