"""An archive on its way out: all that it holds is known before its first byte, and its documents stream through."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from accreditation.archive.container import MOST_MEMBERS, Entry, ending, laid_out
from accreditation.archive.manifest import MANIFEST, Manifest, sha256_of
from accreditation.archive.naming import is_safe
from accreditation.errors import Fault, Invalid, Unavailable

Open = Callable[[str], Iterator[bytes]]
"""From the SHA-256 of a document to its bytes, a piece at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file to be packed. `content` is None of a document, which is read where it lies when its turn comes."""

    name: str
    size: int
    sha256: str
    crc: int
    content: bytes | None


def packed(name: str, content: bytes) -> Packed:
    """This content under this name."""
    return Packed(name=name, size=len(content), sha256=sha256_of(content), crc=zlib.crc32(content), content=content)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Everything of one archive but the bytes of its documents. `members` are in the order of the manifest."""

    manifest: Manifest
    members: Sequence[Packed]

    def __post_init__(self) -> None:
        """Refuse what whoever checks the archive would refuse."""
        names = [one.name for one in self.members]
        if len(names) >= MOST_MEMBERS:
            found = f"{len(names):,} files"
            raise Invalid([Fault(where="archive", found=found, allowed=f"fewer than {MOST_MEMBERS:,}")])
        told = [(one.name, one.size, one.sha256) for one in self.manifest.members]
        if told != [(one.name, one.size, one.sha256) for one in self.members]:
            raise ValueError("the manifest and the members are not the same")
        if len({name.lower() for name in names}) < len(names) or not all(map(is_safe, names)):
            raise ValueError("a member's name is not safe, or given twice")

    @property
    def documents(self) -> int:
        """How many different documents are in it?"""
        return sum(one.content is None for one in self.members)

    @cached_property
    def sha256(self) -> str:
        """The digest of the manifest, which stands for everything in the archive."""
        return self._manifest.sha256

    @cached_property
    def size(self) -> int:
        """How many bytes will it have?"""
        return self._entries[-1].after + len(ending(self._entries))

    def pieces(self, open_: Open) -> Iterator[bytes]:
        """The archive, a piece at a time. Unavailable, in the middle, where a document is not what it was before."""
        for one, entry in zip(self._all, self._entries, strict=True):
            yield entry.header
            if one.content is not None:
                yield one.content
            else:
                yield from _same(open_(one.sha256), one)
        yield ending(self._entries)

    @cached_property
    def _manifest(self) -> Packed:
        return packed(MANIFEST, self.manifest.written())

    @cached_property
    def _all(self) -> tuple[Packed, ...]:
        return (self._manifest, *self.members)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return laid_out((one.name, one.size, one.crc) for one in self._all)


def _same(pieces: Iterator[bytes], one: Packed) -> Iterator[bytes]:
    """These bytes as they come, as long as they are those that were looked at; the last piece is held until that is
    sure, so that nothing is whole that is not right."""
    crc = size = 0
    held = b""
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        yield held
        held = piece
    if (crc, size) != (one.crc, one.size):
        raise Unavailable(f"{one.name} was altered in the store while it was exported. Verify the evidence.")
    yield held
