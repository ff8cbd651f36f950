"""accredit serve and accredit migrate."""

import signal
from typing import Annotated

import typer
from rich.console import Console

from accreditation.commands.demonstration.folder import HOME, MARK
from accreditation.commands.office import OFFICE, called
from accreditation.errors import Contradiction, Invalid, Unavailable
from accreditation.rules.demonstration import check_place
from accreditation.views.demonstration import parts
from accreditation.views.schemes import schemes
from accreditation.wiring import House, house


def serve(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The API's port; 0 takes any free one.")] = None,
    prefect_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The port of Prefect's page; 0 takes any free one.")
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Let whoever is at this machine choose who they are. For records of nobody.")
    ] = False,
    unless_real: Annotated[
        bool, typer.Option("--unless-real", help="With --demo: serve as always where the records are somebody's.")
    ] = False,
) -> None:
    """Serve the API with Prefect and the dispatcher beside it, in one process. Ctrl-C stops all of it."""
    out = Console(highlight=False, soft_wrap=True)
    out.print("Starting. The site's address stands here once it answers ...")
    demo = demo and is_demonstration(house(), unless_real=unless_real)
    away = house().evidence.check()
    from accreditation.commands.engine import Engine, quiet_logs  # noqa: PLC0415  (Prefect costs seconds)

    quiet_logs()
    engine = Engine(house(), port=port, prefect_port=prefect_port, demo=demo)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: engine.ended.set())
    hints = [one for one in (away, hint_for(house())) if one]
    with engine:
        out.print(f"Site     {engine.url}   (it answers now; people sign in at {engine.url}/sign-in)")
        out.print(f"API      {engine.url}/api")
        if demo:
            out.print(f"Demo     {engine.url}/demonstration   (choose who you are; on this machine only)")
        out.print(f"Prefect  {engine.prefect_url}")
        out.print(f"Data     {house().settings.data.absolute()}")
        out.print(f"Tokens   {called()} token create NAME --role office   (in another terminal)")
        for hint in hints:
            out.print(hint)
        out.print("Ctrl-C stops all of it.")
        # Looked at each second: a signal that comes just as a wait without an end begins is seen at the next one only.
        while not engine.ended.wait(1):
            pass
        out.print("Stopping ...")
    if engine.failure:
        raise Unavailable(engine.failure)
    out.print("Stopped.")


def is_demonstration(house: House, *, unless_real: bool) -> bool:
    """May whoever is at this machine choose who they are?

    With `unless_real` no is an answer; without it, it is refused: Invalid where other machines could reach the site,
    Contradiction where somebody is in the records who may be real.
    """
    try:
        check_place(host=house.settings.host, site=house.settings.site_url)
        parts(house.database)
    except (Contradiction, Invalid):
        if unless_real:
            return False
        raise
    return True


def hint_for(house: House) -> str:
    """What to do first where no edition is published yet, as no round can be opened without one; else nothing."""
    if schemes(house.database, principal=OFFICE).schemes:
        return ""
    hint = f"No scheme is published yet: {called()} standards publish standards/stroke"
    if (HOME / MARK).exists():
        hint += f"\nThe demonstration is in another folder: ACCREDIT_DATA={HOME} {called()} serve --demo"
    return hint


def migrate() -> None:
    """Bring the records up to date. Every other command does this by itself; this one does nothing else."""
    database = house().database
    Console(highlight=False, soft_wrap=True).print(f"The records ({database.dialect}) are up to date.")
