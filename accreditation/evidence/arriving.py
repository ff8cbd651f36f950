"""Uploads that survive a cut: each byte that came is kept on this machine's disk, and the upload goes on from there."""

import asyncio
import fcntl
import json
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accreditation.errors import Contradiction, InUse, NotFound, PieceBroken, Stale, TooLarge, UploadBroken
from accreditation.evidence.announced import check_announced, check_same, check_whole, too_large
from accreditation.evidence.disk import plainly, sync
from accreditation.evidence.partial import PATIENCE, Mark, Partial, beginning, hashed_again, receive
from accreditation.evidence.place import Kept, Place

LASTS = timedelta(days=7)
"""How long an upload has from its beginning to its end."""

CHECKSUMS = ("sha256", "sha1")
"""How a piece may be checked."""

REMEMBERED = 1000
"""Of so many uploads the hash is kept in memory; of others what is there is hashed again when they go on."""

_GO_ON = "what came before is kept. Go on from there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """What a sender says of one piece: one of CHECKSUMS, and the digest by it."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An upload that began: of `length` bytes (None where it was not said) the first `offset` are on the disk.

    `about` is what its beginner gave to be kept beside it. After `expires_at` it is swept away.
    """

    name: str
    length: int | None
    offset: int
    about: Mapping[str, str]
    begun_at: datetime
    expires_at: datetime


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
        self._marks = _Marks()

    def begin(self, *, length: int | None, about: Mapping[str, str], at: datetime) -> Arrival:
        """Begin an upload, of which `about` is to be remembered. Raises Invalid or TooLarge for a length not taken."""
        check_announced(length=length, digest=None, limit=self._limit)
        name = secrets.token_hex(16)
        note = {
            "length": length,
            "about": dict(about),
            "begun_at": at.isoformat(),
            "expires_at": (at + self._lasts).isoformat(),
        }
        with plainly():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._bytes(name).touch(mode=0o600, exist_ok=False)
            self._note(name).touch(mode=0o600)
            self._note(name).write_text(json.dumps(note))
            sync(self._note(name))
            sync(self._folder)
        return self.find(name)

    def find(self, name: str) -> Arrival:
        """How far is this upload? Every byte that is told is on the disk."""
        with plainly(), _there():
            note = _read(self._note(name))
            sync(self._bytes(name))
            return Arrival(
                name=name,
                length=note["length"],
                offset=self._bytes(name).stat().st_size,
                about=note["about"],
                begun_at=datetime.fromisoformat(note["begun_at"]),
                expires_at=datetime.fromisoformat(note["expires_at"]),
            )

    async def append(
        self, name: str, *, offset: int, chunks: AsyncIterator[bytes], checksum: Checksum | None = None, at: datetime
    ) -> Arrival:
        """Add these bytes, which begin at `offset`; they are on the disk when this returns.

        Also when it raises, every byte that came before a cut is (UploadBroken; without its end, a piece cannot be
        checked). A piece that is refused leaves the upload as it was before it: Stale where the upload stands at
        another offset, InUse where somebody adds to it now, TooLarge where more comes than the length or the limit,
        PieceBroken where it is not what its checksum says, Contradiction where the upload is settled.
        """
        with plainly(so=_GO_ON):
            async with self._turn(name) as (arrival, partial):
                _may_go_on(arrival, partial, offset, at)
                try:
                    await self._receive(chunks, partial, arrival, checksum)
                finally:
                    await asyncio.shield(asyncio.to_thread(partial.sync))
                    self._marks.remember(name, partial.mark)
                return await asyncio.to_thread(self.find, name)

    async def settle(self, name: str, *, announced_digest: str | None = None) -> Kept:
        """Keep what has arrived under its digest, once it is whole. Asked again, it answers the same.

        The upload stays, to be asked about until it is discarded or expires. Raises UploadBroken where bytes are still
        missing, or where they are others than announced: then the upload is discarded.
        """
        digest = check_announced(length=None, digest=announced_digest, limit=self._limit)
        with plainly(so=_GO_ON):
            async with self._turn(name) as (arrival, partial):
                kept = Kept(digest=partial.digest, size=partial.size)
                check_whole(kept, length=arrival.length, so=_GO_ON)
                try:
                    check_same(kept, digest=digest)
                except UploadBroken:
                    self.discard(name)
                    raise
                await asyncio.shield(asyncio.to_thread(partial.finish))
                await asyncio.shield(asyncio.ensure_future(self._place.put(self._bytes(name), kept)))
                self._marks.remember(name, partial.mark)
                return kept

    def discard(self, name: str) -> None:
        """Forget this upload; what was settled stays where it is. One that is not there is forgotten already."""
        with plainly():
            self._marks.forget(name)
            self._note(name).unlink(missing_ok=True)
            self._bytes(name).unlink(missing_ok=True)

    def discard_settled(self, digest: str) -> None:
        """Forget every upload that was settled under this digest: its bytes are to be nowhere any more."""
        for name in self.names():
            path = self._bytes(name)
            with plainly(), suppress(FileNotFoundError):
                if _writable(path):
                    continue
                mark = self._marks.of(name, path.stat().st_size) or hashed_again(path)
                if mark.hashed.hexdigest() == digest:
                    self.discard(name)

    def sweep(self, *, at: datetime) -> int:
        """Discard every upload whose time is over, but for one that somebody adds to now. How many were there?"""
        swept = 0
        for note in self._folder.glob("*.json"):
            with suppress(NotFound, InUse):
                if self.find(note.stem).expires_at < at:
                    with self._alone(note.stem):
                        self.discard(note.stem)
                    swept += 1
        return swept

    def names(self) -> frozenset[str]:
        """The names of the uploads that are there."""
        return frozenset(self._names())

    def _names(self) -> Iterator[str]:
        for note in self._folder.glob("*.json"):
            with suppress(NotFound):
                yield self.find(note.stem).name

    def _bytes(self, name: str) -> Path:
        return self._folder / _checked(name)

    def _note(self, name: str) -> Path:
        return self._folder / f"{_checked(name)}.json"

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
        arrival = self.find(name)
        path = self._bytes(name)
        with _there():
            mark = self._marks.of(name, arrival.offset) or hashed_again(path)
            file = path.open("r+b" if _writable(path) else "rb", buffering=0)
        partial = Partial(file, mark)
        held.callback(partial.close)
        return arrival, partial

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Nobody else adds to this upload meanwhile; a process that dies lets go by that."""
        with _there(), self._note(name).open("r+b") as note:
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as taken:
                raise InUse("Somebody adds to this upload at this moment. Ask how far it is, then go on.") from taken
            yield

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


