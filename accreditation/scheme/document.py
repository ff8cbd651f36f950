"""What was read from a file: plain data, the place of every piece in the file, and what is wrong with its form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accreditation.errors import FileFault

Path = tuple[str | int, ...]
"""The way to a piece of data: keys and list positions from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def fault(self, *, found: str, allowed: str) -> FileFault:
        """A fault standing here."""
        return FileFault(file=self.file, line=self.line, column=self.column, found=found, allowed=allowed)

    def __str__(self) -> str:
        """Say it as editors expect it: file:line:column."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(slots=True, kw_only=True)
class Document:
    """What was read from one file: data, places (of a key where there is one, else of the value), faults.

    `spoiled` are the pieces of which nothing is left to judge, because their form is at fault.
    """

    file: str
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)
    spoiled: set[Path] = field(default_factory=set)

    @property
    def top(self) -> Place:
        """The beginning of the file."""
        return Place(file=self.file, line=1, column=1)

    def nearest(self, path: Path) -> Place:
        """Where does this piece stand, or the nearest piece around it that was written down?

        Parts of a path that the file does not have (a missing key, a node's kind) are passed over.
        """
        return self.places.get(self._written(path), self.top)

    def is_spoiled(self, path: Path) -> bool:
        """Does this piece lie within one whose form is already at fault?"""
        here = self._written(path)
        return any(here[:length] in self.spoiled for length in range(len(here) + 1))

    def _written(self, path: Path) -> Path:
        here: Path = ()
        for part in path:
            if (*here, part) in self.places:
                here = (*here, part)
        return here

    def graft(self, part: "Document", at: Path) -> None:
        """Take another file's data, places and faults in at this path."""
        self.faults += part.faults
        self.places |= {(*at, *path): place for path, place in part.places.items()}
        self.places.setdefault(at, part.top)
        self.spoiled |= {(*at, *path) for path in part.spoiled}

    def moved(self, to: Callable[[Path], Path | None]) -> "Document":
        """The same with its places elsewhere; those that have no new path are left behind."""
        places = {to(path): place for path, place in self.places.items()}
        return Document(
            file=self.file,
            data=self.data,
            places={path: place for path, place in places.items() if path is not None},
            faults=list(self.faults),
            spoiled={new for path in self.spoiled if (new := to(path)) is not None},
        )
