"""An archive opened by somebody who trusts nothing in it: bounded before it is read, and nothing is ever written out.

Members are read where they lie, at the size that they have there: there is nothing to unpack, so nothing can become
larger than the file. What lies otherwise than the engine packs it is told; what could lead a reader astray is refused.
"""

import os
import stat
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from accreditation.archive.container import END, END_64, LISTED, LOCAL, LOCATOR, MOST_MEMBERS, Entry, ending
from accreditation.archive.naming import is_safe
from accreditation.errors import Fault, Invalid

PIECE = 1024 * 1024
MOST_LISTED = 8_000_000
"""The most bytes that the list of members may have."""

_AS_EXPORTED = "the file as the engine exported it; ask for it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A member where it lies: `start` is the first of its bytes, `entry` what the list says of it."""

    entry: Entry
    start: int

    @property
    def name(self) -> str:
        """Its name."""
        return self.entry.name

    @property
    def end(self) -> int:
        """Where the bytes behind it begin."""
        return self.start + self.entry.size


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An archive's members in the order in which they lie, and what about the container is not as it was packed."""

    file: BinaryIO
    members: Sequence[Lying]
    faults: Sequence[str]

    def pieces(self, member: Lying) -> Iterator[bytes]:
        """The bytes of this member, a mebibyte at most at a time."""
        self.file.seek(member.start)
        left = member.entry.size
        while left and (piece := self.file.read(min(left, PIECE))):
            left -= len(piece)
            yield piece

    def whole(self, member: Lying, *, most: int) -> bytes | None:
        """All bytes of this member; None where they are more than `most`."""
        return None if member.entry.size > most else b"".join(self.pieces(member))

    def lines(self, member: Lying, *, longest: int) -> Iterator[bytes]:
        """The lines of this member, without their ends. One that is longer is cut there, and is read as two."""
        rest = b""
        for piece in self.pieces(member):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            while len(rest) > longest:
                yield rest[:longest]
                rest = rest[longest:]
        if rest:
            yield rest


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open this archive. Raises Invalid where it is none, is cut off, or is made to mislead or to exhaust a reader."""
    with _plain_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        start, count, listed = _ending(file, size)
        entries = _listed(listed, count)
        members, faults = _lying(file, entries, start)
        file.seek(start)
        behind = ending([one.entry for one in members])
        # No more is read than is compared, however much stands there.
        if not faults and file.read(len(behind) + 1) != behind:
            faults.append("its list of members is not as it was written")
        yield Opened(file=file, members=members, faults=faults)


def _plain_file(path: Path) -> BinaryIO:
    if not stat.S_ISREG(path.stat().st_mode):
        raise _refused("no file", "the archive itself")
    return path.open("rb")


def _ending(file: BinaryIO, size: int) -> tuple[int, int, bytes]:
    """Where does the list begin, how many members has it, and what are its bytes?"""
    tail = _read(file, max(0, size - 22), 22)
    if len(tail) < 22 or tail[:4] != END or tail[20:] != b"\0\0":
        raise _refused("no archive, or its end is cut off, or something stands behind it", _AS_EXPORTED)
    count, length, start = struct.unpack("<HII", tail[10:20])
    end = size - 22
    locator = _read(file, max(0, end - 20), 20)
    if locator[:4] == LOCATOR:
        end = int.from_bytes(locator[8:16], "little")
        record = _read(file, end, 56)
        if end + 56 + 20 + 22 != size or record[:4] != END_64:
            raise _refused("its end is damaged", _AS_EXPORTED)
        count, length, start = struct.unpack("<QQQ", record[32:56])
    if count > MOST_MEMBERS or length > MOST_LISTED:
        raise _refused(f"a list of {count:,} members in {length:,} bytes", f"at most {MOST_MEMBERS:,} members")
    if start + length != end:
        raise _refused("its list of members is not where its end says", _AS_EXPORTED)
    return start, count, _read(file, start, length)


def _listed(listed: bytes, count: int) -> list[Entry]:
    """What the list says, member by member."""
    found: list[Entry] = []
    at = 0
    while at < len(listed) and len(found) <= count:
        if listed[at : at + 4] != LISTED or at + 46 > len(listed):
            break
        method, crc, packed, size, name_size, extra_size, comment = struct.unpack(
            "<H4xIIIHHH", listed[at + 10 : at + 34]
        )
        offset = int.from_bytes(listed[at + 42 : at + 46], "little")
        name = listed[at + 46 : at + 46 + name_size]
        extra = listed[at + 46 + name_size : at + 46 + name_size + extra_size]
        at += 46 + name_size + extra_size + comment
        if method != 0 or packed != size:
            raise _refused("members that are packed smaller, as the engine never does", _AS_EXPORTED)
        size, offset = _with_64(size, offset, extra)
        found.append(Entry(name=_name(name), size=size, crc=crc, offset=offset))
    if at != len(listed) or len(found) != count:
        raise _refused("a list of members that cannot be read", _AS_EXPORTED)
    _no_two_alike(found)
    return found


def _with_64(size: int, offset: int, extra: bytes) -> tuple[int, int]:
    """The same figures, where they need 64 bits."""
    numbers = [int.from_bytes(extra[at : at + 8], "little") for at in range(4, len(extra) - 7, 8)]
    if size == 0xFFFFFFFF and len(numbers) >= 2:
        size, *numbers = (numbers[0], *numbers[2:])
    if offset == 0xFFFFFFFF and numbers:
        offset = numbers[0]
    return size, offset


def _name(raw: bytes) -> str:
    """The name, where it is one that the engine gives. An absolute path, one that leads out, or a device is none."""
    name = raw.decode("ascii", errors="replace")
    if not is_safe(name):
        raise _refused(f"a member called {name[:80]!r}", "names that are safe on every system; unpack it nowhere")
    return name


def _no_two_alike(entries: Sequence[Entry]) -> None:
    seen: set[str] = set()
    for one in entries:
        if one.name.lower() in seen:
            raise _refused(f"two members called '{one.name}'", "every name once; unpack it nowhere")
        seen.add(one.name.lower())


def _lying(file: BinaryIO, entries: Sequence[Entry], start: int) -> tuple[list[Lying], list[str]]:
    """Where does each lie, and what is not as it was packed? Refused where two overlap, or reach into the list."""
    members: list[Lying] = []
    faults: list[str] = []
    behind = 0
    for entry in sorted(entries, key=lambda one: one.offset):
        head = _read(file, entry.offset, len(entry.header))
        if entry.offset < behind or head[:4] != LOCAL:
            raise _refused(f"'{entry.name}' lies where another member does, or nowhere", "members one behind the other")
        name_size, extra_size = struct.unpack("<HH", head[26:30])
        lies = Lying(entry=entry, start=entry.offset + 30 + name_size + extra_size)
        if lies.end > start:
            raise _refused(f"'{entry.name}' reaches beyond its place", "members one behind the other")
        if head != entry.header:
            faults.append(f"the header of '{entry.name}' is not as it was written")
        if entry.offset != behind:
            faults.append(f"{entry.offset - behind} bytes before '{entry.name}' belong to no member")
        members.append(lies)
        behind = lies.end
    if behind != start:
        faults.append(f"{start - behind} bytes before the list of members belong to no member")
    if list(entries) != [one.entry for one in members]:
        faults.append("its members are not listed in the order in which they lie")
    return members, faults


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    """The bytes that lie there; none beyond the end, however far beyond it an archive points."""
    if at > os.fstat(file.fileno()).st_size:
        return b""
    file.seek(at)
    return file.read(length)


def _refused(found: str, allowed: str) -> Invalid:
    return Invalid([Fault(where="archive", found=found, allowed=allowed)])
