"""From a folder of standards on disk to a scheme: reads files, leaves what they mean to the language."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from accreditation.errors import FileFault, StandardsFaulty
from accreditation.rules.cases import run_case
from accreditation.rules.reach import problems_of_reach
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.extend import MAX_DEPTH, Base, extended
from accreditation.scheme.one_text import apart
from accreditation.scheme.read import SCHEME_FILE, Check, Files, Standard, read_standard
from accreditation.scheme.source import MAX_BYTES, MAX_FILES, read_document

CHECKS: tuple[Check, ...] = (problems_of_reach,)
"""Questions that need the rules: asked of every scheme that has no other fault."""


STARTER = Path(__file__).parent / "starter"
"""The standard that every author may begin with."""

HANDBOOK = Path(__file__).parents[1] / "standards" / "README.md"
"""The handbook for authors: it lies beside the published schemes, in the source and in an installed program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a text of a whole standard is: the standard, or every fault of it at its line in the text.

    A worked case that gives something else than it expects is a fault too: what is published does what it shows.
    """

    standard: Standard | None
    faults: tuple[FileFault, ...]


@lru_cache(maxsize=8)
def check_text(text: str, *, scheme: str) -> Checked:
    """Is this text a standard of this scheme, ready to be published? The text holds the whole edition."""
    parts = apart(text)
    if parts.faults:
        return Checked(standard=None, faults=parts.faults)
    try:
        standard = read_standard(parts.files, also=CHECKS)
    except StandardsFaulty as faulty:
        return Checked(standard=None, faults=tuple(sorted(map(parts.placed, faulty.faults), key=_by_line)))
    faults = [*_of_another(standard, scheme, text), *map(parts.placed, _disagreeing(standard))]
    return Checked(standard=None if faults else standard, faults=tuple(sorted(faults, key=_by_line)))


def _by_line(fault: FileFault) -> tuple[int, int]:
    return fault.line, fault.column


def _of_another(standard: Standard, scheme: str, text: str) -> Iterator[FileFault]:
    """A draft of one scheme must not become an edition of another, which others look after."""
    if standard.scheme.id != scheme:
        lines = text.split("\n")
        line = next((number for number, one in enumerate(lines, start=1) if one.startswith("id:")), 1)
        found, allowed = f"the id '{standard.scheme.id}' is of another scheme", f"id: {scheme}"
        yield FileFault(file=SCHEME_FILE, line=line, column=1, found=found, allowed=allowed)


def _disagreeing(standard: Standard) -> Iterator[FileFault]:
    """Every difference between what a worked case gives and what it expects, where the case stands."""
    for case, place in zip(standard.cases, standard.places, strict=True):
        for found in run_case(scheme=standard.scheme, case=case).differences:
            said = f"the worked case '{case.case}' gives something else: {found}"
            yield place.fault(found=said, allowed="change the rule or the criteria, or what the case expects")


def identifier(name: str) -> str:
    """The id that a folder or a scheme of this name gets: small letters, digits and _, beginning with a letter."""
    word = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return word if word[:1].isalpha() else f"standard_{word}".strip("_")


def starter(*, identifier: str, title: str = "") -> dict[str, str]:
    """The files of the starter under this id and title (the id in words where no title is given)."""
    files = {path.relative_to(STARTER).as_posix(): path.read_text(encoding="utf-8") for path in STARTER.rglob("*.yaml")}
    shown = json.dumps(title or identifier.replace("_", " ").capitalize(), ensure_ascii=False)
    files["scheme.yaml"] = (
        files["scheme.yaml"]
        .replace("id: my_standard ", f"id: {identifier} ", 1)
        .replace("title: My standard ", f"title: {shown} ", 1)
    )
    return files


@cache
def handbook() -> str:
    """The handbook for authors, in Markdown."""
    return HANDBOOK.read_text(encoding="utf-8")


def load(folder: Path) -> Standard:
    """Read the scheme in this folder, with its worked cases. Raises StandardsFaulty with every fault, by file.

    A whole standard in one text, as a draft is downloaded from the site, is read as well: its faults by its own lines.
    Only *.yaml files directly in the folder, in criteria/ and in cases/ are read; nothing is loaded from a link
    that leads out of the folder. The schemes it builds on are looked for in the folders beside it.
    """
    text = _one_text(folder)
    if text is not None:
        return _load_text(folder, text)
    files = _files(folder)
    return read_standard(files, name=f"{folder}/", bases=_bases(folder, files), also=CHECKS)


def _one_text(path: Path) -> str | None:
    """The text of this file, where it is a whole standard in one text."""
    if not path.is_file():
        return None
    content = _content(path)
    return (
        content.decode("utf-8-sig", "replace") if content.startswith(b"--- #") and len(content) <= MAX_BYTES else None
    )


def _load_text(path: Path, text: str) -> Standard:
    parts = apart(text)
    if parts.faults:
        raise StandardsFaulty([replace(fault, file=str(path)) for fault in parts.faults])
    try:
        found = read_standard(parts.files, also=CHECKS)
    except StandardsFaulty as faulty:
        raise StandardsFaulty([replace(parts.placed(fault), file=str(path)) for fault in faulty.faults]) from None
    places = [replace(one, file=str(path), line=one.line + parts.begins[one.file]) for one in found.places]
    return replace(found, places=tuple(places))


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
