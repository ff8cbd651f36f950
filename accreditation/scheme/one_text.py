"""A whole standard in one text, as it is edited in one field of a page and lies in one file: its files, one by one.

Before each file stands a line of its own with the file's name:

    --- # criteria/safety.yaml

To YAML this is where another document begins, so any editor of YAML reads the text; what stands before the first such
line is scheme.yaml. A standard taken apart and put together again is the same, byte for byte, but for the last line
break of a file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
    begins: dict[str, int] = {}
    faults: list[FileFault] = []
    for name, number, lines in _parts(text):
        wrong = None
        if not _NAME.fullmatch(name):
            wrong = (f"'{name[:80]}' is no name of a file", "a name as in criteria/safety.yaml")
        elif name in files:
            wrong = (f"{name} is here a second time", "each file once: put the two together")
        if wrong is not None:
            faults.append(FileFault(file="", line=number, column=1, found=wrong[0], allowed=wrong[1]))
            continue
        files[name], begins[name] = "".join(f"{line}\n" for line in lines).encode(), number
    return Apart(files=files, begins=begins, faults=tuple(faults))


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
