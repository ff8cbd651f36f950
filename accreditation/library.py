"""From a folder of standards on disk to a scheme: reads files, leaves what they mean to the language."""

import re
from collections.abc import Iterator
from pathlib import Path

from accreditation.errors import FileFault, StandardsFaulty
from accreditation.rules.reach import problems_of_reach
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.extend import MAX_DEPTH, Base, extended
from accreditation.scheme.read import SCHEME_FILE, Check, Files, Standard, read_standard
from accreditation.scheme.source import MAX_BYTES, MAX_FILES, read_document

CHECKS: tuple[Check, ...] = (problems_of_reach,)
"""Questions that need the rules: asked of every scheme that has no other fault."""


def load(folder: Path) -> Standard:
    """Read the scheme in this folder, with its worked cases. Raises StandardsFaulty with every fault, by file.

    Only *.yaml files directly in the folder, in criteria/ and in cases/ are read; nothing is loaded from a link
    that leads out of the folder. The schemes it builds on are looked for in the folders beside it.
    """
    files = _files(folder)
    return read_standard(files, name=f"{folder}/", bases=_bases(folder, files), also=CHECKS)


def schemes(root: Path) -> tuple[Path, ...]:
    """Which folders under `root` hold a scheme?"""
    return tuple(sorted(path.parent for path in root.glob(f"*/{SCHEME_FILE}")))


def _files(folder: Path) -> Files:
    if not (folder / SCHEME_FILE).is_file():
        if not folder.is_dir():
            found = "it is a file" if folder.exists() else "there is no such folder"
            raise _faulty(folder, found=found, allowed=f"name a folder that holds a {SCHEME_FILE}{_near(folder)}")
        raise _faulty(folder, found=f"no {SCHEME_FILE} is in it", allowed=f"name a folder that holds a {SCHEME_FILE}")
    root = folder.resolve()
    paths = [
        path
        for pattern in ("*.yaml", "criteria/*.yaml", "cases/*.yaml")
        for path in sorted(folder.glob(pattern))
        if path.is_file() and path.resolve().is_relative_to(root)
    ]
    if len(paths) > MAX_FILES:
        allowed = f"a scheme has at most {MAX_FILES}; keep one scheme in a folder"
        raise _faulty(folder, found=f"{len(paths)} files", allowed=allowed)
    files = {path.relative_to(folder).as_posix(): _content(path) for path in paths}
    if SCHEME_FILE not in files:
        raise _faulty(folder / SCHEME_FILE, found="it is a link out of the folder", allowed="put the file itself here")
    return files


def _content(path: Path) -> bytes:
    """The file's bytes; one more than the language takes is enough to refuse it."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        found = f"it cannot be read: {error.strerror}"
        raise _faulty(path, found=found, allowed="let this user read it") from error


def _faulty(file: Path, *, found: str, allowed: str) -> StandardsFaulty:
    """The fault of a file or folder as a whole."""
    return StandardsFaulty([FileFault(file=str(file), line=0, column=0, found=found, allowed=allowed)])


def _near(folder: Path) -> str:
    return did_you_mean(folder.name, [path.name for path in schemes(folder.parent)])


def _bases(folder: Path, files: Files) -> tuple[Base, ...]:
    """The schemes that this one builds on, the nearest first. Raises StandardsFaulty where one cannot be found."""
    chain: list[Base] = []
    way: list[tuple[str, str]] = []
    here = folder
    while True:
        document = read_document(file=str(here / SCHEME_FILE), content=files[SCHEME_FILE])
        wanted = extended(document)
        if wanted is None:
            return tuple(chain)
        way.append(_is(document.data))
        place = document.nearest(("extends", "scheme"))
        if wanted in way:
            words = " -> ".join(scheme for scheme, _ in (*way, wanted))
            raise StandardsFaulty([place.fault(found=f"a circle: {words}", allowed="a scheme that ends somewhere")])
        if len(chain) == MAX_DEPTH:
            found = f"a scheme that builds on {MAX_DEPTH + 1} others, one on the other"
            raise StandardsFaulty([place.fault(found=found, allowed=f"at most {MAX_DEPTH}")])
        beside = _folder_of(wanted, here)
        if isinstance(beside, str):
            allowed = f"a scheme in a folder beside this one{beside}"
            found = f"there is no scheme '{wanted[0]}' of edition '{wanted[1]}' beside this one"
            raise StandardsFaulty([place.fault(found=found, allowed=allowed)])
        here, files = beside, {name: it for name, it in _files(beside).items() if not name.startswith("cases/")}
        chain.append(Base(files=files, name=f"{here}/"))


def _is(data: object) -> tuple[str, str]:
    told = data if isinstance(data, dict) else {}
    return str(told.get("id")), str(told.get("edition"))


def _folder_of(wanted: tuple[str, str], folder: Path) -> Path | str:
    """The folder beside this one that holds the scheme wanted; or, in words, which there are."""
    there = []
    for beside in _beside(folder, wanted[0]):
        document = read_document(file=SCHEME_FILE, content=_content(beside / SCHEME_FILE))
        told = _is(document.data)
        if told == wanted:
            return beside
        if told[0] == wanted[0]:
            there.append(told[1])
    return f"; editions of '{wanted[0]}' here: {', '.join(sorted(there))}" if there else ""


def _beside(folder: Path, scheme: str) -> Iterator[Path]:
    """The folders beside this one whose scheme.yaml may be of that scheme: it says the id on a line of its own."""
    line = re.compile(rb"^id:\s*[\"']?" + re.escape(scheme.encode()) + rb"[\"']?\s*(#.*)?$", re.MULTILINE)
    named = folder.name not in ("", "..")
    for beside in schemes(folder.parent if named else folder.resolve().parent):
        if line.search(_content(beside / SCHEME_FILE)):
            yield beside
