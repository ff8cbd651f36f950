"""From a folder of standards on disk to a scheme: reads files, leaves what they mean to the language."""

from pathlib import Path

from accreditation.errors import FileFault, StandardsFaulty
from accreditation.scheme.read import SCHEME_FILE, Standard, read_standard
from accreditation.scheme.source import MAX_BYTES


def load(folder: Path) -> Standard:
    """Read the scheme in this folder, with its worked cases. Raises StandardsFaulty with every fault, by file.

    Only *.yaml files directly in the folder, in criteria/ and in cases/ are read; nothing is loaded from a link
    that leads out of the folder.
    """
    if not (folder / SCHEME_FILE).is_file():
        found = "there is no such file" if folder.is_dir() else "there is no such folder"
        raise _faulty(folder / SCHEME_FILE, found=found, allowed="name a folder that holds a scheme.yaml")
    root = folder.resolve()
    files = {
        path.relative_to(folder).as_posix(): _content(path)
        for pattern in ("*.yaml", "criteria/*.yaml", "cases/*.yaml")
        for path in sorted(folder.glob(pattern))
        if path.is_file() and path.resolve().is_relative_to(root)
    }
    if SCHEME_FILE not in files:
        raise _faulty(folder / SCHEME_FILE, found="it is a link out of the folder", allowed="put the file itself here")
    return read_standard(files, name=f"{folder}/")


def _content(path: Path) -> bytes:
    """The file's bytes; one more than the language takes is enough to refuse it."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        found = f"it cannot be read: {error.strerror}"
        raise _faulty(path, found=found, allowed="let this user read it") from error


def _faulty(file: Path, *, found: str, allowed: str) -> StandardsFaulty:
    """The fault of a whole file, told at its beginning."""
    return StandardsFaulty([FileFault(file=str(file), line=1, column=1, found=found, allowed=allowed)])


def schemes(root: Path) -> tuple[Path, ...]:
    """Which folders under `root` hold a scheme?"""
    return tuple(sorted(path.parent for path in root.glob(f"*/{SCHEME_FILE}")))
