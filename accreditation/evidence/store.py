"""Bytes by digest: kept whole or not at all, the same bytes once, wherever the place is where they lie."""

import asyncio
import hashlib
import os
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from accreditation.errors import Damaged, NotFound, UploadBroken
from accreditation.evidence.announced import check_announced, check_same, check_whole, too_large
from accreditation.evidence.arriving import Arrivals
from accreditation.evidence.bucket import Bucket
from accreditation.evidence.disk import PIECE, plainly
from accreditation.evidence.folder import Folder
from accreditation.evidence.marks import beginning
from accreditation.evidence.partial import PATIENCE, Partial, receive
from accreditation.evidence.place import Kept, Place
from accreditation.evidence.room import Free, check_room, free_on, one_asks
from accreditation.evidence.unfinished import plain
from accreditation.evidence.unrecorded import Unrecorded
from accreditation.evidence.where import BucketName

__all__ = ["PIECE", "EvidenceStore", "Kept"]  # what every caller of the store knows

_DAMAGED = (
    "What lies in the store is not the file that was handed in. It is not given out until the college office has put "
    "it right: tell them."
)
_NOTHING = "nothing was kept"
_AGAIN = f"{_NOTHING}. Send the file again"


class EvidenceStore:
    """Files in `place`, each under its digest; what is still arriving is in the folder `arriving`, on this machine.

    `limit` is the most bytes a file may have, `free` says how much room the disk of that folder has. A crash leaves at
    most a partial file in `arriving`, never anything under a digest. Safe for several threads and processes on one
    place and one folder.
    """

    def __init__(self, place: Place, *, arriving: Path, limit: int, free: Free = free_on) -> None:
        self._place = place
        self._arriving = arriving
        self._free = free
        self.limit = limit
        self.arrivals = Arrivals(arriving, place=place, limit=limit, free=free)
        self.unrecorded = Unrecorded(arriving)

    def check(self) -> str:
        """Raise Unavailable where the place can keep nothing until somebody sets it right; say where it is away."""
        return self._place.check()

    async def keep(
        self,
        chunks: AsyncIterator[bytes],
        *,
        announced_length: int | None,
        announced_digest: str | None,
        at: datetime,
        most: int | None = None,
    ) -> Kept:
        """Keep what arrives, if it is what was announced: length in bytes, SHA-256 in hexadecimal, or None.

        `most` is the most bytes that this file may have, where that is less than any may.

        Nothing is kept, and the partial file is gone, when this raises: UploadBroken (cut off, or other bytes than
        announced), TooLarge, Invalid (empty, or an announcement that cannot be true), NoRoom (the disk has none for it,
        now or while it comes, besides what others announced and the records need), Unavailable (the disk).
        """
        digest = check_announced(length=announced_length, digest=announced_digest, limit=self.limit)
        limit = self.limit if most is None else min(most, self.limit)

        def check(size: int) -> None:
            if size > limit:
                raise too_large(limit)
            if announced_length is not None and size > announced_length:
                raise UploadBroken(f"More than the announced {announced_length} bytes arrived; {_AGAIN}.")

        with plainly():
            async with self._partial(announced_length, at) as (path, partial):
                await receive(chunks, partial, check=check, patience=PATIENCE, so=_AGAIN)
                kept = Kept(digest=partial.digest, size=partial.size)
                check_whole(kept, length=announced_length, so=_AGAIN)
                check_same(kept, digest=digest)
                partial.finish()
                await asyncio.to_thread(partial.sync)
                await self.unrecorded.put(self._place, path, kept)
                return kept

    def open(self, digest: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """What are the bytes of this digest from `start` up to `end`, not included, a mebibyte at most at a time?

        NotFound, at once, when they are not kept.
        """
        return self._place.open(digest, start=start, end=end)

    def open_whole(self, digest: str, *, size: int) -> Iterator[bytes]:
        """What are these `size` bytes? The last piece comes once all are proven to have this digest, or never.

        Raises Damaged in its place where they have not, and NotFound at once where none lie there.
        """
        actual, last = hashlib.sha256(), b""
        for piece in self._place.open(digest, end=size):
            actual.update(piece)
            if last:
                yield last
            last = piece
        if actual.hexdigest() != digest:
            raise Damaged(_DAMAGED)
        yield last

    def size(self, digest: str) -> int:
        """How many bytes lie under this digest? NotFound where none do."""
        return self._place.size(digest)

    def lies(self, digest: str) -> bool:
        """Does something lie under this digest? For a writer's turn: it waits for the place some seconds at most."""
        return self._place.lying(digest) is not None

    def remove(self, digest: str) -> bool:
        """Take the bytes of this digest away, wherever they are. Were there any? The caller knows that they may go.

        For a writer's turn: it waits for the place some seconds at most.
        """
        size = self._place.lying(digest)
        if size is None:
            return False
        self.arrivals.discard_settled(Kept(digest=digest, size=size))
        self._place.remove(digest)
        return True

    def take_back(self, digest: str) -> None:
        """Take away what lies under this digest, in a writer's turn; an upload of it that is on its way stays."""
        self._place.remove(digest)

    def digests(self) -> Iterator[str]:
        """Under which digests does something lie? In order, whatever it is worth: ask `verify`."""
        return self._place.digests()

    def others(self) -> Iterator[str]:
        """What lies in the place under no digest, which no engine put there? Names as they lie, in order."""
        return self._place.others()

    def local(self, digest: str) -> AbstractContextManager[Path]:
        """A file on this machine with these bytes, to be read and not written, until the context is left."""
        return self._place.local(digest)

    def verify(self, digest: str) -> bool:
        """Are the bytes kept, and still the ones that were handed in? Reads them all."""
        actual = hashlib.sha256()
        try:
            for piece in self._place.open(digest):
                actual.update(piece)
        except NotFound:
            return False
        return actual.hexdigest() == digest

    def verify_all(self, digests: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """What does `verify` say of each of these, in their order? A thread a core reads, and no further ahead.

        Whoever leaves off waits for what is being read at that moment, and no longer.
        """
        cores = os.cpu_count() or 1
        asked = iter(digests)
        with ThreadPoolExecutor(cores, thread_name_prefix="verify") as readers:
            ahead = deque((one, readers.submit(self.verify, one)) for one in islice(asked, 2 * cores))
            try:
                while ahead:
                    digest, whole = ahead.popleft()
                    yield digest, whole.result()
                    ahead.extend((one, readers.submit(self.verify, one)) for one in islice(asked, 1))
            finally:
                for _, waiting in ahead:
                    waiting.cancel()

    def sweep(self, *, older_than: timedelta, at: datetime) -> int:
        """Remove uploads whose time is over, and leftovers of a crash that lie there for so long. How many?"""
        return self.arrivals.sweep(older_than=older_than, at=at)

    @asynccontextmanager
    async def _partial(self, length: int | None, at: datetime) -> AsyncIterator[tuple[Path, Partial]]:
        """A file of this upload alone, which is gone in the end; also where that is cancelled while it waits."""
        held = ExitStack()
        opening = asyncio.ensure_future(asyncio.to_thread(self._begin, length, at, held))
        try:
            yield await asyncio.shield(opening)
        finally:
            with suppress(Exception):  # it was raised above
                await opening
            held.close()

    def _begin(self, length: int | None, at: datetime, held: ExitStack) -> tuple[Path, Partial]:
        """Make the file, readable by nobody else, where there is room for so many bytes; each piece asks the disk too.

        One of a length that nobody said takes nothing for which room was kept when it began.
        """
        with one_asks(self._arriving):
            promised = self.arrivals.to_come(at=at)
            check_room(self._arriving, length or 0, promised=promised, so=_NOTHING, free=self._free)
            descriptor, name = tempfile.mkstemp(prefix=plain(length), dir=self._arriving)
        left_alone = promised if length is None else 0
        held.callback(Path(name).unlink, missing_ok=True)
        partial = Partial(
            os.fdopen(descriptor, "r+b", buffering=0), beginning(),
            room=lambda size: check_room(self._arriving, size, promised=left_alone, so=_NOTHING, free=self._free),
        )  # fmt: skip
        held.callback(partial.close)
        return Path(name), partial


def open_store(
    where: Path | BucketName, *, arriving: Path | None, limit: int, endpoint: str = "", free: Free = free_on
) -> EvidenceStore:
    """The store at this place. What arrives goes to `arriving`; None for a folder beside the files, on their disk."""
    match where:
        case BucketName():
            if arriving is None:
                raise ValueError("a bucket needs a folder for what arrives")
            return EvidenceStore(
                Bucket(where, copies=arriving, endpoint=endpoint), arriving=arriving, limit=limit, free=free
            )
        case Path():
            beside = arriving or where / "arriving"
            return EvidenceStore(Folder(where, beside=beside), arriving=beside, limit=limit, free=free)
