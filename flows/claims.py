"""What a host must have for itself before it starts: its folder and its port. Both are let go even by kill -9."""

import contextlib
import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from accreditation.errors import Unavailable

LOOPBACK = "127.0.0.1"


@contextlib.contextmanager
def only_one(*, home: Path) -> Iterator[str]:
    """Hold `home` for this process alone, and give its name; the system lets go of it even after kill -9."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "host.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(
                f"Another process already runs Prefect on the folder {home}. Stop that one first, or give this one a "
                "folder of its own."
            ) from None
        lock.seek(0)
        name = lock.read()
        if not name:
            name = str(uuid4())
            lock.write(name)
            lock.flush()
        yield name


@contextlib.contextmanager
def listen(*, port: int) -> Iterator[socket.socket]:
    """Take the port before Prefect reads its number; port 0 takes any free one."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else a quick restart waits a minute
        try:
            listener.bind((LOOPBACK, port))
            listener.listen()
        except OSError as reason:
            raise Unavailable(
                f"Prefect's server cannot listen on {LOOPBACK}:{port}: {reason.strerror}. "
                "Stop what listens there, or choose another port."
            ) from reason
        yield listener
