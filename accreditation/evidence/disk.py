"""A disk as evidence needs it: what is written survives a power cut, and what a disk refuses is said in words."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from accreditation.errors import NoRoom, Unavailable
from accreditation.evidence.room import TELL

PIECE = 1024 * 1024
"""How many bytes are read at once."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = {
    errno.EROFS: "The folder that keeps evidence cannot be written; look at its disk ({so}).",
    errno.EACCES: "The folder that keeps evidence cannot be written; look at who owns it ({so}).",
}


@contextmanager
def plainly(*, so: str = "nothing was kept") -> Iterator[None]:
    """Say what the disk refuses as Unavailable; `so` is what that means for the bytes that came."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(f"The disk that keeps evidence is full. {TELL} ({so}).") from error
        say = _REFUSED.get(error.errno or 0, f"The folder that keeps evidence cannot be used: {error.strerror}.")
        raise Unavailable(say.format(so=so)) from error


def pieces(path: Path, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """What are the bytes of this file from `start` up to `end`, a piece at a time?"""
    with path.open("rb") as file:
        file.seek(start)
        left = None if end is None else max(0, end - start)
        while piece := file.read(PIECE if left is None else min(PIECE, left)):
            left = None if left is None else left - len(piece)
            yield piece


def sync(path: Path) -> None:
    """Wait until this folder, or this file, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
