"""accredit cycle export, and accredit verify: a cycle as one archive, and whether an archive is what was exported."""

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.export_archive import export_archive
from accreditation.archive.absence import ALTERED, MISSING
from accreditation.archive.index import PROVES
from accreditation.archive.manifest import About, Absent
from accreditation.archive.verify import Checked, Found, verify_archive
from accreditation.commands.office import OFFICE
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.views.archive import archive_of
from accreditation.wiring import house

FAULTY, UNUSABLE = 1, 2
"""Exit codes: something is not as it should be; there is nothing that could be looked at."""


FEW = 3
"""So many faults of the container are told one by one."""

UNTOLD = (
    "Whether it is what the college exported is not proved by that: whoever makes up a whole archive makes up its "
    "manifest too. Give the SHA-256 of the manifest that you were told by another way (--digest), or have the holder "
    "of the ledger ask it: accredit ledger verify --archive FILE."
)
"""What is said where nothing is wrong and no digest was given."""

UNREAD = (
    "index.html was not compared with the records: do not rely on it, and read the records. The archive says that {}."
)
"""What is said of a page that is none that this engine makes, where no digest proves it."""


def export(
    cycle: Annotated[int, typer.Argument(metavar="CYCLE", min=1, max=2**31 - 1, help="The cycle's id.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE.zip", help="The file to write.")],
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
) -> None:
    """Export a cycle as one archive: documents, ratings, findings, decision, ledger extract, and an index to read.

    The ledger keeps that it was taken, and the SHA-256 of its manifest. Exit code 0; 1 where a document is left out
    because its bytes are not in the store as they were handed in, which the archive says too.
    """
    if to.exists() and not replace:
        raise Contradiction(f"{to} is there already. Choose another name, or --replace it.")
    if to.is_dir() or not to.parent.is_dir():
        what = "is a folder" if to.is_dir() else "lies in a folder that is not there"
        raise Invalid([Fault(where="--to", found=f"{to} {what}", allowed="a file in a folder that is there")])
    database, store, at = house().database, house().evidence, house().now()
    archive = archive_of(database, store, principal=OFFICE, cycle_id=cycle)
    pieces = export_archive(database, store, principal=OFFICE, cycle_id=cycle, archive=archive, at=at)
    write_whole(to, pieces)
    out = Console(highlight=False, soft_wrap=True)
    documents = "1 document" if archive.documents == 1 else f"{archive.documents} documents"
    out.print(f"{_named(archive.manifest.about)}: {documents}, {archive.size} bytes in {to}.", markup=False)
    out.print(f"SHA-256 of the manifest: {archive.sha256}")
    out.print("Hand it on by another way than the archive: `accredit verify FILE --digest ...` then proves every byte.")
    _left_out(out, archive.manifest.absent)
    lost = any(one.why in (MISSING, ALTERED) for one in archive.manifest.absent)
    raise typer.Exit(FAULTY if lost else 0)


def write_whole(to: Path, pieces: Iterable[bytes]) -> None:
    """Write the whole file, or none: it has its name once every byte is on the disk."""
    descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name[:100]}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(to)
    finally:
        Path(name).unlink(missing_ok=True)


def verify(
    archive: Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive of a cycle, as it was exported.")],
    digest: Annotated[
        str, typer.Option(metavar="SHA256", help="The SHA-256 of its manifest, as you were told it.")
    ] = "",
    head: Annotated[
        str, typer.Option(metavar="NUMBER:DIGEST", help="An entry of the ledger that you know: is it in the chain?")
    ] = "",
) -> None:
    """Check an archive offline, without records or settings: every file, the ledger extract, the records against it.

    Exit code 0 where all is as it was exported, 1 where something is not, or where no digest was given and another
    version of the engine made the page, 2 where it is no archive that can be checked.
    """
    out = Console(highlight=False, soft_wrap=True)
    try:
        found = verify_archive(archive, digest=read_digest(digest), head=read_head(head))
    except (Invalid, OSError) as unusable:
        words = str(unusable) if isinstance(unusable, Invalid) else f"{archive}: {unusable.strerror or unusable}"
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"It cannot be checked: {words}", style="red", markup=False
        )
        raise typer.Exit(UNUSABLE) from unusable
    _say(out, found, told=bool(digest))
    raise typer.Exit(0 if found.whole else FAULTY)


