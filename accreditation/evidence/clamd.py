"""The virus scanner: a clamd is asked by its INSTREAM command, over TCP or a socket of this machine.

The file's bytes go to it in pieces, so it may run on another machine and needs no right to read ours. clamd must be
told to say so when it could not look into all of a file (`AlertExceedsMax yes`): otherwise it calls that clean.
"""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from accreditation.errors import Fault, Invalid, Unavailable

PIECE = 64 * 1024

_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"^stream: (.{1,200}) FOUND$")
_DOWN = "The virus scanner at {address} does not answer ({why}). Files wait until it does; nothing passes unscanned."


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What the scanner said: the name of a virus, why it could not look at all of it, or nothing of both."""

    virus: str | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clamd:
    """A clamd at an address; `seconds` is how long one piece, and the scan at the end, may take."""

    address: str
    seconds: float = 120.0

    def scan(self, path: Path) -> Scanned:
        """Is a virus in the file at `path`? Raises Unavailable where the scanner does not answer."""
        with path.open("rb") as file:
            try:
                with self._connected() as connection:
                    return self._understood(self._asked(connection, file))
            except OSError as error:
                raise Unavailable(_DOWN.format(address=self.address, why=error.strerror or "timed out")) from error

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "tcp":
            return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=self.seconds)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self.seconds)
        try:
            connection.connect(parts.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def _asked(self, connection: socket.socket, file: BinaryIO) -> str:
        """Its answer. It hangs up in mid-file where that is too long for it, and has said why by then."""
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
        said = bytearray()
        with suppress(ConnectionResetError):
            while len(said) < _LONGEST_ANSWER and b"\0" not in said and (piece := connection.recv(_LONGEST_ANSWER)):
                said += piece
        return said.split(b"\0")[0].decode("utf-8", errors="replace").strip()

    def _understood(self, said: str) -> Scanned:
        if said == "stream: OK":
            return Scanned()
        found = _FOUND.match(said)
        if found is not None and found[1].startswith("Heuristics.Limits.Exceeded"):
            return Scanned(held=f"The virus scanner could not look into all of it ({found[1]}): raise its limits.")
        if found is not None:
            return Scanned(virus=found[1])
        if "size limit exceeded" in said:
            return Scanned(held="It is larger than the virus scanner takes: raise StreamMaxLength in clamd.conf.")
        if said.endswith("ERROR"):
            return Scanned(held="The virus scanner failed on it; its own log says why.")
        raise Unavailable(_DOWN.format(address=self.address, why="it hung up" if not said else "no answer of a clamd"))


def open_clamd(address: str, *, setting: str = "ACCREDIT_CLAMD") -> Clamd | None:
    """The scanner at this address; None where none is set. Raises Invalid where it is no address."""
    if not address:
        return None
    with suppress(ValueError):  # a port that is no number
        parts = urlsplit(address)
        tcp = parts.scheme == "tcp" and parts.hostname and parts.port and not parts.path
        if tcp or (parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1):
            return Clamd(address=address)
    raise Invalid(
        [
            Fault(
                where=setting,
                found=repr(address),
                allowed="write tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, or leave it empty for no scan",
            )
        ]
    )
