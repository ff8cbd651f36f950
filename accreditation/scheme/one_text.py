"""A whole standard in one text, as it is edited in one field of a page and lies in one file: its files, one by one.

Before each file stands a line of its own with the file's name:

    --- # criteria/safety.yaml

To YAML this is where another document begins, so any editor of YAML reads the text; what stands before the first such
line is scheme.yaml. A standard taken apart and put together again is the same, byte for byte, but for the last line
break of a file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from accreditation.errors import FileFault
from accreditation.scheme.assemble import SCHEME_FILE
from accreditation.scheme.source import Files

MOST_BYTES = 500_000
"""The most bytes of one text: six times what the largest published standard has."""

_BEGINS = re.compile(r"---[ \t]*#(.*)")
_NAME = re.compile(r"((criteria|cases)/)?[A-Za-z0-9_-]{1,60}\.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """The files of a text, the number of lines that stand before each of them, and what is wrong with its divisions."""

    files: Files
    begins: Mapping[str, int]
    faults: tuple[FileFault, ...] = ()
    whole: Files = field(default_factory=dict)
    """The same with all that a fault of the divisions leaves out of `files`, so that no line is lost."""

    def placed(self, fault: FileFault) -> FileFault:
        """A fault of a file, at the line of the whole text in which it stands; of no line, at the first."""
        line = self.begins.get(fault.file, 0) + max(fault.line, 1)
        return FileFault(file=fault.file, line=line, column=fault.column, found=fault.found, allowed=fault.allowed)


def as_one(files: Files) -> str:
    """These files as one text: scheme.yaml first, then the others by name."""
    names = sorted(files, key=lambda name: (name != SCHEME_FILE, not name.startswith("criteria/"), name))
    parts = (f"--- # {name}\n{files[name].decode('utf-8-sig')}" for name in names)
    return "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)


def apart(text: str) -> Apart:
    """The files that this text is made of. A name that cannot be one, or that is there twice, is a fault."""
    files: dict[str, bytes] = {}
    whole: dict[str, bytes] = {}
    begins: dict[str, int] = {}
    faults: list[FileFault] = []
    last = SCHEME_FILE
    for name, number, lines in _parts(text):
        content = "".join(f"{line}\n" for line in lines).encode()
        wrong = _wrong(name, begins)
        if wrong is not None:
            faults.append(FileFault(file="", line=number, column=1, found=wrong[0], allowed=wrong[1]))
            before = name if name in files else last
            line = b"" if name in files else f"--- # {name}\n".encode()
            whole[before] = whole.get(before, b"") + line + content
            continue
        files[name], begins[name], last = content, number, name
        whole[name] = whole.get(name, b"") + content
    return Apart(files=files, begins=begins, faults=tuple(faults), whole=whole)


def _wrong(name: str, begins: Mapping[str, int]) -> tuple[str, str] | None:
    """What is wrong with a file of this name after those that begin so, and what is allowed?"""
    if not _NAME.fullmatch(name):
        return f"'{name[:80]}' is no name of a file", "a name as in criteria/safety.yaml"
    if name not in begins:
        return None
    if not begins[name]:  # it was begun by what stands above the first such line
        return f"something stands above the first line “--- # {name}”", "put it below that line"
    return f"{name} is here a second time", "each file once: put the two together"


def _parts(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """Each file of the text: its name as written, the number of lines before it, and its own lines."""
    name, number, lines = SCHEME_FILE, 0, list[str]()
    for at, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        begun = _BEGINS.fullmatch(line)
        if begun is None:
            lines.append(line)
            continue
        if number or any(one.strip() for one in lines):
            yield name, number, lines
        name, number, lines = begun[1].strip(), at, []
    if number or any(one.strip() for one in lines):
        yield name, number, lines
