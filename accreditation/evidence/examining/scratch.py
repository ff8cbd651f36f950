"""A folder for what a reader writes while it reads, which goes with its owner however that ends."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "accredit-examining-"


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder among the temporary ones, readable by nobody else, while this is open.

    Its owner holds a lock on it, which the system takes away even after kill -9: whoever opens the next one removes
    those that nobody holds any more.
    """
    sweep()
    folder, lock = _made()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep() -> None:
    """Remove the folders of owners that are dead. Another user's, and one that somebody else removes, are left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(lock)


def _made() -> tuple[Path, int]:
    """A folder and our lock on it; once more where somebody swept it before it was locked."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if folder.exists():
                    return folder, lock
            os.close(lock)
