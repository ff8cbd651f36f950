"""How far a file is hashed: kept in memory while its upload goes on, and found again from its bytes."""

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from accreditation.evidence.disk import pieces

if TYPE_CHECKING:
    from hashlib import _Hash

REMEMBERED = 1000
"""Of so many uploads the hash is kept in memory; of others what is there is hashed again when they go on."""


class Mark(NamedTuple):
    """Where a partial file stood: so many bytes, hashed so far."""

    size: int
    hashed: "_Hash"

    def copy(self) -> "Mark":
        """The same, which stays when the other goes on."""
        return Mark(self.size, self.hashed.copy())


def beginning() -> Mark:
    """Where every file begins."""
    return Mark(0, hashlib.sha256())


def hashed_again(path: Path) -> Mark:
    """Where the file at this path stands: all of it is read."""
    size, hashed = beginning()
    for piece in pieces(path):
        hashed.update(piece)
        size += len(piece)
    return Mark(size, hashed)


class Marks:
    """How far uploads are hashed, as long as there is room; the longest unused is forgotten first."""

    def __init__(self) -> None:
        self._marks: OrderedDict[str, Mark] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str, size: int) -> Mark | None:
        """Where this upload stands, if it was hashed here so far; another process may have gone on with it."""
        with self._lock:
            mark = self._marks.get(name) if size else beginning()
            return mark.copy() if mark is not None and mark.size == size else None

    def remember(self, name: str, mark: Mark) -> None:
        """Keep in mind that this upload is hashed so far."""
        with self._lock:
            self._marks[name] = mark
            self._marks.move_to_end(name)
            while len(self._marks) > REMEMBERED:
                self._marks.popitem(last=False)

    def forget(self, name: str) -> None:
        """Keep nothing in mind of this upload."""
        with self._lock:
            self._marks.pop(name, None)
