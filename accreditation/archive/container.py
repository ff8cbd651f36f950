"""The container, byte for byte: a ZIP of stored members, the same bytes for the same members on every machine.

Nothing is packed smaller: no byte then depends on a library for packing, and nothing can become larger than it is.
Every header is worked out from names, sizes, checksums and order alone, so that who checks an archive can write them
again and compare. The days that ZIP gives its members are all the first one it knows, and say nothing.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LOCAL, LISTED, END, END_64, LOCATOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"

MOST_MEMBERS = 20_000
"""More than any cycle has; whoever checks an archive need not read a longer list."""

_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_UTF_8 = 0x0800
_STORED = 0
_FIRST_DAY = 0x0021
_PLAIN, _WITH_64 = 20, 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A member as its headers tell of it. `offset` is where its own header begins."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def header(self) -> bytes:
        """What stands before its bytes."""
        large = self.size >= _FULL_32
        extra = struct.pack("<HHQQ", 1, 16, self.size, self.size) if large else b""
        size = _FULL_32 if large else self.size
        name = self.name.encode()
        fixed = struct.pack(
            "<4sHHHHHIIIHH", LOCAL, _WITH_64 if large else _PLAIN, _UTF_8, _STORED, 0, _FIRST_DAY, self.crc, size, size,
            len(name), len(extra),
        )  # fmt: skip
        return fixed + name + extra

    @property
    def listed(self) -> bytes:
        """What stands of it in the list at the end."""
        large, far = self.size >= _FULL_32, self.offset >= _FULL_32
        sizes = struct.pack("<QQ", self.size, self.size) if large else b""
        more = sizes + (struct.pack("<Q", self.offset) if far else b"")
        extra = struct.pack("<HH", 1, len(more)) + more if more else b""
        size, version = _FULL_32 if large else self.size, _WITH_64 if more else _PLAIN
        name = self.name.encode()
        fixed = struct.pack(
            "<4sHHHHHHIIIHHHHHII", LISTED, version, version, _UTF_8, _STORED, 0, _FIRST_DAY, self.crc, size, size,
            len(name), len(extra), 0, 0, 0, 0, _FULL_32 if far else self.offset,
        )  # fmt: skip
        return fixed + name + extra

    @property
    def after(self) -> int:
        """Where the next member begins."""
        return self.offset + len(self.header) + self.size


def laid_out(members: Iterable[tuple[str, int, int]]) -> tuple[Entry, ...]:
    """Where does each of these members (name, size, CRC-32) lie, one behind the other from the beginning?"""
    found: list[Entry] = []
    offset = 0
    for name, size, crc in members:
        found.append(Entry(name=name, size=size, crc=crc, offset=offset))
        offset = found[-1].after
    return tuple(found)


def ending(entries: Sequence[Entry]) -> bytes:
    """What stands behind the last member: the list of all, and where it begins."""
    start = entries[-1].after if entries else 0
    listed = b"".join(one.listed for one in entries)
    count, size = len(entries), len(listed)
    large = count >= _FULL_16 or start >= _FULL_32 or size >= _FULL_32
    if large:
        listed += struct.pack("<4sQHHIIQQQQ", END_64, 44, _WITH_64, _WITH_64, 0, 0, count, count, size, start)
        listed += struct.pack("<4sIQI", LOCATOR, 0, start + size, 1)
    few = min(count, _FULL_16)
    return listed + struct.pack("<4sHHHHIIH", END, 0, 0, few, few, min(size, _FULL_32), min(start, _FULL_32), 0)
