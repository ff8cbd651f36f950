"""Uploads that survive a cut: each byte that came is kept on this machine's disk, and the upload goes on from there."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accreditation.errors import InUse, NotFound, UploadBroken
from accreditation.evidence.announced import check_announced, check_same, check_whole
from accreditation.evidence.arrival import CHECKSUMS, Arrival, Checksum, read_note, there
from accreditation.evidence.disk import plainly, sync
from accreditation.evidence.going_on import check_may_go_on, one_writer, receive_piece
from accreditation.evidence.marks import Marks, hashed_again
from accreditation.evidence.partial import PATIENCE, NeedsRoom, Partial
from accreditation.evidence.place import Kept, Place
from accreditation.evidence.room import TURN, Free, check_room, free_on, one_asks
from accreditation.evidence.unfinished import Unfinished
from accreditation.evidence.unrecorded import ENDING, Unrecorded
from accreditation.evidence.upload_files import UploadFiles, is_writable

__all__ = ["CHECKSUMS", "LASTS", "Arrival", "Arrivals", "Checksum"]  # what whoever hands on uploads knows

LEFTOVER = timedelta(days=1)
"""A partial file of no upload, to which nothing was added for so long, is the leftover of a crash."""

SWEPT_EVERY = timedelta(hours=1)
"""How often, at most, the beginning of an upload sweeps: whatever arrives on a machine is swept away there."""

LASTS = timedelta(days=7)
"""How long an upload has from its beginning to its end."""

Check = Callable[[Sequence[Arrival]], None]
"""What may refuse another upload, beside those that are not finished."""

_NOTHING = "nothing was kept"
_BEFORE = "what came before is kept"
_GO_ON = f"{_BEFORE}. Go on from there"


class Arrivals:
    """Uploads under names that cannot be guessed, in `folder`: the bytes, and a note beside them that says what of.

    Where they are whole they are settled in `place`. `limit` is the most bytes a file may have, `patience` for how
    many seconds nothing may arrive while somebody sends, `free` how much room their disk has. Safe for several threads
    and processes on one folder. Every method raises NotFound for a name that is not there, or no longer, and
    Unavailable where the disk refuses.
    """

    def __init__(
        self, folder: Path, *, place: Place, limit: int, patience: float = PATIENCE, free: Free = free_on
    ) -> None:
        self._folder = folder
        self._files = UploadFiles(folder)
        self._place = place
        self._limit = limit
        self._patience = patience
        self._free = free
        self._marks = Marks()
        self._swept_at: datetime | None = None
        self._unfinished = Unfinished(folder)
        self._unrecorded = Unrecorded(folder)

    def begin(
        self, *, length: int | None, about: Mapping[str, str], at: datetime, check: Check | None = None
    ) -> Arrival:  # fmt: skip
        """Begin an upload, of which `about` is to be remembered.

        Raises Invalid or TooLarge for a length not taken, NoRoom where the disk has none for it and for what it keeps
        for others, and what `check` raises of the uploads that are not finished: no other one begins in this folder
        meanwhile. A power cut before its first bytes may take it away again: nobody lost anything yet.
        """
        check_announced(length=length, digest=None, limit=self._limit)
        if self._swept_at is None or at >= self._swept_at + SWEPT_EVERY:
            self._swept_at = at
            self.sweep(older_than=LEFTOVER, at=at)
        name = secrets.token_hex(16)
        begun = Arrival(name=name, length=length, offset=0, about=about, begun_at=at, expires_at=at + LASTS)
        with plainly(), one_asks(self._folder):
            promised = self._unfinished.to_come(at=at)
            check_room(self._folder, length or 0, promised=promised, so=_NOTHING, free=self._free)
            if check is not None:
                check(self.unfinished(at=at))
            self._files.begin(begun)
        return begun

    def begin_anew(self, name: str, *, about: Mapping[str, str], at: datetime) -> Arrival:
        """Begin this unfinished upload anew, as what `about` says: the bytes that came are there, under another name.

        What an upload was begun as is never written over: whoever reads it meanwhile reads the one or the other.
        Raises InUse where somebody adds to it now.
        """
        with plainly(), self._files.alone(name):
            begun = replace(
                self._files.read(name), name=secrets.token_hex(16), about=about, begun_at=at, expires_at=at + LASTS
            )
            self._files.begin(begun)
            with there():
                self._files.bytes(name).replace(self._files.bytes(begun.name))
            self.discard(name)
            sync(self._folder)
        return begun

    def to_come(self, *, at: datetime) -> int:
        """For how many bytes to come is room kept? A look at each upload: for whoever begins, not for each piece."""
        with plainly():
            return self._unfinished.to_come(at=at)

    def find(self, name: str) -> Arrival:
        """How far is this upload? Every byte that is told is on the disk."""
        with plainly(), there():
            arrival = self._files.read(name)
            if arrival.outcome is None:
                sync(self._files.bytes(name))
            return arrival

    def unfinished(self, *, at: datetime) -> tuple[Arrival, ...]:
        """Which uploads are there whose bytes became nothing yet, and whose time is not over? The oldest first."""
        with plainly():
            return self._unfinished.those(at=at)

    def has_room(self, arrival: Arrival, *, at: datetime) -> bool:
        """Is room kept for what is to come of this upload?"""
        return self._unfinished.has_room(arrival, at=at)

    async def append(
        self, name: str, *, offset: int, chunks: AsyncIterator[bytes], checksum: Checksum | None = None, at: datetime
    ) -> Arrival:
        """Add these bytes, which begin at `offset`; they are on the disk when this returns.

        Also when it raises, every byte is that came before a cut (UploadBroken; without its end, a piece cannot be
        checked), or before the disk had no more room than the records need (NoRoom). A piece that is refused leaves the
        upload as it was before it: Stale where the upload stands at another offset, InUse where somebody adds to it
        now, TooLarge where more comes than the length or the limit, PieceBroken where it is not what its checksum says,
        Contradiction where the upload is settled.
        """
        with plainly(so=_BEFORE):
            room = self._needs_room(name, at)
            async with one_writer(self._files, self._marks, name, room=room) as (arrival, partial):
                check_may_go_on(arrival, partial, offset=offset, at=at)
                try:
                    await receive_piece(
                        chunks, partial, arrival, checksum=checksum, limit=self._limit, patience=self._patience,
                        so=_GO_ON,
                    )  # fmt: skip
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
            async with one_writer(self._files, self._marks, name, room=_nothing_comes) as (arrival, partial):
                kept = Kept(digest=partial.digest, size=partial.size)
                check_whole(kept, length=arrival.length, so=_GO_ON)
                try:
                    check_same(kept, digest=digest)
                except UploadBroken:
                    self.discard(name)
                    raise
                partial.finish()
                placing = self._unrecorded.put(self._place, self._files.bytes(name), kept)
                await asyncio.shield(asyncio.ensure_future(placing))
                self._marks.remember(name, partial.mark)
                return kept

    def conclude(self, name: str, outcome: str) -> None:
        """Remember what this upload became, so that whoever asks again is answered and nothing is done twice.

        Its bytes are let go here; they lie under their digest.
        """
        with plainly():
            self._files.conclude(name, outcome)
            self._marks.forget(name)

    def discard(self, name: str) -> None:
        """Forget this upload; what was settled stays where it is. One that is not there is forgotten already."""
        with plainly():
            self._marks.forget(name)
            self._files.discard(name)

    def discard_settled(self, kept: Kept) -> None:
        """Forget every upload that was settled as this: its bytes are to be nowhere any more."""
        for name in self._files.names():
            path = self._files.bytes(name)
            with plainly(), suppress(FileNotFoundError):
                if is_writable(path) or path.stat().st_size != kept.size:
                    continue
                mark = self._marks.of(name, kept.size) or hashed_again(path)
                if mark.hashed.hexdigest() == kept.digest:
                    self.discard(name)

    def sweep(self, *, older_than: timedelta, at: datetime) -> int:
        """Discard uploads whose time is over, and files of none to which nothing was added for so long. How many?

        An upload that somebody adds to now stays. A file that belongs to no upload is the leftover of a crash; a note
        of what is in no record yet is none.
        """
        kept = self._files.names()
        swept = sum(self._sweep(name, at) for name in kept)
        for file in (one for one in self._folder.glob("*") if one.suffix != ENDING and one.name != TURN):
            with plainly(), suppress(FileNotFoundError):  # its upload ended while we looked
                changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                if file.name.partition(".")[0] not in kept and changed < at - older_than:
                    file.unlink()
                    swept += 1
        return swept

    def _sweep(self, name: str, at: datetime) -> bool:
        with plainly(), suppress(NotFound, InUse):
            if read_note(self._files.note(name), offset=0).expires_at < at:
                with self._files.alone(name):
                    self.discard(name)
                return True
        return False

    def _sync(self, name: str, partial: Partial, *, first: bool) -> None:
        """Wait until all that came is on the disk, and with the first of it the note and both names."""
        partial.sync()
        if first:
            self._files.sync_beginning(name)

    def _needs_room(self, name: str, at: datetime) -> NeedsRoom:
        """What asks for room for each piece that is added to this upload from now on.

        Where none is kept for it any more, the first piece asks for all that is to come: it has its room again, or
        takes nothing of what others were told is theirs.
        """
        asked = False

        def ask(size: int) -> None:
            nonlocal asked
            if not asked:
                self._ask_again(name, at)
                asked = True
            check_room(self._folder, size, so=_BEFORE, free=self._free)

        return ask

    def _ask_again(self, name: str, at: datetime) -> None:
        arrival = self._files.read(name)
        if self._unfinished.has_room(arrival, at=at):
            return
        with one_asks(self._folder):
            left = max(0, (arrival.length or 0) - arrival.offset)
            check_room(self._folder, left, promised=self._unfinished.to_come(at=at), so=_BEFORE, free=self._free)
            with there():
                os.utime(self._files.bytes(name))


def _nothing_comes(_size: int) -> None:
    """Nothing is written to an upload that is settled: it asks for no room."""
