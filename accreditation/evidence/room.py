"""Room on the disk where evidence arrives: what others announced has its room too, and the records' is never taken."""

import shutil
from collections.abc import Callable
from pathlib import Path

from accreditation.errors import NoRoom

SPARE = 100_000_000
"""Bytes of the disk that evidence leaves free: the records may lie on it too, and must be able to grow."""

TELL = "Tell the college office, and try again once there is room"
"""What whoever sent it is told to do."""

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
