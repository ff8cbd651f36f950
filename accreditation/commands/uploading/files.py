"""Which files are meant: those that are named, and those in folders that are named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from accreditation.errors import Fault, Invalid

LEFT_OUT = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave in folders; names that begin with a dot, or with ~$ as an open Office file's, are left too.

So are links: what they mean lies elsewhere, and nobody named it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The files that are to be sent, each once, and those in folders that are left out."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...]


def meant(named: Sequence[Path]) -> Meant:
    """Which files do these names mean, in their order? Raises Invalid naming every one that cannot be sent."""
    faults, found, left_out = [], [], []
    for path in named:
        if path.is_dir():
            below = list(_below(path))
            found += [one for one in below if not _is_leftover(one)]
            left_out += [one for one in below if _is_leftover(one)]
        elif path.is_file():
            found.append(path)
        else:
            faults.append(Fault(where=shown(path), found="no file is there", allowed="a file, or a folder with files"))
    if not found and not faults:
        faults.append(Fault(where="files", found="none", allowed="a file, or a folder with files"))
    if faults:
        raise Invalid(faults)
    return Meant(files=tuple(dict.fromkeys(found)), left_out=tuple(left_out))


def shown(path: Path) -> str:
    """The path as it can be shown."""
    return printable(str(path))


def printable(text: str) -> str:
    """A line as it can be shown: nothing in it writes elsewhere on the screen, or turns the line round."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _below(folder: Path) -> Iterator[Path]:
    """Every file below this folder in order, links with them; links to folders are not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.is_file():
            yield path


def _is_leftover(path: Path) -> bool:
    return path.is_symlink() or path.name.startswith((".", "~$")) or path.name.casefold() in LEFT_OUT
