"""accredit evidence: send files, and prove that every file is there and is the one that was handed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bar

from accreditation.commands.deleting import delete, due
from accreditation.commands.kept_back import look_again, release, uphold
from accreditation.commands.office import OFFICE
from accreditation.commands.own_evidence import explain, offers, replace, withdraw
from accreditation.commands.suggestions import suggestions
from accreditation.commands.unfinished import unfinished
from accreditation.commands.uploading.files import printable
from accreditation.commands.uploading.upload import upload
from accreditation.commands.waiting import waiting
from accreditation.views.verification import (
    FileFault,
    NamedBy,
    Progress,
    Stray,
    Trouble,
    Verified,
    verify_evidence,
)
from accreditation.wiring import house

app = typer.Typer(help="Evidence: the files that teams handed in, each under its digest.", no_args_is_help=True)
app.command()(upload)
app.command()(suggestions)
app.command()(waiting)
app.command()(release)
app.command()(uphold)
app.command("look-again")(look_again)
app.command()(offers)
app.command()(explain)
app.command()(replace)
app.command()(withdraw)
app.command()(due)
app.command()(delete)
app.command()(unfinished)

FAULTY = 1
"""The exit code where a file is missing or altered, or not everything could be looked at."""


@app.command()
def verify(
    json: Annotated[bool, typer.Option("--json", help="Say everything as JSON.")] = False,
    limit: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="How many files that no record names to name; --json names all.")
    ] = 20,
) -> None:
    """Read every file that a record names, and name each that is missing or altered. Nothing is changed.

    Exit code 0 where all are as they were handed in, 1 where one is not or not all could be read. Files that no record
    names are named too; they are no fault.
    """
    here = house()
    with _progress() as progress:
        found = verify_evidence(here.database, here.evidence, principal=OFFICE, progress=progress)
    out = Console(highlight=False, soft_wrap=True)
    if json:
        out.print_json(found.model_dump_json())
    else:
        _say(out, found, limit)
    raise typer.Exit(0 if found.whole else FAULTY)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Draw how far it is, on a terminal alone; what is found goes elsewhere, so that it can be kept in a file."""
    screen = Console(stderr=True)
    columns = (TextColumn("Reading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda read, total: bar.update(task, completed=read, total=total)


def _say(out: Console, found: Verified, limit: int) -> None:
    for fault in found.faults:
        _say_fault(out, fault)
    _say_strays(out, found.strays, limit)
    for name in found.others[:limit]:
        out.print(f"put there by no engine: {printable(name)}", style="yellow", markup=False)
    if len(found.others) > limit:
        out.print(f"... and {len(found.others) - limit} more that no engine put there; --limit names more.")
    if found.stopped:
        out.print(
            f"Stopped after {found.read} of {found.files} files: {found.stopped} Verify again when that is mended.",
            style="red", markup=False,
        )  # fmt: skip
    if found.whole:
        out.print(f"All {found.files} files ({found.size} bytes) are as they were handed in.", style="green")
        if found.deleted:
            out.print(f"{found.deleted} more {'was' if found.deleted == 1 else 'were'} deleted, and not one is there.")
    elif found.faults:
        there = [one for one in found.faults if one.trouble is Trouble.DELETED]
        wrong = len(found.faults) - len(there)
        if there:
            out.print(f"{len(there)} deleted files lie there still.", style="red")
        if wrong:
            out.print(f"{wrong} of {found.files} files are missing, altered or cannot be read.", style="red")
        if wrong == found.files > 0:
            out.print("That is every one: does ACCREDIT_EVIDENCE name the place where they lie?")


def _say_fault(out: Console, fault: FileFault) -> None:
    out.print(f"{fault.trouble.value}: {fault.sha256}", style="red")
    for one in fault.named_by:
        out.print(f"  {_named(one)}", markup=False)
    out.print(f"  {fault.why} {fault.what_to_do}", markup=False)


def _named(one: NamedBy) -> str:
    what = (
        f"version {one.version} of document {one.document} in the library"
        if one.evidence is None
        else f"evidence {one.evidence} of cycle {one.cycle}"
    )
    return f"{what}, {one.team}, {one.organisation}: {one.file_name} ({one.size} bytes)"


def _say_strays(out: Console, strays: tuple[Stray, ...], limit: int) -> None:
    for stray in strays[:limit]:
        out.print(f"in no record: {stray.sha256}", style="yellow")
        out.print(f"  {stray.what_to_do}")
    if len(strays) > limit:
        out.print(f"... and {len(strays) - limit} more that no record names; --limit names more.")
