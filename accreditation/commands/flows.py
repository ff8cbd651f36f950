"""accredit flows: the same flows on many machines."""

import os
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(help="The engine's flows on a Prefect work pool.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `deploy` a command of its own, beside those to come."""


@app.command()
def deploy(
    pool: Annotated[str, typer.Option(help="The work pool; it is made where it is missing.")] = "accreditation",
    api_url: Annotated[str, typer.Option(help="The Prefect server's API, as in http://127.0.0.1:4200/api.")] = "",
) -> None:
    """Register every stage's flow on a work pool. One machine needs none: `accredit serve` runs them itself."""
    if api_url:
        os.environ["PREFECT_API_URL"] = api_url
    from flows.deploy import deploy as register  # noqa: PLC0415  (Prefect costs seconds; only this command pays)
    from flows.stages import ENTRYPOINTS  # noqa: PLC0415

    names = register(pool=pool, entrypoints=ENTRYPOINTS)
    out = Console(highlight=False, soft_wrap=True)
    for name in names:
        out.print(f"deployed {name}")
    out.print(f"Start workers with: prefect worker start --pool {pool}")
    out.print(f"Start the engine with: ACCREDIT_WORK_POOL={pool} accredit serve")
