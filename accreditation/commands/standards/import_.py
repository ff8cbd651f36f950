"""accredit standards import: a workbook that came back, into the files of the standard."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accreditation.commands.office import called
from accreditation.commands.standards.folder import files_of, out
from accreditation.errors import Contradiction, Fault, FileFault, Invalid, Refused, StandardsFaulty
from accreditation.library import load

if TYPE_CHECKING:
    from accreditation.workbook.returned import Returned

Workbook = Annotated[Path, typer.Argument(help="The workbook that came back.")]
Into = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the standard; it may be a new one.")]


def import_workbook(file: Workbook, folder: Into) -> None:
    """Bring a workbook that came back into the files of the standard: only what was edited changes.

    Faults are named by sheet and cell, all of them, and nothing is written while there is one.
    """
    from accreditation.workbook.returned import returned  # noqa: PLC0415  (workbooks cost a while to load)
    from accreditation.workbook.safety import MAX_BYTES  # noqa: PLC0415

    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    try:
        back = returned(content, name=file.name)
    except Invalid as refused:
        raise _refused(file, refused.faults) from None
    faults = back.with_faults(_faults(back.files, folder))
    if faults:
        raise _refused(file, faults)
    _refuse_lost_edits(back, folder)
    _write(back, folder)
    out.print(f"Now see that its worked cases agree: {called()} standards check {folder}", markup=False)


def _refused(file: Path, faults: Sequence[Fault]) -> Refused:
    """All faults, and in the last line how many they are and that nothing was written."""
    number = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}"
    return Refused("\n".join([*map(str, faults), f"{file.name}: {number}; nothing was written."]))


def _faults(files: Mapping[str, bytes], folder: Path) -> list[FileFault]:
    """What is wrong with these files as a standard beside those that lie beside this folder?"""
    beside = folder.absolute().parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=beside) as name:
        draft = Path(name)
        _put(files, draft)
        try:
            load(draft)
        except StandardsFaulty as faulty:
            return [
                FileFault(file=fault.file.removeprefix(f"{draft}/"), line=fault.line, column=fault.column,
                          found=fault.found, allowed=fault.allowed)
                for fault in faulty.faults
            ]  # fmt: skip
    return []


def _refuse_lost_edits(back: "Returned", folder: Path) -> None:
    """Files that were edited in the folder after the workbook was made are not written over."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Contradiction(f"{folder} is a file. Name the folder of the standard, or one that is not there yet.")
    known = (back.originals, back.files)
    edited = [name for name, content in files_of(folder).items() if content not in [one.get(name) for one in known]]
    if edited:
        raise Contradiction(
            f"Files in {folder} were changed after the workbook was made, and would be lost: {', '.join(edited)}. "
            f"Import into another folder, and see what differs: {called()} standards compare {folder} OTHER."
        )


def _write(back: "Returned", folder: Path) -> None:
    there = files_of(folder) if folder.exists() else {}
    changed = {name: content for name, content in back.files.items() if there.get(name) != content}
    _put(changed, folder)
    gone = [name for name in there if name not in back.files]
    for name in gone:
        (folder / name).unlink()
    for name in sorted({*back.files, *gone}):
        word = (
            "deleted" if name in gone else "unchanged" if name not in changed else "changed" if name in there else "new"
        )
        out.print(f"  {word:<10} {folder / name}", markup=False)
    if not changed and not gone:
        out.print("Nothing differs from the files; nothing was written.")


def _put(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
