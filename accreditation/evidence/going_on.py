"""An upload goes on: opened where it stands for one writer alone, and a piece more of it received."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import datetime

from accreditation.errors import Contradiction, PieceBroken, Stale, TooLarge
from accreditation.evidence.announced import too_large
from accreditation.evidence.arrival import Arrival, Checksum, gone, there
from accreditation.evidence.marks import Marks, hashed_again
from accreditation.evidence.partial import NeedsRoom, Partial, receive
from accreditation.evidence.upload_files import UploadFiles, is_writable


@asynccontextmanager
async def one_writer(
    files: UploadFiles, marks: Marks, name: str, *, room: NeedsRoom
) -> AsyncIterator[tuple[Arrival, Partial]]:
    """The upload, opened in a thread, for one writer alone; it is closed again also where that is cancelled.

    Raises NotFound, InUse where somebody else has it, and Contradiction where it is concluded.
    """
    held = ExitStack()
    opening = asyncio.ensure_future(asyncio.to_thread(_open, files, marks, name, room, held))
    try:
        yield await asyncio.shield(opening)
    finally:
        with suppress(Exception):  # it was raised above
            await opening
        held.close()


def _open(
    files: UploadFiles, marks: Marks, name: str, room: NeedsRoom, held: ExitStack
) -> tuple[Arrival, Partial]:  # fmt: skip
    held.enter_context(files.alone(name))
    path = files.bytes(name)
    with there():
        arrival = files.read(name)
        if arrival.outcome is not None:
            raise _finished()
        mark = marks.of(name, arrival.offset) or hashed_again(path)
        file = path.open("r+b" if is_writable(path) else "rb", buffering=0)
    partial = Partial(file, mark, room=room)
    held.callback(partial.close)
    return arrival, partial


def check_may_go_on(arrival: Arrival, partial: Partial, *, offset: int, at: datetime) -> None:
    """May bytes be added that begin at `offset`? Raises NotFound after its time, Stale, Contradiction."""
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


async def receive_piece(
    chunks: AsyncIterator[bytes],
    partial: Partial,
    arrival: Arrival,
    *,
    checksum: Checksum | None,
    limit: int,
    patience: float,
    so: str,
) -> None:
    """Write this piece. One that is refused (TooLarge, PieceBroken) leaves what was there before it."""
    before = partial.mark
    try:
        piece = partial.hash_piece(checksum.algorithm) if checksum else None
        await receive(chunks, partial, check=_within(arrival, limit), patience=patience, so=so)
        if checksum and piece and piece.digest() != checksum.digest:
            raise PieceBroken(f"This piece is not what its {checksum.algorithm} checksum says; it was not kept.")
    except (TooLarge, PieceBroken):
        await asyncio.shield(asyncio.to_thread(partial.back_to, before))
        raise


def _within(arrival: Arrival, limit: int) -> Callable[[int], None]:
    def check(size: int) -> None:
        if arrival.length is not None and size > arrival.length:
            raise TooLarge(f"More than the announced {arrival.length} bytes arrived; this piece was not kept.")
        if size > limit:
            raise too_large(limit)

    return check


def _finished() -> Contradiction:
    return Contradiction("This upload is finished; nothing can be added to it. Begin another one.")
