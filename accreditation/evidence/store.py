"""Bytes by digest: kept whole or not at all, the same bytes once, wherever the place is where they lie."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accreditation.errors import NotFound, UploadBroken
from accreditation.evidence.announced import check_announced, check_same, check_whole, too_large
from accreditation.evidence.arriving import Arrivals
from accreditation.evidence.disk import PIECE, plainly
from accreditation.evidence.folder import Folder
from accreditation.evidence.partial import PATIENCE, Partial, beginning, receive
from accreditation.evidence.place import Kept

__all__ = ["PIECE", "EvidenceStore", "Kept"]  # what every caller of the store knows

_AGAIN = "nothing was kept. Send the file again"


class EvidenceStore:
    """Files in `folder`, each under its digest as `ab/cdef…`; what is still arriving is in `folder/arriving`.

    `limit` is the most bytes a file may have. A crash leaves at most a partial file in `arriving`, never anything
    under a digest. Safe for several threads and processes on one folder.
    """

    def __init__(self, folder: Path, *, limit: int) -> None:
        self._limit = limit
        self._arriving = folder / "arriving"
        self.place = Folder(folder, beside=self._arriving)
        self.arrivals = Arrivals(self._arriving, place=self.place, limit=limit)

    async def keep(
        self, chunks: AsyncIterator[bytes], *, announced_length: int | None, announced_digest: str | None
    ) -> Kept:
        """Keep what arrives, if it is what was announced: length in bytes, SHA-256 in hexadecimal, or None.

        Nothing is kept, and the partial file is gone, when this raises: UploadBroken (cut off, or other bytes than
        announced), TooLarge, Invalid (empty, or an announcement that cannot be true), Unavailable (the disk).
        """
        digest = check_announced(length=announced_length, digest=announced_digest, limit=self._limit)

        def check(size: int) -> None:
            if size > self._limit:
                raise too_large(self._limit)
            if announced_length is not None and size > announced_length:
                raise UploadBroken(f"More than the announced {announced_length} bytes arrived; {_AGAIN}.")

        with plainly(), self._partial() as (path, partial):
            await receive(chunks, partial, check=check, patience=PATIENCE, so=_AGAIN)
            kept = Kept(digest=partial.digest, size=partial.size)
            check_whole(kept, length=announced_length, so=_AGAIN)
            check_same(kept, digest=digest)
            await asyncio.to_thread(partial.finish)
            await asyncio.to_thread(self.place.put, path, kept)
            return kept

    def path(self, digest: str) -> Path:
        """Where are the bytes of this digest, if they are kept? Invalid when it is no digest: no path escapes."""
        return self.place.path(digest)

    def open(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """What are the bytes of this digest from `start` up to `end`, not included, a mebibyte at most at a time?

        NotFound, at once, when they are not kept.
        """
        return self.place.open(digest, start=start, end=end)

    def verify(self, digest: str) -> bool:
        """Are the bytes kept, and still the ones that were handed in? Reads them all."""
        actual = hashlib.sha256()
        try:
            for piece in self.place.open(digest):
                actual.update(piece)
        except NotFound:
            return False
        return actual.hexdigest() == digest

    def sweep(self, *, older_than: timedelta, at: datetime) -> int:
        """Remove uploads whose time is over, and partial files that nothing was added to for so long. How many?

        A partial file that belongs to no upload is the leftover of a crash.
        """
        removed = self.arrivals.sweep(at=at)
        going_on = self.arrivals.names()
        for file in self._arriving.glob("*"):
            with suppress(FileNotFoundError):  # its upload ended while we looked
                changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                if file.name.partition(".")[0] not in going_on and changed < at - older_than:
                    file.unlink()
                    removed += 1
        return removed

    @contextmanager
    def _partial(self) -> Iterator[tuple[Path, Partial]]:
        """A file of this upload alone, readable by nobody else, which is gone in the end."""
        self._arriving.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._arriving)
        partial = Partial(os.fdopen(descriptor, "r+b", buffering=0), beginning())
        try:
            yield Path(name), partial
        finally:
            partial.close()
            Path(name).unlink(missing_ok=True)
