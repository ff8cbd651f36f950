"""accredit hold: legal holds, under which nothing is deleted."""

from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.hold_evidence import HoldOn, end_hold, set_hold
from accreditation.commands.office import OFFICE
from accreditation.views.retention import HoldShown, all_holds
from accreditation.wiring import house

app = typer.Typer(
    help="Legal holds: of what is held, no evidence is deleted, whatever the reason.", no_args_is_help=True
)

Reason = Annotated[str, typer.Option(help="Why, in a sentence.")]


@app.command("set")
def set_(
    reason: Reason,
    scheme: Annotated[str | None, typer.Option(help="Hold all evidence of this scheme, by its id.")] = None,
    cycle: Annotated[int | None, typer.Option(min=1, max=2**31 - 1, help="Hold all evidence of this cycle.")] = None,
    team: Annotated[
        int | None, typer.Option(min=1, max=2**31 - 1, help="Hold all that this team keeps, attached or not.")
    ] = None,
) -> None:
    """Set a hold on a scheme, a cycle or a team; exactly one of them. It stands until it is ended."""
    on = HoldOn(scheme=scheme, cycle=cycle, team=team)
    number = set_hold(house().database, principal=OFFICE, on=on, reason=reason, at=house().now())
    Console(highlight=False).print(f"Hold {number} stands.")


@app.command()
def end(
    hold: Annotated[int, typer.Argument(metavar="HOLD", min=1, max=2**31 - 1, help="The hold's number.")],
    reason: Reason,
) -> None:
    """End a hold, with a reason. What it kept is kept by nothing but the other rules from then on."""
    end_hold(house().database, principal=OFFICE, hold_id=hold, reason=reason, at=house().now())
    Console(highlight=False).print(f"Hold {hold} is ended.")


@app.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Those that were ended as well.")] = False,
) -> None:
    """List the holds that stand: on what, since when, by whom and why."""
    out, after, told = Console(highlight=False, soft_wrap=True), 0, 0
    while True:
        found = all_holds(house().database, principal=OFFICE, after=after, limit=200)
        for one in found.items:
            if all_ or one.ended_at is None:
                out.print(_line(one), markup=False)
                told += 1
        if found.next_after is None:
            break
        after = found.next_after
    if not told:
        out.print("No legal hold stands.")


def _line(one: HoldShown) -> str:
    ended = "" if one.ended_at is None else f"; ended {one.ended_at:%Y-%m-%d} by {one.ended_by}: {one.ended_because}"
    return f"{one.id}: {one.on}, since {one.at:%Y-%m-%d} by {one.by}: {one.reason}{ended}"
