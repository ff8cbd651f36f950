"""Uploads that survive a cut: each byte that came is kept on this machine's disk, and the upload goes on from there."""

import asyncio
import fcntl
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accreditation.errors import Contradiction, InUse, NotFound, PieceBroken, Stale, TooLarge, UploadBroken
from accreditation.evidence.announced import check_announced, check_same, check_whole, too_large
from accreditation.evidence.arrival import (
    CHECKSUMS,
    Arrival,
    Checksum,
    End,
    check_name,
    gone,
    is_note,
    read_end,
    read_note,
    there,
    write_end,
    write_note,
)
from accreditation.evidence.disk import check_room, plainly, sync
from accreditation.evidence.marks import Marks, hashed_again
from accreditation.evidence.partial import PATIENCE, Partial, receive
from accreditation.evidence.place import Kept, Place
from accreditation.evidence.unfinished import Unfinished
from accreditation.evidence.unrecorded import ENDING, Unrecorded

__all__ = ["CHECKSUMS", "LASTS", "Arrival", "Arrivals", "Checksum"]  # what whoever hands on uploads knows

LEFTOVER = timedelta(days=1)
"""A partial file of no upload, to which nothing was added for so long, is the leftover of a crash."""

SWEPT_EVERY = timedelta(hours=1)
"""How often, at most, the beginning of an upload sweeps: whatever arrives on a machine is swept away there."""

LASTS = timedelta(days=7)
"""How long an upload has from its beginning to its end."""

Check = Callable[[Sequence[Arrival]], None]
"""What may refuse another upload, beside those that are not finished."""

_BEFORE = "what came before is kept"
_GO_ON = f"{_BEFORE}. Go on from there"


