"""Room on the disk where evidence arrives: what others announced has its room too, and the records' is never taken."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from accreditation.errors import NoRoom

SPARE = 100_000_000
"""Bytes of the disk that evidence leaves free: the records may lie on it too, and must be able to grow."""

TELL = "Tell the college office, and try again once there is room"
"""What whoever sent it is told to do."""

TURN = "room.turn"
"""The file whose holder alone asks for room in its folder, and takes it away in the end. It is never swept."""

Free = Callable[[Path], int]
"""How many bytes are free on the disk of this folder?"""


def free_on(folder: Path) -> int:
    """How many bytes are free on the disk of this folder, for whoever asks?"""
    return shutil.disk_usage(folder).free


def check_room(folder: Path, size: int, *, so: str, promised: int = 0, free: Free = free_on) -> None:
    """Raise NoRoom, which says `so`, where the disk of this folder has not so many bytes besides what it must keep.

    That is what was `promised` to others, and what the records need.
    """
    if free(folder) < size + promised + SPARE:
        much = f"{size:,} bytes" if size else "more"
        raise NoRoom(f"The disk that keeps evidence has no room for {much}. {TELL} ({so}).")


@contextmanager
def one_asks(folder: Path) -> Iterator[None]:
    """Nobody else, of this process or another, asks for room in this folder until what is asked for has its file.

    Two who look at once would each be told of the same room. The turn is as long as a look at the names of the folder;
    who dies lets go by that.
    """
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        turn = os.open(folder / TURN, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not _is_there(folder / TURN, turn):  # whoever had it took it away: the turn is another file's now
                continue
            try:
                yield
            finally:
                (folder / TURN).unlink(missing_ok=True)
            return
        finally:
            os.close(turn)


def _is_there(path: Path, descriptor: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False