class _Marks:
    """How far uploads are hashed, as long as there is room; the longest unused is forgotten first."""

    def __init__(self) -> None:
        self._marks: OrderedDict[str, Mark] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str, size: int) -> Mark | None:
        """Where this upload stands, if it was hashed here so far; another process may have gone on with it."""
        with self._lock:
            mark = self._marks.get(name) if size else beginning()
            return mark.copy() if mark is not None and mark.size == size else None

    def remember(self, name: str, mark: Mark) -> None:
        with self._lock:
            self._marks[name] = mark
            self._marks.move_to_end(name)
            while len(self._marks) > REMEMBERED:
                self._marks.popitem(last=False)

    def forget(self, name: str) -> None:
        with self._lock:
            self._marks.pop(name, None)


def _may_go_on(arrival: Arrival, partial: Partial, offset: int, at: datetime) -> None:
    if at > arrival.expires_at:
        raise _gone()
    if offset != arrival.offset:
        raise Stale(
            f"This upload stands at byte {arrival.offset}, and {offset} was said. Go on from {arrival.offset}.",
            where="offset",
            current_version=arrival.offset,
            current=arrival.offset,
        )
    if not partial.writable:
        raise Contradiction("This upload is finished; nothing can be added to it. Begin another one.")


def _checked(name: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{32}", name):
        raise _gone()
    return name


@contextmanager
def _there() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as missing:
        raise _gone() from missing


def _gone() -> NotFound:
    return NotFound("There is no such upload, or its time is over. Begin it again.")


def _read(note: Path) -> dict[str, Any]:
    """What the note says. One that a power cut left unfinished was never told to anybody."""
    try:
        said: dict[str, Any] = json.loads(note.read_text())
    except ValueError as unfinished:
        raise _gone() from unfinished
    return said


def _writable(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o200)
