"""Where whole files lie, each under its digest: what a folder and a bucket can both do."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from accreditation.errors import Fault, Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept: its SHA-256 in lower-case hexadecimal, and its size in bytes."""

    digest: str
    size: int


class Place(Protocol):
    """Bytes by digest. Whole or not at all, also where several processes write at once.

    A digest is 64 lower-case hexadecimal digits; another text is Invalid. Raises NotFound for what is not there and
    Unavailable where the disk or the bucket does not answer, whatever is asked.
    """

    def check(self) -> str:
        """Raise Unavailable where this place can keep nothing until somebody sets it right.

        Where it may come back by itself, that is said; "" where all is well.
        """

    async def put(self, file: Path, kept: Kept) -> None:
        """Put these bytes under their digest. They are on the disk, whole, for nobody to write; `file` stays.

        Done twice it changes nothing; where altered bytes lie under the digest, they are replaced.
        """

    def open(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """What are the bytes from `start` up to `end`, not included, a mebibyte at most at a time?"""

    def size(self, digest: str) -> int:
        """How many bytes lie there?"""

    def lying(self, digest: str) -> int | None:
        """How many bytes lie there? None where none do. All writers wait for the answer: it comes in some seconds."""

    def remove(self, digest: str) -> None:
        """Take the bytes away, where there are any. All writers wait for it: it is done in some seconds, or not."""

    def digests(self) -> Iterator[str]:
        """Under which digests does something lie? In order."""

    def others(self) -> Iterator[str]:
        """What lies there under no digest? Put there by no engine: names as they lie, in order."""

    def local(self, digest: str) -> AbstractContextManager[Path]:
        """A file on this machine with these bytes, to be read until the context is left."""


def check_digest(digest: str, *, where: str = "digest") -> None:
    """Raise Invalid where this is no digest: no name escapes from its place."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Invalid([no_digest(where)])


def no_digest(where: str) -> Fault:
    """The fault of a text that should have been a digest."""
    return Fault(where=where, found="it is not a SHA-256", allowed="write 64 hexadecimal digits")
