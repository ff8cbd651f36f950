"""accredit panel: who looks again at a cycle from outside, at an appeal or at how the visit was made."""

from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.name_panel import name_panel
from accreditation.commands.meaning import reviewers_meant
from accreditation.commands.office import OFFICE
from accreditation.errors import Fault, Invalid
from accreditation.rules.panels import PanelKind
from accreditation.views.panels import PanelShown, panel_of
from accreditation.wiring import house

app = typer.Typer(help="Panels: who looks again at a decision or a visit, from outside.", no_args_is_help=True)

CycleId = Annotated[int, typer.Argument(metavar="CYCLE", min=1, max=2**31 - 1, help="The cycle's id.")]
Kind = Annotated[
    PanelKind,
    typer.Argument(
        metavar="KIND",
        help="appeal or quality_assurance: appeal looks at a decision, quality_assurance at how the visit was made.",
    ),
]
Members = Annotated[
    list[str], typer.Argument(metavar="REVIEWER", help="Reviewers of the pool, each by name (in quotes) or number.")
]


@app.command()
def show(cycle: CycleId, kind: Kind) -> None:
    """Show who sits in a panel about a cycle, and what has come to stand against them since."""
    _show(panel_of(house().database, principal=OFFICE, cycle_id=cycle, kind=kind, at=house().now()))


@app.command()
def name(cycle: CycleId, kind: Kind, members: Members) -> None:
    """Name the members of a panel, in place of whoever was. The same members again change nothing.

    Nobody who sits or sat in the review team, is asked to, sits in the other panel or has a conflict of interest with
    the service may be in it: everything that stands against anybody is told, and nobody is named.
    """
    meant = [one.id for one in reviewers_meant(house(), members, where="REVIEWER")]
    _keep(cycle, kind, meant)


@app.command("take-off")
def take_off(cycle: CycleId, kind: Kind, members: Members) -> None:
    """Take members off a panel; the others stay. With its last member the panel is dissolved."""
    meant = reviewers_meant(house(), members, where="REVIEWER")
    shown = panel_of(house().database, principal=OFFICE, cycle_id=cycle, kind=kind, at=house().now())
    sitting = {one.reviewer: one.name for one in shown.members}
    faults = [
        Fault(
            where=f"reviewer {one.id}", found=f"{one.name} does not sit in {kind.words} about cycle {cycle}",
            allowed=f"one of {', '.join(sitting.values())}" if sitting else "nobody: the panel has no members",
        )
        for one in meant
        if one.id not in sitting
    ]  # fmt: skip
    if faults:
        raise Invalid(faults)
    _keep(cycle, kind, [number for number in sitting if number not in {one.id for one in meant}])


def _keep(cycle: int, kind: PanelKind, members: list[int]) -> None:
    database, at = house().database, house().now()
    is_new = name_panel(database, principal=OFFICE, cycle_id=cycle, kind=kind, members=members, at=at)
    if not is_new:
        _say("It was so before; nothing was changed.")
    _show(panel_of(database, principal=OFFICE, cycle_id=cycle, kind=kind, at=at))


def _show(found: PanelShown) -> None:
    words = found.kind.words
    if not found.members:
        _say(f"Nobody sits in {words} about cycle {found.cycle}.")
        return
    _say(f"{words[:1].upper()}{words[1:]} about cycle {found.cycle}:")
    for one in found.members:
        _say(f"  {one.name} (reviewer {one.reviewer}), since {one.since:%-d %B %Y}")
        for why in one.against:
            _say(f"    Mind: {one.name} {why}.", style="yellow")


def _say(words: str, style: str | None = None) -> None:
    Console(highlight=False, soft_wrap=True).print(words, markup=False, style=style)
