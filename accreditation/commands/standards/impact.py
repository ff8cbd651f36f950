"""accredit standards impact: what a draft would do to every team before it is published."""

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from accreditation.commands.office import OFFICE
from accreditation.commands.standards.folder import Folder, loaded_or_exit, out
from accreditation.records import editions
from accreditation.scheme.model import Scheme
from accreditation.views.impact import Concerned, ImpactShown
from accreditation.views.impact import impact as looked
from accreditation.wiring import house

Limit = Annotated[int, typer.Option(min=1, max=100_000, help="How many teams and criteria to name; all are counted.")]


def impact(folder: Folder, limit: Limit = 20) -> None:
    """Say what a draft would change, and for whom, before it is published. Nothing is changed by looking.

    Every running cycle with answers and every award that is still valid is scored twice: by the edition it runs on
    and by the draft. Settled ratings are taken where there are, else the team's own answers. What the draft adds, or
    asks so differently that the answer no longer fits, counts as not answered.
    """
    draft = loaded_or_exit(folder).scheme
    house_now = house()
    found = looked(house_now.database, principal=OFFICE, draft=draft, limit=limit, at=house_now.now())
    with house_now.database.reading() as session:
        taken = any(one.label == draft.edition for one in editions.all_of(session, draft.id))
        if taken and editions.same_as(session, draft) is None:
            words = f"An edition {draft.edition} is published already, but its content differs from this draft's."
            out.print(f"{words} Give the draft a new edition: before publishing.", style="yellow", markup=False)
    tell(found, draft)


def tell(found: ImpactShown, draft: Scheme) -> None:
    """Say what was found: the table first, then who, then why."""
    out.print(f"{draft.title}, draft of edition {draft.edition}: what it would do", style="bold", markup=False)
    if not found.cycles:
        out.print(f"  No cycle of the scheme '{draft.id}' has an answer or a valid award here: nothing would change.")
        return
    waiting = f"; {found.without_answers} more have no answer yet" if found.without_answers else ""
    out.print(f"  {_many(found.cycles, 'cycle')} scored again{waiting}")
    for question in found.new_facts:
        out.print(f"  The draft also asks: {question} Nobody has stated that yet; it counts as no.", markup=False)
    out.print()
    out.print(_table(found, draft))
    _teams(f"{_many(found.lower, 'team')} would lose{_certain(found.lower, found.lower_for_certain)}", found.lose,
           found.lower)  # fmt: skip
    _teams(f"{_many(found.higher, 'team')} would gain{_certain(found.higher, found.higher_for_certain)}", found.gain,
           found.higher)  # fmt: skip
    _untold(found)
    _costs(found)
    same = found.cycles - found.lower - found.higher
    out.print(
        f"\n{found.lower} lower, {found.higher} higher, {same} as they are or not told. Nothing was written.",
        style="bold",
    )


def _table(found: ImpactShown, draft: Scheme) -> Table:
    """Outcomes before as rows, outcomes after as columns; what stays the same stands in brackets."""
    order = [one.outcome for one in draft.award]
    counts = {(move.before, move.after): move.cycles for move in found.moves}
    befores = sorted({before for before, _ in counts}, key=lambda name: order.index(name) if name in order else -1)
    table = Table(box=None, pad_edge=False, title_justify="left")
    table.add_column("now")
    for name in order:
        table.add_column(Text(f"→ {draft.outcome(name).title}"), justify="right")
    for before in befores:
        cells = [_cell(counts.get((before, after), 0), same=before == after) for after in order]
        title = draft.outcome(before).title if before in order else f"{before} (not in the draft)"
        table.add_row(Text(title), *map(Text, cells))
    return table


def _cell(number: int, *, same: bool) -> str:
    if not number:
        return "·"
    return f"({number})" if same else str(number)


def _certain(number: int, certain: int) -> str:
    return "" if certain == number else f", {certain} of them whatever they answer to what the draft asks anew"


def _teams(heading: str, teams: Iterable[Concerned], number: int) -> None:
    if not number:
        return
    named = list(teams)
    out.print(f"\n{heading}", style="bold")
    for one in named:
        doubt = f"; not told yet, {one.at_best} at best" if one.untold and one.at_best != one.after else ""
        out.print(
            f"  {one.organisation}, {one.team} (cycle {one.cycle}): {one.before} → {one.after}{_decides(one)}{doubt}",
            markup=False,
        )
    if number > len(named):
        out.print(f"  and {number - len(named)} more; --limit {number} names them all")


SHOWN = 8
"""Of a long list of criteria so many are named."""


def _decides(one: Concerned) -> str:
    if not one.decides:
        return "; the rules differ, no criterion alone decides"
    more = f" and {len(one.decides) - SHOWN} more" if len(one.decides) > SHOWN else ""
    return f"; decided by {', '.join(one.decides[:SHOWN])}{more}"


def _untold(found: ImpactShown) -> None:
    if not found.untold:
        return
    number = sum(one.cycles for one in found.untold)
    out.print(f"\nOf {_many(number, 'cycle')} it cannot be told yet", style="bold")
    for one in found.untold:
        asked = f" ({', '.join(one.criteria[:SHOWN])})" if one.criteria else ""
        out.print(f"  {one.cycles}: {one.because}{asked}", markup=False)


def _costs(found: ImpactShown) -> None:
    if found.costs:
        out.print("\nThe criteria that cost most", style="bold")
    for one in found.costs:
        out.print(f"  {one.criterion} {one.title}: {_many(one.cycles, 'team')}", markup=False)


def _many(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else f'{one}s'}"
