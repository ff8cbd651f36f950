"""The streams of a PDF: where they are, and what is in them, unpacked piece by piece and never beyond a bound."""

import base64
import binascii
import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.values import RefusedContent

_PIECE = 256 * 1024
_FIRST = 4 * 1024
"""Most streams are small: the first piece is, and later ones grow."""

_BEFORE = 4096
"""How far before its stream a dictionary may begin; honest ones have a few hundred bytes."""

_CODED = 20_000_000
"""The most bytes of a stream that is written as text (ASCII85, hexadecimal), as old programs wrote their pages."""

_STREAM = re.compile(rb"(?<!end)stream[^\r\n]{0,64}(\r\n|\r|\n)?")
"""A reader skips what else stands on the line, so a stream is not hidden by that."""

_BLANK = b"\x00\t\n\f\r "
_FILTERS = re.compile(rb"/(?:F|Filter|#46ilter)[\x00\t\n\f\r ]*\[([^\]]{0,400})\]")
_INFLATES = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)(?![A-Za-z])")
_OBJECTS = re.compile(rb"/(?:O|#4[fF])(?:b|#62)(?:j|#6[aA])(?:S|#53)(?:t|#74)(?:m|#6[dD])")
_MARKUP = re.compile(rb"/(?:Metadata|XML)(?![A-Za-z])")
_PICTURE = re.compile(rb"/(?:I|#49)mage(?![A-Za-z])")

_BOMB = (
    "It would take more than {most:,} bytes when unpacked, which no document needs: it can only be meant to fill a "
    "machine."
)
HIDES = (
    "Its structure is packed as only a file does that hides something. Open it and print it as a PDF, and send that."
)


@dataclass(slots=True, kw_only=True)
class Budget:
    """How many bytes of a file were unpacked so far: of its pictures, and of everything else."""

    limits: ContentLimits
    pictures: int = 0
    others: int = 0
    structure: int = 0

    def spend(self, size: int, stream: "Stream") -> None:
        """Count what was unpacked. Raises RefusedContent beyond the limits."""
        if stream.picture:
            self.pictures += size
        else:
            self.others += size
        if stream.objects:
            self.structure += size
        for spent, most in (
            (self.pictures, self.limits.picture_bytes),
            (self.others, self.limits.unpacked_bytes),
            (self.structure, self.limits.structure_bytes),
        ):
            if spent > most:
                raise RefusedContent(_BOMB.format(most=most))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One stream: where its bytes begin, and what its dictionary says of it."""

    start: int
    objects: bool
    picture: bool
    coding: str
    markup: bool = False
    """Is it XML: what programs keep of the document?"""


def streams(mapped: mmap.mmap, *, limits: ContentLimits) -> Iterator[Stream]:
    """Every stream, wherever it stands, listed or not.

    Raises RefusedContent where there are more of them than the limits allow, or where one is packed so that its
    objects cannot be read here and can by a reader.
    """
    for number, found in enumerate(_STREAM.finditer(mapped)):
        if number >= limits.streams:
            raise RefusedContent(f"It has more than {limits.streams:,} streams. Divide it and send the parts.")
        before = mapped[max(0, found.start() - _BEFORE) : found.start()]
        own = before[before.rfind(b"endobj") + 1 :]
        if found[1] is None:
            if own.rstrip(_BLANK).endswith(b">>"):
                raise RefusedContent(HIDES)  # a stream, though its line has no end
            continue  # the word alone, in somebody's text
        objects = _OBJECTS.search(own) is not None
        packed_twice = any(len(_INFLATES.findall(one)) > 1 for one in _FILTERS.findall(own))
        if packed_twice or (objects and re.search(rb"/(?:LZW|RunLength|RL|Crypt|Predictor)", own)):
            raise RefusedContent(HIDES)
        picture, markup = (pattern.search(own) is not None for pattern in (_PICTURE, _MARKUP))
        yield Stream(start=found.end(), objects=objects, picture=picture, coding=_coding(own), markup=markup)


def unpacked(mapped: mmap.mmap, stream: Stream, *, budget: Budget) -> Iterator[bytes]:
    """What is in this stream, a piece at a time? Nothing where it is packed in another way: pictures often are."""
    inflater = zlib.decompressobj()
    for packed in _packed(mapped, stream):
        given = packed
        while given and not inflater.eof:
            try:
                piece = inflater.decompress(given, _PIECE)
            except zlib.error:
                return
            budget.spend(len(piece), stream)
            if piece:
                yield piece
            given = inflater.unconsumed_tail
        if inflater.eof:
            return


def _packed(mapped: mmap.mmap, stream: Stream) -> Iterator[bytes]:
    """The bytes to inflate: as they stand, or read from text first."""
    if not stream.coding:
        at, size = stream.start, _FIRST
        while at < len(mapped):
            yield mapped[at : at + size]
            at, size = at + size, min(size * 4, _PIECE)
        return
    end = mapped.find(b"endstream", stream.start, stream.start + _CODED)
    text = mapped[stream.start : end] if end >= 0 else b""
    try:
        if stream.coding == "hexadecimal":
            yield binascii.unhexlify(re.sub(rb"[\s\x00]", b"", text.split(b">")[0]))
        else:
            yield base64.a85decode(text.split(b"~>")[0].removeprefix(b"<~"))
    except ValueError:
        return


def _coding(dictionary: bytes) -> str:
    if re.search(rb"/(?:ASCII85Decode|A85)(?![A-Za-z])", dictionary):
        return "ascii85"
    return "hexadecimal" if re.search(rb"/(?:ASCIIHexDecode|AHx)(?![A-Za-z])", dictionary) else ""
