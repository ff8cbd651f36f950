"""A file that is still arriving: written and hashed in a thread, a piece behind its sender."""

import asyncio
import hashlib
import os
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, BinaryIO

from accreditation.errors import AccreditationError, NoRoom, UploadBroken
from accreditation.evidence.marks import Mark

if TYPE_CHECKING:
    from hashlib import _Hash

GATHERED = 256 * 1024
"""How many bytes are gathered before they are written: two hundred slow uploads then hold 50 MiB, and the hop to a
thread costs a fraction of the hashing."""

LARGE = GATHERED // 2
"""A chunk of so many bytes is worth a write of its own."""

PATIENCE = 120.0
"""Seconds for which nothing may arrive. A connection that a network has forgotten would hold its upload for ever."""


_BEGUN_EVERY = 8 * 1024 * 1024


NeedsRoom = Callable[[int], None]
"""What raises NoRoom where the disk has none for so many bytes more."""


class Partial:
    """Bytes on their way, their number and their SHA-256, which go on together from `mark`.

    The lock is for a cancelled upload: its last write may still run in a thread while the file is closed.
    """

    def __init__(self, file: BinaryIO, mark: Mark, *, room: NeedsRoom) -> None:
        self.size, self._hash = mark
        self._file = file
        self._room = room
        self._file.seek(self.size)
        self._lock = threading.Lock()
        self._piece: _Hash | None = None
        self._begun = self.size

    @property
    def digest(self) -> str:
        """The SHA-256 of what is written, in lower-case hexadecimal."""
        return self._hash.hexdigest()

    @property
    def writable(self) -> bool:
        """May something be added to it?"""
        return self._file.writable()

    @property
    def mark(self) -> Mark:
        """Where it stands now."""
        return Mark(self.size, self._hash).copy()

    def hash_piece(self, algorithm: str) -> "_Hash":
        """A hash of what is written from now on alone."""
        self._piece = hashlib.new(algorithm, usedforsecurity=False)
        return self._piece

    def write(self, piece: bytes | bytearray) -> None:
        """Add these bytes; where the disk takes a part and then no more, that part counts.

        Raises NoRoom, before the first of them, where the records would have no room beside them: asking the disk costs
        a hundredth of hashing a piece, and a look now and then would let many uploads together eat what is spared.
        """
        with self._lock:
            if piece:
                self._room(len(piece))
            left = memoryview(piece)
            while left and not self._file.closed:
                written = self._file.write(left)  # a nearly full disk takes a part
                for hashed in (self._hash, self._piece):
                    if hashed is not None:
                        hashed.update(left[:written])
                self.size += written
                left = left[written:]
            self._begin_to_sync()

    def _begin_to_sync(self) -> None:
        """Have the disk begin with what it has not, now and then: the end of a large file need not wait for it all."""
        behind = self.size - self._begun
        if behind >= _BEGUN_EVERY and hasattr(os, "posix_fadvise") and not self._file.closed:
            os.posix_fadvise(self._file.fileno(), self._begun, behind, os.POSIX_FADV_DONTNEED)
            self._begun = self.size

    def back_to(self, mark: Mark) -> None:
        """Forget what was written since."""
        with self._lock:
            self._file.truncate(mark.size)
            self._file.seek(mark.size)
            self.size, self._hash = mark.copy()
            self._begun = self.size

    def sync(self) -> None:
        """Wait until all that is written is on the disk."""
        with self._lock:
            os.fsync(self._file.fileno())

    def finish(self) -> None:
        """Let nobody write to it any more."""
        with self._lock:
            os.fchmod(self._file.fileno(), 0o400)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()


async def receive(
    chunks: AsyncIterator[bytes], partial: Partial, *, check: Callable[[int], None], patience: float, so: str
) -> None:
    """Write what arrives, until the sender ends; `check` is asked about every new size before a byte of it counts.

    One piece is written and hashed while the next one arrives, and a disk that stalls holds up this upload and not
    everybody's pages. What came before a cut, a refusal or a cancellation is written. Raises UploadBroken, which says
    `so`, where the sender breaks off or nothing arrives for `patience` seconds, and what `check` raises.
    """
    behind = _Behind(partial)
    gathered = bytearray()
    size = partial.size
    try:
        async with aclosing(_until_cut(chunks, patience, so)) as arriving:
            async for chunk in arriving:
                size += len(chunk)
                check(size)
                if len(chunk) >= LARGE and not gathered:
                    await behind.write(chunk)  # as it is: a copy of everything would cost a tenth of the whole
                    continue
                gathered += chunk
                if len(gathered) >= GATHERED:
                    await behind.write(gathered)
                    gathered = bytearray()
    except BaseException:
        with suppress(OSError, NoRoom):  # the first reason is the one to tell
            await behind.end(gathered)
        raise
    await behind.end(gathered)


class _Behind:
    """Writes pieces in a thread, one after another. A cancelled sender does not cancel a write that has begun."""

    def __init__(self, partial: Partial) -> None:
        self._partial = partial
        self._running: asyncio.Future[None] | None = None

    async def write(self, piece: bytes | bytearray) -> None:
        """Begin to write this piece, once the one before is written; its failure is raised here."""
        if self._running is not None:
            await asyncio.shield(self._running)
        self._running = asyncio.ensure_future(asyncio.to_thread(self._partial.write, piece))

    async def end(self, piece: bytearray) -> None:
        """Write the last piece too, and wait for it."""
        await self.write(piece)
        if self._running is not None:
            await asyncio.shield(self._running)


async def _until_cut(chunks: AsyncIterator[bytes], patience: float, so: str) -> AsyncGenerator[bytes, None]:
    waiting = aiter(chunks)
    try:
        while True:
            async with asyncio.timeout(patience):
                chunk = await anext(waiting)
            yield chunk
    except StopAsyncIteration:
        return
    except AccreditationError:
        raise
    except TimeoutError as error:
        raise UploadBroken(f"Nothing arrived for {patience:g} seconds; {so}.") from error
    except Exception as error:
        # Whatever the sender's side raises, it means one thing here; the store's own errors do not pass this way.
        raise UploadBroken(f"The upload was cut off before its end; {so}.") from error
