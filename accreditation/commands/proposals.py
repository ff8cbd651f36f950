"""accredit round propose, confirm: who is to review whom, drawn for a terminal, and confirmed for the office."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from accreditation.actions.assign import assign
from accreditation.actions.confirm import confirm as act
from accreditation.commands.office import OFFICE, called
from accreditation.errors import NotFound
from accreditation.views.proposals import ProposalShown, round_proposal
from accreditation.views.proposed_seats import SeatShown, TeamProposed
from accreditation.wiring import house

Round = Annotated[
    int, typer.Argument(metavar="ROUND", min=1, max=2**31 - 1, help="The round's id; accredit round list tells it.")
]


def propose(round_: Round) -> None:
    """Let the engine look for review teams of a round now, and show what is proposed: who, why, and what is empty.

    Where a scheme has the engine confirm, teams are seated as they are found; a second run changes nothing.
    """
    database, at = house().database, house().now()
    out = Console(highlight=False, soft_wrap=True)
    for cycle in assign(database, principal=OFFICE, round_id=round_, at=at):
        out.print(f"cycle {cycle}: a review team is found, and its review begins")
    try:
        found = round_proposal(database, principal=OFFICE, round_id=round_)
    except NotFound as nothing:
        out.print(f"{nothing} A team is proposed once its service has submitted, where the office confirms teams.")
        return
    show_proposal(out, found)
    ready = [one.cycle for one in found.teams if not one.confirmed and not one.empty]
    if ready:
        only = "".join(f" --cycle {one}" for one in ready) if any(one.empty for one in found.teams) else ""
        whom = "Confirm the teams without an empty seat" if only else "Confirm"
        out.print(f"\n{whom}: {called()} round confirm {round_} --proposal {found.number}{only}", markup=False)


def confirm(
    round_: Round,
    proposal: Annotated[int, typer.Option(min=1, help="The number of the proposal, as `propose` shows it.")],
    cycle: Annotated[
        list[int] | None, typer.Option(metavar="CYCLE", help="Only this cycle's team; may be given more than once.")
    ] = None,
) -> None:
    """Confirm the proposed review teams of a round: whoever is new in them is asked, and so is the service.

    All are confirmed, or none. Confirming again changes nothing.
    """
    database, at = house().database, house().now()
    changed = act(database, principal=OFFICE, round_id=round_, number=proposal, cycle_ids=cycle or None, at=at)
    out = Console(highlight=False, soft_wrap=True)
    names = ", ".join(map(str, changed)) or "none; all were before"
    out.print(f"Confirmed by this: {names}.")
    show_proposal(out, round_proposal(database, principal=OFFICE, round_id=round_))


def show_proposal(out: Console, found: ProposalShown) -> None:
    """Every team of a proposal, a line a seat."""
    filled = sum(len(team.seats) for team in found.teams)
    missing = sum(one.missing for team in found.teams for one in team.empty)
    proven = "" if found.proven else ", not proven best"
    out.print(f"[bold]Proposal {found.number}[/bold]: {filled} of {filled + missing} places filled{proven}")
    for team in found.teams:
        _team(out, team)
    for title, lines in (("What blocks the round", found.blocks), ("What would unblock it", found.ways_out)):
        if lines:
            out.print(f"\n[bold]{title}[/bold]")
        for line in lines:
            out.print(f"  {line}", markup=False)


def _team(out: Console, team: TeamProposed) -> None:
    state = "confirmed" if team.confirmed else "to be filled" if team.empty else "to be confirmed"
    out.print(
        f"\n[bold]{escape(team.team.name)}[/bold], {escape(team.organisation.name)} (cycle {team.cycle}): {state}"
    )
    for seat in team.seats:
        out.print(f"  {escape(seat.title)}: {escape(seat.name)} ({seat.how}; {escape(seat.why)}){_said(seat)}")
        if seat.set_aside:
            out.print(f"    {seat.set_aside}", markup=False)
    for empty in team.empty:
        out.print(f"  [yellow]{escape(empty.title)}: {empty.missing} missing; {escape(empty.why)}[/yellow]")
    for gone in team.over:
        out.print(f"  [dim]{escape(gone.name)} is asked no more: {gone.how.value.replace('_', ' ')}[/dim]")
    if team.lacking:
        out.print(f"  {escape('; '.join(team.lacking))}", style="dim")


def _said(seat: SeatShown) -> str:
    """What both sides answered so far; their reasons are not printed."""
    told = [
        f"{side}: {answer.said.value.replace('_', ' ')}"
        for side, answer in (("service", seat.service_answer), ("reviewer", seat.reviewer_answer))
        if answer is not None
    ]
    if seat.stands == seat.how and not told:
        return ""
    return f" [{seat.stands}{'; ' if told else ''}{', '.join(told)}]".replace("[", "\\[")
