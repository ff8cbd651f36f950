"""accredit ledger: prove that nothing in the past was altered."""

from typing import Annotated

import typer
from rich.console import Console

from accreditation.errors import Fault, Invalid
from accreditation.ledger.entries import verify as verify_chain
from accreditation.wiring import house

app = typer.Typer(help="The ledger: every decision and what led to it, chained.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `verify` a command of its own, beside those to come."""


@app.command()
def verify(
    head: Annotated[
        str, typer.Option(help="A head printed earlier (number:digest): shows whether the end was cut off since.")
    ] = "",
) -> None:
    """Recompute the whole chain. Names the first entry that was altered, removed or put in; then exits with 1."""
    with house().database.reading() as session:
        verified = verify_chain(session, expected_head=_head(head))
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"The ledger is whole: {verified.entries} entries, each follows from the one before.", style="green")
    out.print(f"Head: {verified.entries}:{verified.head}")
    out.print("Keep the head elsewhere: `accredit ledger verify --head ...` then shows whether the end was cut off.")


def _head(text: str) -> tuple[int, str] | None:
    if not text:
        return None
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise Invalid(
            [Fault(where="--head", found=f"'{text}'", allowed="number:digest, as `accredit ledger verify` prints it")]
        )
    return int(number), digest
