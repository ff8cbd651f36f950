"""Bytes by digest, in a folder: kept whole or not at all, the same bytes once."""

import asyncio
import errno
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accreditation.errors import AccreditationError, Fault, Invalid, NotFound, TooLarge, Unavailable, UploadBroken

PIECE = 1024 * 1024
"""How many bytes are gathered before they are written, and how many are read at once."""

_DISK = {
    errno.ENOSPC: "The disk that keeps evidence is full; nothing was kept. Make room, then send the file again.",
    errno.EDQUOT: "The disk that keeps evidence is full; nothing was kept. Make room, then send the file again.",
    errno.EROFS: "The folder that keeps evidence cannot be written; nothing was kept. Look at its disk.",
    errno.EACCES: "The folder that keeps evidence cannot be written; nothing was kept. Look at who owns it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept: its SHA-256 in lower-case hexadecimal, and its size in bytes."""

    digest: str
    size: int


class EvidenceStore:
    """Files in `folder`, each under its digest as `ab/cdef…`; what is still arriving is in `folder/arriving`.

    `limit` is the most bytes a file may have. A crash leaves at most a partial file in `arriving`, never anything
    under a digest. Safe for several threads and processes on one folder.
    """

    def __init__(self, folder: Path, *, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._arriving = folder / "arriving"

    async def keep(
        self, chunks: AsyncIterator[bytes], *, announced_length: int | None, announced_digest: str | None
    ) -> Kept:
        """Keep what arrives, if it is what was announced: length in bytes, SHA-256 in hexadecimal, or None.

        Nothing is kept, and the partial file is gone, when this raises: UploadBroken (cut off, or other bytes than
        announced), TooLarge, Invalid (empty, or an announcement that cannot be true), Unavailable (the disk).

        Bytes are hashed and written in a thread, a mebibyte at a time: one hop costs about as much as a tenth of
        the hashing, and a disk that stalls then stalls this upload and not everybody's pages.
        """
        expected = self._announced(announced_length, announced_digest)
        with _plainly():
            partial = _Partial(self._arriving)
            try:
                await self._receive(chunks, partial, most=announced_length)
                _compare(partial, announced_length, expected)
                return await asyncio.to_thread(partial.settle, self._folder)
            finally:
                partial.discard()

    def path(self, digest: str) -> Path:
        """Where are the bytes of this digest, if they are kept? Invalid when it is no digest: no path escapes."""
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise Invalid([_no_digest("digest")])
        return self._folder / digest[:2] / digest[2:]

    def open(self, digest: str) -> Iterator[bytes]:
        """What are the bytes of this digest, a mebibyte at a time? NotFound, at once, when they are not kept."""
        path = self.path(digest)
        if not path.is_file():
            raise NotFound("This file is not kept here.")
        return _pieces(path)

    def verify(self, digest: str) -> bool:
        """Are the bytes kept, and still the ones that were handed in? Reads them all."""
        path = self.path(digest)
        if not path.is_file():
            return False
        actual = hashlib.sha256()
        for piece in _pieces(path):
            actual.update(piece)
        return actual.hexdigest() == digest

    def sweep(self, *, older_than: timedelta, at: datetime) -> int:
        """Remove partial files that nothing was added to for so long: leftovers of a crash. How many were there?"""
        removed = 0
        for partial in self._arriving.glob("*"):
            with suppress(FileNotFoundError):  # its upload ended while we looked
                if datetime.fromtimestamp(partial.stat().st_mtime, UTC) < at - older_than:
                    partial.unlink()
                    removed += 1
        return removed

    def _announced(self, length: int | None, digest: str | None) -> str | None:
        faults = []
        if length is not None and length <= 0:
            faults.append(_empty())
        if digest is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
            faults.append(_no_digest("announced digest"))
        if faults:
            raise Invalid(faults)
        if length is not None and length > self._limit:
            raise self._too_large()
        return digest and digest.lower()

    async def _receive(self, chunks: AsyncIterator[bytes], partial: "_Partial", *, most: int | None) -> None:
        gathered = bytearray()
        size = 0
        async with aclosing(_whole(chunks)) as arriving:
            async for chunk in arriving:
                size += len(chunk)
                if size > self._limit:
                    raise self._too_large()
                if most is not None and size > most:
                    raise UploadBroken(
                        f"More than the announced {most} bytes arrived; nothing was kept. Send it again."
                    )
                gathered += chunk
                if len(gathered) >= PIECE:
                    await asyncio.to_thread(partial.write, bytes(gathered))
                    gathered.clear()
        await asyncio.to_thread(partial.write, bytes(gathered))

    def _too_large(self) -> TooLarge:
        return TooLarge(f"A file may have {self._limit:,} bytes; this one has more. Nothing was kept.")


class _Partial:
    """A file that is still arriving, private to its upload.

    The lock is for a cancelled upload: its last write may still run in a thread while the file is discarded.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)  # readable by nobody else
        self._path = Path(name)
        self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._lock = threading.Lock()
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def write(self, piece: bytes) -> None:
        with self._lock:
            left = memoryview(piece)
            while left and not self._file.closed:
                left = left[self._file.write(left) :]  # a nearly full disk takes a part
            self._hash.update(piece)
            self.size += len(piece)

    def settle(self, folder: Path) -> Kept:
        """Put the file under its digest, so that a power cut leaves all of it or none of it."""
        digest = self.digest
        target = folder / digest[:2] / digest[2:]
        with self._lock:
            os.fchmod(self._file.fileno(), 0o400)
            os.fsync(self._file.fileno())
            target.parent.mkdir(exist_ok=True)
            self._path.replace(target)
        _sync(target.parent)
        _sync(folder)
        return Kept(digest=digest, size=self.size)

    def discard(self) -> None:
        with self._lock:
            self._file.close()
            self._path.unlink(missing_ok=True)


def _compare(partial: _Partial, length: int | None, digest: str | None) -> None:
    if length is not None and partial.size != length:
        raise UploadBroken(
            f"{partial.size} of the announced {length} bytes arrived; nothing was kept. Send the file again."
        )
    if partial.size == 0:
        raise Invalid([_empty()])
    if digest is not None and partial.digest != digest:
        raise UploadBroken(
            f"The bytes that arrived have the SHA-256 {partial.digest}, and {digest} was announced; nothing was kept. "
            "Send the file again."
        )


async def _whole(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in chunks:
            yield chunk
    except AccreditationError:
        raise
    except Exception as error:
        # Whatever the sender's side raises, it means one thing here; the store's own errors do not pass this way.
        raise UploadBroken("The upload was cut off before its end; nothing was kept. Send the file again.") from error


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        say = _DISK.get(error.errno or 0, f"The folder that keeps evidence cannot be used: {error.strerror}.")
        raise Unavailable(say) from error


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _empty() -> Fault:
    return Fault(where="file", found="it is empty", allowed="send a file with at least one byte")


def _no_digest(where: str) -> Fault:
    return Fault(where=where, found="it is not a SHA-256", allowed="write 64 hexadecimal digits")
