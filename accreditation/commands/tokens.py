"""accredit token: bearer tokens for the API."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.create_token import create_token
from accreditation.commands.office import OFFICE
from accreditation.rules.people import Role
from accreditation.wiring import house


class Holder(StrEnum):
    """The roles that a token can be made for, as the command offers them."""

    TEAM_MEMBER = Role.TEAM_MEMBER.value
    TEAM_LEAD = Role.TEAM_LEAD.value
    REVIEWER = Role.REVIEWER.value
    OFFICE = Role.OFFICE.value
    COMMITTEE = Role.COMMITTEE.value


app = typer.Typer(help="Bearer tokens for the API.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `create` a command of its own, beside those to come."""


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose token it is, by role: 'office desk 2', 'lead of team 7'.")],
    role: Annotated[Holder, typer.Option(help="In which capacity its holder acts.")],
    team: Annotated[int | None, typer.Option(help="The team's id, for team_lead and team_member.")] = None,
    reviewer: Annotated[int | None, typer.Option(help="The reviewer's id, for reviewer.")] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="For how many days it is valid.")] = 365,
) -> None:
    """Make a token. It is printed once, on standard output alone; only its digest is kept."""
    secret = create_token(
        house().database, principal=OFFICE, name=name, role=Role(role.value), team_id=team, reviewer_id=reviewer,
        valid_for=timedelta(days=days), at=house().now(),
    )  # fmt: skip
    Console(stderr=True, highlight=False).print("Keep it safe: it is not shown again.")
    print(secret)
