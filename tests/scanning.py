"""A real clamd on this machine, with one signature of its own: the harmless string that every scanner knows."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""In two pieces, or a scanner on a developer's machine takes this file for the thing."""

STREAM_MAX = 2 * 1024 * 1024

_MISSING = "clamd is missing. Say: make tools (as root), or on Debian and Ubuntu: apt-get install clamav-daemon"


@contextmanager
def clamd(folder: Path) -> Iterator[int]:
    """A clamd that listens on a port of this machine, and on `folder`/clamd.sock, while this is open."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.fail(_MISSING)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "signatures").mkdir(exist_ok=True)
    (folder / "signatures" / "own.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {folder}/signatures\nLocalSocket {folder}/clamd.sock\n"
        f"TCPSocket {port}\nTCPAddr 127.0.0.1\nAlertExceedsMax yes\nStreamMaxLength {STREAM_MAX}\nMaxThreads 2\n"
    )
    process = subprocess.Popen([program, "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL)
    try:
        _answers(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(b"zPING\0")
                if connection.recv(16) == b"PONG\0":
                    return
        except OSError:
            time.sleep(0.02)
    pytest.fail("clamd did not start")
