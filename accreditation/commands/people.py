"""accredit person and accredit letters: who can sign in, as what, and what they are written."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.authenticator import forget_app as forget
from accreditation.actions.grant_role import end_grant
from accreditation.actions.invite_person import invite_person
from accreditation.commands.office import OFFICE, called
from accreditation.rules.grants import BOUNDS, Grant
from accreditation.rules.people import Role
from accreditation.views.people import everybody, person, waiting_letters
from accreditation.wiring import house

PAGE = 200

Given = StrEnum("Given", {role.name: role.value for role in BOUNDS})  # type: ignore[misc]  # mypy knows literal names only

app = typer.Typer(help="People who sign in: invite them, list them, take a role back.", no_args_is_help=True)


@app.command()
def invite(
    email: Annotated[str, typer.Argument(help="Where the letter goes; it is the account's name too.")],
    name: Annotated[str, typer.Option(help="What the person is called.")],
    role: Annotated[Given, typer.Option(help="What the person is here.")],
    team: Annotated[int | None, typer.Option(help="The team's id, for team_lead and team_member.")] = None,
    organisation: Annotated[int | None, typer.Option(help="Instead of a team: all teams of this organisation.")] = None,
    reviewer: Annotated[int | None, typer.Option(help="The reviewer's id, for reviewer.")] = None,
    scheme: Annotated[str | None, typer.Option(help="For office and committee: this scheme only.")] = None,
    round_: Annotated[int | None, typer.Option("--round", help="For office and committee: this round only.")] = None,
) -> None:
    """Let somebody in, or give somebody who is known another role. Whoever is new gets a letter with a link."""
    grant = Grant(
        role=Role(role.value), team=team, organisation=organisation, reviewer=reviewer, scheme=scheme, round=round_
    )  # fmt: skip
    invited = invite_person(
        house().database, key=house().key(), principal=OFFICE, name=name, email=email, grants=[grant], at=house().now()
    )
    out = Console(highlight=False, soft_wrap=True)
    known = person(house().database, principal=OFFICE, person_id=invited.person)
    out.print(f"Person {known.id}, {known.name}: {'; '.join(one.words for one in known.grants)}", markup=False)
    if invited.letter is not None and house().post is None:
        out.print(f"No mail server is set (ACCREDIT_SMTP): {called()} letters shows the letter with its link.")
    elif invited.letter is not None:
        out.print("The letter with the link goes out as soon as the engine runs.")


@app.command("list")
def listed() -> None:
    """List everybody who can be let in, with the roles they hold and the number of each."""
    out, after = Console(highlight=False, soft_wrap=True), 0
    while found := everybody(house().database, principal=OFFICE, after=after, limit=PAGE):
        for one in found:
            held = "; ".join(f"{grant.words} (grant {grant.id})" for grant in one.grants) or "no role now"
            waits = "" if one.can_sign_in else " [has not chosen a password yet]"
            out.print(f"person {one.id}, {one.name}, {one.email}: {held}{waits}", markup=False)
        after = found[-1].id
    if not after:
        out.print(f"Nobody can sign in yet: {called()} person invite EMAIL --name NAME --role office")


@app.command()
def end(
    grant: Annotated[int, typer.Argument(help="The grant's number, as `accredit person list` shows it.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
) -> None:
    """Take a role back, even the last office's. It counts from the next page on that its holder opens."""
    end_grant(house().database, principal=OFFICE, grant_id=grant, reason=reason, at=house().now(), even_last=True)
    Console(highlight=False).print(f"Grant {grant} is ended.")


@app.command()
def forget_app(
    person_id: Annotated[int, typer.Argument(metavar="PERSON", help="Their number, as `accredit person list` shows.")],
    reason: Annotated[str, typer.Option(help="Why, and how you know that it is they who ask, in a sentence.")],
) -> None:
    """Take a lost authenticator app off somebody's account: they sign in by password until they set up another."""
    forgot = forget(house().database, principal=OFFICE, person_id=person_id, reason=reason, at=house().now())
    said = "is taken off, and every browser is signed out" if forgot else "there is none"
    Console(highlight=False).print(f"Authenticator app of person {person_id}: {said}.")


def letters() -> None:
    """Show the letters that no mail server took, with links that work: hand each to its reader alone."""
    waiting = waiting_letters(
        house().database, key=house().key(), site=house().site, principal=OFFICE, at=house().now()
    )
    out = Console(highlight=False, soft_wrap=True)
    for one in waiting:
        out.print(f"To: {one.to}\nSubject: {one.subject}\n\n{one.text}", markup=False)
    if not waiting:
        out.print("No letter waits.")
