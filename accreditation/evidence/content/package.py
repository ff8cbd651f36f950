"""A ZIP package, read so that nothing in it can lie: every part where the list says, of the size it says, no gaps.

Python's `zipfile` reads what the list at the end says; other programs read what stands before each part. Where the two
could differ, a virus scanner and a person's Word would see different documents: such a package is refused.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.values import RefusedContent

PIECE = 256 * 1024
"""How much of a part is unpacked at once."""

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LIST = b"PK\x01\x02"
_PART = b"PK\x03\x04"
_MARK_64 = 0xFFFFFFFF
_DESCRIPTOR = 24
"""The most bytes that may stand behind a part: its sizes again, with 64 bits, where they were not known before."""

_AGAIN = "Open it in the program that made it, save it under a new name and send that"
_DAMAGED = f"It is damaged. {_AGAIN}; if it does not open there either, an older copy is needed."
_NOT_PLAIN = (
    f"Its parts overlap, leave gaps or are listed otherwise than they are, as no office program writes it. {_AGAIN}."
)
_BOMB = "It would take {what} when unpacked, which no document needs: it can only be meant to fill a machine."


def ends_as_package(tail: bytes) -> bool:
    """Does something end as a ZIP does? `tail` is its last 66 KiB. Chance does not look like this."""
    at = tail.rfind(_END)
    while at >= 0:
        if len(tail) >= at + 22:
            size, start, comment = struct.unpack("<IIH", tail[at + 12 : at + 22])
            listed = tail[at - size : at - size + 4] == _LIST if 0 < size <= at else size > at
            if comment <= len(tail) - at - 22 and size and listed and (start or size):
                return True
        at = tail.rfind(_END, 0, at)
    return False


class Package:
    """The parts of one package; `opened` checks the list, `unpack` each part as it is read. Nothing touches a disk."""

    def __init__(self, file: BinaryIO, *, size: int, limits: ContentLimits, spent: int = 0) -> None:
        """Check the list. `spent` bytes were unpacked before, of the package that this one lies in."""
        self._limits = limits
        self.spent = spent
        self._file = file
        listed = _bounded_list(file, size=size, limits=limits)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise RefusedContent(_DAMAGED) from error
        self.parts = sorted(self._zip.infolist(), key=lambda one: one.header_offset)
        if len(self.parts) > limits.entries:
            raise RefusedContent(_BOMB.format(what=f"{len(self.parts):,} files"))
        self._plain(listed)
        self._modest()

    @property
    def names(self) -> list[str]:
        """The names of the parts, as they lie."""
        return [one.filename for one in self.parts]

    def unpack(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """What is in this part, a piece at a time? The sum of all parts is bounded, and so is each of them."""
        taken = 0
        try:
            with self._zip.open(part) as opened:
                while piece := opened.read(PIECE):
                    taken += len(piece)
                    self.spent += len(piece)
                    if taken > self._limits.part_bytes or self.spent > self._limits.unpacked_bytes:
                        raise RefusedContent(_BOMB.format(what=f"more than {self.spent:,} bytes"))
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise RefusedContent(_DAMAGED) from error

    def _plain(self, listed: int) -> None:
        """Refuse parts that overlap, hide in gaps, are encrypted, or are named twice or differently."""
        end = 0
        seen: set[str] = set()
        for part in self.parts:
            if part.flag_bits & 0x2041:
                raise RefusedContent("It is protected by a password. Save it without one and send that.")
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise RefusedContent(f"It is packed in a way that no office program uses. {_AGAIN}.")
            if part.filename.lower() in seen or not 0 <= part.header_offset - end <= (_DESCRIPTOR if end else 0):
                raise RefusedContent(_NOT_PLAIN)
            seen.add(part.filename.lower())
            end = self._end_of(part)
        if not 0 <= listed - end <= _DESCRIPTOR:
            raise RefusedContent(_NOT_PLAIN)

    def _end_of(self, part: zipfile.ZipInfo) -> int:
        """Where does this part end, by what stands before it? Refused where that says another name or method."""
        self._file.seek(part.header_offset)
        head: bytes = self._file.read(30)
        if len(head) < 30 or head[:4] != _PART:
            raise RefusedContent(_NOT_PLAIN)
        flags, method = struct.unpack("<HH", head[6:10])
        packed, unpacked, name_size, extra_size = struct.unpack("<IIHH", head[18:30])
        name = self._file.read(name_size)
        told = (
            flags & 0x8 or _MARK_64 in (packed, unpacked) or (packed, unpacked) == (part.compress_size, part.file_size)
        )
        same = name in (part.orig_filename.encode("utf-8"), part.orig_filename.encode("cp437", errors="replace"))
        if not same or not told or method != part.compress_type or (flags ^ part.flag_bits) & 0x1:
            raise RefusedContent(_NOT_PLAIN)
        end: int = part.header_offset + 30 + name_size + extra_size + part.compress_size
        return end

    def _modest(self) -> None:
        """Refuse what says of itself that it is a bomb, before anything is unpacked."""
        total = sum(part.file_size for part in self.parts)
        if total > self._limits.unpacked_bytes:
            raise RefusedContent(_BOMB.format(what=f"{total:,} bytes"))
        for part in self.parts:
            large = part.file_size > self._limits.ratio_from
            if part.file_size > self._limits.part_bytes or (
                large and part.file_size > part.compress_size * self._limits.ratio
            ):
                raise RefusedContent(_BOMB.format(what=f"{part.file_size:,} bytes in one part"))


def _bounded_list(file: BinaryIO, *, size: int, limits: ContentLimits) -> int:
    """Where does the list of parts begin? Refused where it is too long to read, or is not all that is at the end."""
    tail_size = min(size, 22 + 0xFFFF)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise RefusedContent(_DAMAGED)
    count: int
    listed: int
    start: int
    comment: int
    count, listed, start, comment = struct.unpack("<HIIH", tail[at + 10 : at + 22])
    end = size - tail_size + at
    if end + 22 + comment != size:
        raise RefusedContent(f"Something else stands behind its end. {_AGAIN}.")
    if b"PK\x06\x07" in tail[max(0, at - 20) : at] or _MARK_64 in (listed, start) or count == 0xFFFF:
        count, listed, start, end = _list_64(file, end)
    if count > limits.entries or listed > limits.directory_bytes:
        raise RefusedContent(_BOMB.format(what=f"{count:,} files"))
    if start + listed != end:
        raise RefusedContent(f"Something else stands before or behind it in the same file. {_AGAIN}.")
    return start


def _list_64(file: BinaryIO, end: int) -> tuple[int, int, int, int]:
    """The same figures where they need 64 bits, and where they stand."""
    file.seek(max(0, end - 20))
    locator = file.read(20)
    if locator[:4] != b"PK\x06\x07":
        raise RefusedContent(_DAMAGED)
    at = int.from_bytes(locator[8:16], "little")
    if at + 56 + 20 > end:
        raise RefusedContent(_DAMAGED)
    file.seek(at)
    record = file.read(56)
    if record[:4] != _END_64:
        raise RefusedContent(_DAMAGED)
    length: int
    count: int
    listed: int
    start: int
    length, count, listed, start = struct.unpack("<QxxxxxxxxxxxxxxxxxxxxQQQ", record[4:56])
    if at + 12 + length + 20 != end:
        raise RefusedContent(_NOT_PLAIN)
    return count, listed, start, at