class Arrivals:
    """Uploads under names that cannot be guessed, in `folder`: the bytes, and a note beside them that says what of.

    Where they are whole they are settled in `place`. `limit` is the most bytes a file may have, `patience` for how
    many seconds nothing may arrive while somebody sends. Safe for several threads and processes on one folder. Every
    method raises NotFound for a name that is not there, or no longer, and Unavailable where the disk refuses.
    """

    def __init__(
        self, folder: Path, *, place: Place, limit: int, lasts: timedelta = LASTS, patience: float = PATIENCE
    ) -> None:
        self._folder = folder
        self._place = place
        self._limit = limit
        self._lasts = lasts
        self._patience = patience
        self._marks = Marks()
        self._swept_at: datetime | None = None
        self._unfinished = Unfinished(folder)
        self._unrecorded = Unrecorded(folder)
        self._beginning = threading.Lock()

    def begin(
        self, *, length: int | None, about: Mapping[str, str], at: datetime, check: Check | None = None
    ) -> Arrival:  # fmt: skip
        """Begin an upload, of which `about` is to be remembered.

        Raises Invalid or TooLarge for a length not taken, NoRoom where the disk has none for it now, and what `check`
        raises of the uploads that are not finished: no other one begins in this process meanwhile. A power cut before
        its first bytes may take it away again: nobody lost anything yet.
        """
        check_announced(length=length, digest=None, limit=self._limit)
        if self._swept_at is None or at >= self._swept_at + SWEPT_EVERY:
            self._swept_at = at
            self.sweep(older_than=LEFTOVER, at=at)
        name = secrets.token_hex(16)
        begun = Arrival(name=name, length=length, offset=0, about=about, begun_at=at, expires_at=at + self._lasts)
        with plainly(), self._beginning:
            self._folder.mkdir(parents=True, exist_ok=True)
            check_room(self._folder, length or 0)
            if check is not None:
                check(self.unfinished(at=at))
            self._bytes(name).touch(mode=0o600, exist_ok=False)
            write_note(self._note(name), begun)
        return begun

    def find(self, name: str) -> Arrival:
        """How far is this upload? Every byte that is told is on the disk."""
        with plainly(), there():
            arrival = self._read(name)
            if arrival.outcome is None:
                sync(self._bytes(name))
            return arrival

    def unfinished(self, *, at: datetime) -> tuple[Arrival, ...]:
        """Which uploads are there whose bytes became nothing yet, and whose time is not over? The oldest first."""
        with plainly():
            return self._unfinished.those(at=at)

    async def append(
        self, name: str, *, offset: int, chunks: AsyncIterator[bytes], checksum: Checksum | None = None, at: datetime
    ) -> Arrival:
        """Add these bytes, which begin at `offset`; they are on the disk when this returns.

        Also when it raises, every byte that came before a cut is (UploadBroken; without its end, a piece cannot be
        checked). A piece that is refused leaves the upload as it was before it: Stale where the upload stands at
        another offset, InUse where somebody adds to it now, TooLarge where more comes than the length or the limit,
        PieceBroken where it is not what its checksum says, Contradiction where the upload is settled.
        """
        with plainly(so=_BEFORE):
            async with self._turn(name) as (arrival, partial):
                _may_go_on(arrival, partial, offset, at)
                try:
                    await self._receive(chunks, partial, arrival, checksum)
                finally:
                    await asyncio.shield(asyncio.to_thread(self._sync, name, partial, first=offset == 0))
                    self._marks.remember(name, partial.mark)
                return replace(arrival, offset=partial.size)

    async def settle(self, name: str, *, announced_digest: str | None = None) -> Kept:
        """Keep what has arrived under its digest, once it is whole. Asked again, it answers the same.

        The upload stays, to be asked about until it is discarded or expires. Raises UploadBroken where bytes are still
        missing, or where they are others than announced: then the upload is discarded.
        """
        digest = check_announced(length=None, digest=announced_digest, limit=self._limit)
        with plainly(so=_BEFORE):
            async with self._turn(name) as (arrival, partial):
                kept = Kept(digest=partial.digest, size=partial.size)
                check_whole(kept, length=arrival.length, so=_GO_ON)
                try:
                    check_same(kept, digest=digest)
                except UploadBroken:
                    self.discard(name)
                    raise
                partial.finish()
                placing = self._unrecorded.put(self._place, self._bytes(name), kept)
                await asyncio.shield(asyncio.ensure_future(placing))
                self._marks.remember(name, partial.mark)
                return kept

    def conclude(self, name: str, outcome: str) -> None:
        """Remember what this upload became, so that whoever asks again is answered and nothing is done twice.

        Its bytes are let go here; they lie under their digest.
        """
        with plainly(), there():
            arrival = self._read(name)
            if arrival.outcome is None:
                write_end(self._end(name), End(outcome, arrival.offset))
                sync(self._folder)
            self._marks.forget(name)
            self._bytes(name).unlink(missing_ok=True)

    def discard(self, name: str) -> None:
        """Forget this upload; what was settled stays where it is. One that is not there is forgotten already."""
        with plainly():
            self._marks.forget(name)
            self._note(name).unlink(missing_ok=True)
            self._bytes(name).unlink(missing_ok=True)
            self._end(name).unlink(missing_ok=True)

    def discard_settled(self, kept: Kept) -> None:
        """Forget every upload that was settled as this: its bytes are to be nowhere any more."""
        for name in self.names():
            path = self._bytes(name)
            with plainly(), suppress(FileNotFoundError):
                if _writable(path) or path.stat().st_size != kept.size:
                    continue
                mark = self._marks.of(name, kept.size) or hashed_again(path)
                if mark.hashed.hexdigest() == kept.digest:
                    self.discard(name)

    def sweep(self, *, older_than: timedelta, at: datetime) -> int:
        """Discard uploads whose time is over, and files of none to which nothing was added for so long. How many?

        An upload that somebody adds to now stays. A file that belongs to no upload is the leftover of a crash; a note
        of what is in no record yet is none.
        """
        kept = self.names()
        swept = sum(self._sweep(name, at) for name in kept)
        for file in (one for one in self._folder.glob("*") if one.suffix != ENDING):
            with plainly(), suppress(FileNotFoundError):  # its upload ended while we looked
                changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                if file.name.partition(".")[0] not in kept and changed < at - older_than:
                    file.unlink()
                    swept += 1
        return swept

    def names(self) -> frozenset[str]:
        """The names of the uploads that are there."""
        return frozenset(note.stem for note in self._folder.glob("*.json") if is_note(note))

    def _sweep(self, name: str, at: datetime) -> bool:
        with plainly(), suppress(NotFound, InUse):
            if read_note(self._note(name), offset=0).expires_at < at:
                with self._alone(name):
                    self.discard(name)
                return True
        return False

    def _bytes(self, name: str) -> Path:
        return self._folder / check_name(name)

    def _read(self, name: str) -> Arrival:
        for _ in range(2):  # it may be concluded between our two looks
            if end := read_end(self._end(name)):
                return replace(read_note(self._note(name), offset=end.size), outcome=end.outcome)
            with suppress(FileNotFoundError):
                return read_note(self._note(name), offset=self._bytes(name).stat().st_size)
        raise gone()

    def _note(self, name: str) -> Path:
        return self._folder / f"{check_name(name)}.json"

    def _end(self, name: str) -> Path:
        return self._folder / f"{check_name(name)}.end"

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncIterator[tuple[Arrival, Partial]]:
        """The upload, opened in a thread, for one writer alone; it is closed again also where that is cancelled."""
        held = ExitStack()
        opening = asyncio.ensure_future(asyncio.to_thread(self._open, name, held))
        try:
            yield await asyncio.shield(opening)
        finally:
            with suppress(Exception):  # it was raised above
                await opening
            held.close()

    def _open(self, name: str, held: ExitStack) -> tuple[Arrival, Partial]:
        held.enter_context(self._alone(name))
        path = self._bytes(name)
        with there():
            arrival = self._read(name)
            if arrival.outcome is not None:
                raise _finished()
            mark = self._marks.of(name, arrival.offset) or hashed_again(path)
            file = path.open("r+b" if _writable(path) else "rb", buffering=0)
        partial = Partial(file, mark)
        held.callback(partial.close)
        return arrival, partial

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Nobody else adds to this upload meanwhile; a process that dies lets go by that."""
        with there(), self._note(name).open("r+b") as note:
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as taken:
                raise InUse("Somebody adds to this upload at this moment. Ask how far it is, then go on.") from taken
            yield

    def _sync(self, name: str, partial: Partial, *, first: bool) -> None:
        """Wait until all that came is on the disk, and with the first of it the note and both names."""
        partial.sync()
        if first:
            with suppress(FileNotFoundError):  # it was discarded meanwhile
                sync(self._note(name))
            sync(self._folder)

    async def _receive(
        self, chunks: AsyncIterator[bytes], partial: Partial, arrival: Arrival, checksum: Checksum | None
    ) -> None:
        before = partial.mark
        try:
            piece = partial.hash_piece(checksum.algorithm) if checksum else None
            await receive(chunks, partial, check=self._within(arrival), patience=self._patience, so=_GO_ON)
            if checksum and piece and piece.digest() != checksum.digest:
                raise PieceBroken(f"This piece is not what its {checksum.algorithm} checksum says; it was not kept.")
        except (TooLarge, PieceBroken):
            await asyncio.shield(asyncio.to_thread(partial.back_to, before))
            raise

    def _within(self, arrival: Arrival) -> Callable[[int], None]:
        def check(size: int) -> None:
            if arrival.length is not None and size > arrival.length:
                raise TooLarge(f"More than the announced {arrival.length} bytes arrived; this piece was not kept.")
            if size > self._limit:
                raise too_large(self._limit)

        return check


def _may_go_on(arrival: Arrival, partial: Partial, offset: int, at: datetime) -> None:
    if at > arrival.expires_at:
        raise gone()
    if offset != arrival.offset:
        raise Stale(
            f"This upload stands at byte {arrival.offset}, and {offset} was said. Go on from {arrival.offset}.",
            where="offset",
            current_version=arrival.offset,
            current=arrival.offset,
        )
    if not partial.writable:
        raise _finished()


def _finished() -> Contradiction:
    return Contradiction("This upload is finished; nothing can be added to it. Begin another one.")


def _writable(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o200)
