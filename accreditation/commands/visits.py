"""accredit cycle date-visit and take-off: when a visit is, and who makes it no more."""

from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.date_visit import date_visit as act
from accreditation.actions.take_off import take_off as act_take_off
from accreditation.commands.meaning import reviewer_meant, visit_days_meant
from accreditation.commands.office import OFFICE, called
from accreditation.wiring import house

CycleId = Annotated[int, typer.Argument(metavar="CYCLE", min=1, max=2**31 - 1, help="The cycle's id.")]


def date_visit(
    cycle: CycleId,
    first: Annotated[str, typer.Argument(metavar="FIRST", help="The visit's first day, as in 2027-03-08.")],
    last: Annotated[str, typer.Argument(metavar="LAST", help="Its last day; without one the visit takes a day.")] = "",
) -> None:
    """Say on which days a cycle's visit is, in place of what was said before, and who cannot come then.

    Whoever sits in the review team and is away, or at another visit, stays in it until you decide; whoever is only
    asked is asked no more.
    """
    begins, ends = visit_days_meant(first, last)
    found = act(house().database, principal=OFFICE, cycle_id=cycle, first=begins, last=ends, at=house().now())
    out = Console(highlight=False, soft_wrap=True)
    days = f"on {begins:%-d %B %Y}" if begins == ends else f"from {begins:%-d %B %Y} to {ends:%-d %B %Y}"
    out.print(f"The visit of cycle {cycle} is {days}{'' if found.new else ', as it was'}.")
    cannot = [(one, "is away then") for one in found.away] + [(one, one.why) for one in found.elsewhere]
    for one, why in cannot:
        role = one.role.replace("_", " ")
        out.print(f"  {one.name} ({role}) {why} and stays in the team until you decide.", markup=False)
        out.print(f"    to free the seat: {called()} cycle take-off {cycle} {one.reviewer} --reason WHY", markup=False)
    if found.asked_no_more:
        out.print(f"  Away or elsewhere then, and asked no more: reviewers {', '.join(map(str, found.asked_no_more))}.")


def take_off(
    cycle: CycleId,
    reviewer: Annotated[str, typer.Argument(metavar="REVIEWER", help="The reviewer, by name (in quotes) or number.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why, in a sentence; the college alone reads it.")],
) -> None:
    """Take a reviewer off a visit, whether they sit in its review team or are only asked to.

    What they rated stays in the records and does not count; the engine looks for another.
    """
    who = reviewer_meant(house(), reviewer)
    is_new = act_take_off(
        house().database, principal=OFFICE, cycle_id=cycle, reviewer_id=who.id, reason=reason, at=house().now()
    )
    visit = f"the visit of cycle {cycle}"
    words = f"is taken off {visit}" if is_new else f"was taken off {visit} before; nothing was changed"
    Console(highlight=False, soft_wrap=True).print(f"{who.name} {words}.", markup=False)
