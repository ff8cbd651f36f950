"""accredit reviewer: who is in the pool, what is known of them, when they are away, and their conflicts of interest."""

from typing import Annotated

import typer

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.commands.changing_reviewers import Employer, Who, change, change_told, employer_meant
from accreditation.commands.meaning import days_meant, organisation_meant, organisation_names, reviewer_meant
from accreditation.commands.office import OFFICE
from accreditation.commands.telling_reviewers import say, say_reviewer, say_row
from accreditation.rules.reviewer_facts import MOST_VISITS, NO_FACTS
from accreditation.views.college import reviewer_pool
from accreditation.wiring import house

app = typer.Typer(help="Reviewers: who is in the pool, when they are away, their conflicts.", no_args_is_help=True)

Roles = Annotated[
    list[str], typer.Option("--role", metavar="ROLE", help="A role of a review team, as in nurse; may be repeated.")
]
Capacity = Annotated[int, typer.Option(min=0, max=MOST_VISITS, metavar="VISITS", help="Visits in a round.")]

app.command()(change)


@app.command("list")
def list_() -> None:
    """Show the reviewers of the pool, a line each, with the number by which they can be named."""
    names = organisation_names(house())
    pool = reviewer_pool(house().database, principal=OFFICE).reviewers
    for one in pool:
        say_row(one, names)
    if not pool:
        say("Nobody is in the pool yet. A list of reviewers is brought in with: accredit import reviewers FILE.csv")


@app.command()
def show(reviewer: Who) -> None:
    """Show what is known of a reviewer: roles, employer, absences, preferences, conflicts of interest."""
    say_reviewer(reviewer_meant(house(), reviewer), organisation_names(house()))


@app.command()
def register(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A designation, as in 'Stroke physician, north'.")],
    role: Roles,
    capacity: Capacity,
    employer: Employer = None,
) -> None:
    """Register one reviewer in the pool. The same again changes nothing; a list of them: accredit import reviewers."""
    number = register_reviewer(
        house().database, principal=OFFICE, name=name, roles=role, organisation_id=employer_meant(employer),
        capacity=capacity, at=house().now(),
    )  # fmt: skip
    say_reviewer(reviewer_meant(house(), str(number)), organisation_names(house()))


@app.command()
def away(
    reviewer: Who,
    days: Annotated[
        list[str] | None,
        typer.Argument(metavar="DAYS", help="When they cannot visit: 2027-01-04..2027-01-15, or one day."),
    ] = None,
    instead: Annotated[
        bool, typer.Option("--instead", help="In place of the days that stand; without days, none is left.")
    ] = False,
) -> None:
    """Record when a reviewer cannot visit, beside what they said themselves; without days, show when that is.

    Whoever sits in a review team and is away on its visit's days stays in it until you decide, and is named.
    """
    who = reviewer_meant(house(), reviewer)
    stated = days_meant(days or [], where="DAYS")
    if not stated and not instead:
        say_reviewer(who, organisation_names(house()))
        return
    before = () if instead else (who.facts or NO_FACTS).unavailable
    stands = sorted({*before, *stated}, key=lambda one: (one.first, one.last))
    change_told(who, {"unavailable": tuple(stands)})


@app.command()
def conflict(
    reviewer: Who,
    organisation: Annotated[
        str, typer.Argument(metavar="ORGANISATION", help="The organisation, by its name (in quotes).")
    ],
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why, in a sentence; the college alone reads it.")],
) -> None:
    """Declare a reviewer's conflict of interest with an organisation: they leave its review teams at once."""
    who = reviewer_meant(house(), reviewer)
    with house().database.reading() as session:
        number = organisation_meant(session, organisation, where="ORGANISATION")
    is_new = declare_conflict(
        house().database, principal=OFFICE, reviewer_id=who.id, organisation_id=number, reason=reason, at=house().now()
    )
    words = "is declared" if is_new else "was declared before; nothing was changed"
    say(f"The conflict between {who.name} and {organisation.strip()} {words}.")
