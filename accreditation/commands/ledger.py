"""accredit ledger: prove that nothing in the past was altered."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.archive.extract import EXPORT
from accreditation.archive.verify import Checked, chain_of, verify_archive
from accreditation.commands.archives import read_head
from accreditation.database import Session
from accreditation.errors import Contradiction
from accreditation.ledger.chain import LedgerEntryValue
from accreditation.ledger.entries import digests, entries
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
    archive: Annotated[
        Path | None, typer.Option(metavar="ARCHIVE", help="An exported cycle: was it exported here, from this ledger?")
    ] = None,
) -> None:
    """Recompute the whole chain. Names the first entry that was altered, removed or put in; then exits with 1.

    With an archive, also: is its ledger extract this ledger's, and who exported just this archive, when? Exits with 1
    where it is not, or nobody did.
    """
    with house().database.reading() as session:
        verified = verify_chain(session, expected_head=read_head(head))
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"The ledger is whole: {verified.entries} entries, each follows from the one before.", style="green")
    out.print(f"Head: {verified.entries}:{verified.head}")
    out.print("Keep the head elsewhere: `accredit ledger verify --head ...` then shows whether the end was cut off.")
    if archive is not None:
        _confirm(out, archive)


def _confirm(out: Console, archive: Path) -> None:
    """Say who exported this archive and when. Raises Contradiction where it is not what was exported here."""
    found = verify_archive(archive)
    if found.faults:
        raise Contradiction(f"{archive} is not as it was exported: `accredit verify {archive}` says what is wrong.")
    with house().database.reading() as session:
        _same_chain(session, archive, found)
        exports = [one for one in _exports(session, found.manifest.about.cycle) if _is_of(one, found)]
    if not exports:
        raise Contradiction(
            f"Nobody exported an archive with the manifest {found.sha256} from here, though its ledger extract is this "
            "ledger's: its documents or records may be another's."
        )
    out.print(f"The ledger extract of {archive} is this ledger's, digest by digest.", style="green", markup=False)
    for one in exports:
        out.print(f"Exported on {one.at:%-d %B %Y, %H:%M} UTC by {one.actor} (entry {one.sequence}).", markup=False)


def _same_chain(session: Session, archive: Path, found: Checked) -> None:
    last = found.manifest.head.sequence
    ours = digests(session, first=last - found.chain.links + 1, last=last)
    for number, (theirs, own) in enumerate(zip_longest(chain_of(archive), ours)):
        if theirs != own:
            sequence = (theirs or own or (number, ""))[0]
            raise Contradiction(f"Entry {sequence} in {archive} is not the one in this ledger.")


def _exports(session: Session, cycle: int) -> Iterator[LedgerEntryValue]:
    after = 0
    while some := entries(session, subject=f"cycle:{cycle}", after=after, limit=1000):
        yield from (one for one in some if one.action == EXPORT)
        after = some[-1].sequence


def _is_of(entry: LedgerEntryValue, found: Checked) -> bool:
    return entry.detail.get("manifest_sha256") == found.sha256