def read_digest(text: str) -> str:
    """A SHA-256 as somebody typed it. Raises Invalid."""
    if text and (len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef")):
        raise Invalid([Fault(where="--digest", found=f"'{text}'", allowed="the 64 characters of a SHA-256")])
    return text.lower()


def read_head(text: str) -> tuple[int, str] | None:
    """A head of the ledger as somebody typed it. Raises Invalid."""
    if not text:
        return None
    number, _, digest = text.partition(":")
    if not re.fullmatch("[0-9]{1,18}", number) or not re.fullmatch("[0-9a-f]{64}", digest):
        allowed = "number:digest, as `accredit ledger verify` prints it"
        raise Invalid([Fault(where="--head", found=f"'{text}'", allowed=allowed)])
    return int(number), digest


def _say(out: Console, found: Checked, *, told: bool) -> None:
    """The verdict first: whoever reads no further must not take a check for a proof."""
    out.print(_plain(f"{_named(found.manifest.about)}."), markup=False)
    other = any(fault.trouble == "digest" for fault in found.faults)
    which = (", NOT the one that you were told" if other else ", the one that you were told") if told else ""
    out.print(f"SHA-256 of the manifest: {found.sha256}{which}")
    _verdict(out, found, told=told)
    _left_out(out, found.manifest.absent)
    out.print("\nWhat was checked", style="bold")
    for line in _checked(found):
        out.print(f"  {line}", markup=False)
    out.print("\nWhat this proves, and what not", style="bold")
    for words in PROVES:
        out.print(f"  - {words}", markup=False)


def _verdict(out: Console, found: Checked, *, told: bool) -> None:
    if found.faults:
        out.print(f"\nWhat is not as it was exported: {len(found.faults)}", style="red")
        for line in _wrong(found.faults):
            out.print(_plain(f"  {line}"), style="red", markup=False)
    elif told:
        out.print("\nEverything is as it was exported.", style="green")
    else:
        out.print("\nNothing in it contradicts its manifest or its ledger extract.", style="yellow")
        if found.unread:
            out.print(UNREAD.format(found.unread), style="red", markup=False)
        out.print(UNTOLD, style="yellow")


def _wrong(faults: Sequence[Found]) -> Iterable[str]:
    """What is wrong, the files first. A packer that writes every header anew is told once, and not for every file."""
    packed = [fault for fault in faults if fault.trouble == "container"]
    for fault in faults:
        if fault.trouble != "container":
            yield f"{fault.trouble}: {fault.name}: {fault.why}"
    for fault in packed[:FEW]:
        yield f"{fault.trouble}: {fault.name}: {fault.why}"
    if len(packed) > FEW:
        yield f"container: {len(packed) - FEW} more of that kind; another program has packed the archive again"


def _checked(found: Checked) -> Iterable[str]:
    besides = "and nothing besides them" if not found.faults else "with what stands above"
    yield f"{found.files} files, {found.size} bytes: each by its SHA-256 in the manifest, {besides}"
    head = found.manifest.head
    yield f"{found.entries} entries of the ledger recomputed, in a chain of {found.chain.links} digests"
    yield f"the head of that chain: {head.sequence}:{head.sha256}"
    if found.unread:
        yield f"index.html was not compared with the records: {found.unread}"
    elif found.whole:
        yield "index.html: the page that these records make"
    for words, number in found.held if not found.faults else ():
        if number:
            yield f"the same in the records as in the ledger: {words} ({number})"


def _left_out(out: Console, absent: Sequence[Absent]) -> None:
    for one in absent:
        words = f"Not in the archive: evidence {one.evidence}, {one.title}: {one.why}"
        out.print(_plain(words), style="yellow", markup=False)


def _plain(words: str) -> str:
    """Words from an archive that anybody may have made: nothing in them steers a terminal."""
    return "".join(one if one.isprintable() else "\ufffd" for one in words)


def _named(about: About) -> str:
    whom = "the college office" if about.made_for == "office" else "the team"
    return (
        f"Cycle {about.cycle}, {about.team}, {about.organisation}; {about.scheme}, edition {about.edition}; as it "
        f"stood on {about.as_of:%-d %B %Y, %H:%M} UTC; for {whom}"
    )
