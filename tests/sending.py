"""Senders, as the tests of evidence know them: in one go, cut off, or waiting for ever."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from accreditation.evidence.arriving import Arrival, Arrivals, Checksum

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


async def sent(*chunks: bytes, then: BaseException | None = None) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
    if then is not None:
        raise then


async def stalled(*chunks: bytes, reached: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    """These bytes, and then nothing more for ever."""
    for chunk in chunks:
        yield chunk
    if reached is not None:
        reached.set()
    await asyncio.Event().wait()


def begin(arrivals: Arrivals, *, length: int | None = None) -> str:
    return arrivals.begin(length=length, about={}, at=AT).name


def append(
    arrivals: Arrivals,
    name: str,
    *chunks: bytes,
    offset: int,
    checksum: Checksum | None = None,
    then: BaseException | None = None,
) -> Arrival:
    return asyncio.run(arrivals.append(name, offset=offset, chunks=sent(*chunks, then=then), checksum=checksum, at=AT))
