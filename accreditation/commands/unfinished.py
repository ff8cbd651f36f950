"""accredit evidence unfinished: uploads that teams began and did not finish, and dropping them."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.drop_uploads import UploadOfTeam, UploadsOfTeam, drop_uploads, uploads_of_teams
from accreditation.commands.office import OFFICE, called
from accreditation.errors import NotFound
from accreditation.wiring import house

PAGE = 200


def unfinished(
    drop: Annotated[
        list[str] | None, typer.Option(help="Drop this upload, by the name that is listed; may be repeated.")
    ] = None,
    team: Annotated[int | None, typer.Option(min=1, max=2**31 - 1, help="List those of this team alone.")] = None,
) -> None:
    """List the uploads on this machine that are not finished, by team; or drop some of them.

    What is dropped is gone with the bytes that came; whoever began it sends the file again.
    """
    out = Console(highlight=False, soft_wrap=True)
    if drop:
        _drop(out, drop)
        return
    told = 0
    for one in _all():
        if team in (None, one.team):
            out.print(_heading(one), markup=False)
            for upload in one.uploads:
                out.print(f"  {_line(upload)}", markup=False)
            told += 1
    if told:
        out.print(f"To drop one: {called()} evidence unfinished --drop UPLOAD")
    else:
        out.print("Nothing is unfinished: what was begun on this machine was ended, or its week is over.")


def _drop(out: Console, names: list[str]) -> None:
    here = house()
    dropped = drop_uploads(here.database, here.evidence, principal=OFFICE, uploads=names, at=house().now())
    for name in dropped:
        out.print(f"Dropped: {name}", markup=False)
    gone = [name for name in names if name not in dropped]
    if gone:
        raise NotFound(f"No unfinished upload on this machine is called {', '.join(gone)}: it ended, or it never was.")


def _all() -> Iterator[UploadsOfTeam]:
    here, after = house(), 0
    while True:
        found = uploads_of_teams(
            here.database, here.evidence, principal=OFFICE, after=after, limit=PAGE, at=house().now()
        )  # fmt: skip
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].team


def _heading(one: UploadsOfTeam) -> str:
    announced, arrived = sum(each.size for each in one.uploads), sum(each.arrived for each in one.uploads)
    several = "1 upload" if len(one.uploads) == 1 else f"{len(one.uploads)} uploads"
    return f"team {one.team}, {one.name} ({one.organisation}): {several}, {arrived:,} of {announced:,} bytes are here"


def _line(one: UploadOfTeam) -> str:
    room = "room is kept for the rest" if one.has_room else "no room is kept for the rest"
    return (
        f"{one.upload}: {one.arrived:,} of {one.size:,} bytes, begun {one.begun_at:%Y-%m-%d %H:%M} UTC by {one.by}, "
        f"until {one.expires_at:%Y-%m-%d %H:%M} UTC; {room}"
    )
