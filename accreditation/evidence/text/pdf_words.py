"""The words that stand in a PDF's own objects and on none of its pages.

Titles of bookmarks, addresses of links, names and values of fields, authors of comments, descriptions of pictures,
custom properties, XMP: each stands somewhere else in the structure, and every program adds places of its own. So the
structure is not followed: every string of every object is a word, wherever it stands.
"""

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from accreditation.evidence.content.limits import DEFAULT
from accreditation.evidence.content.pdf_streams import Budget, Stream, streams, unpacked

LONGEST = 20_000
"""Characters of one word; what is longer is read in pieces of it."""

_BEGINS = re.compile(rb"\(|(?<!<)<([0-9A-Fa-f\s]{8,})>")
_INSIDE = re.compile(rb"[()]|\\.", re.DOTALL)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"\n", b"\n": b"", b"\r": b"", b"\r\n": b""}
_A_TIME = re.compile(r"D:\d{4,14}[\dZ'+-]*")
_MARKS = re.compile(r"</?[\w:.-]+|/?>|xmlns:\w+=\"[^\"]*\"")
SHOWN = 0.7
"""Which share of its signs are plain ones, of a string in one byte a sign that is words, and no key or picture."""


def words_of(path: Path) -> Iterator[str]:
    """Every word, in the order of the file. Raises RefusedContent where its streams cannot be told apart."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # closed by nobody: a search may still hold it
    budget = Budget(limits=DEFAULT)
    done = 0
    for stream in streams(mapped, limits=DEFAULT):
        if stream.start < done:
            continue  # it stands within another
        yield from _words(mapped, done, stream.start)
        end = mapped.find(b"endstream", stream.start)
        done = end if end >= 0 else stream.start
        if stream.objects:
            body = b"".join(unpacked(mapped, stream, budget=budget))
            yield from _words(body, 0, len(body))
        elif stream.markup:
            yield from _markup(mapped, stream, done, budget)
    yield from _words(mapped, done, len(mapped))


def _words(body: bytes | mmap.mmap, start: int, end: int) -> Iterator[str]:
    while found := _BEGINS.search(body, start, end):
        if found[1] is None:
            start = _closed(body, found.end(), end)
            written = _unescaped(body[found.end() : start].removesuffix(b")"))
        else:
            start, written = found.end(), _of_hexadecimal(found[1])
        for at in range(0, len(written), LONGEST):
            word = _decoded(written[at : at + LONGEST])
            if word and not _A_TIME.fullmatch(word):
                yield word


def _closed(body: bytes | mmap.mmap, start: int, end: int) -> int:
    """Where does the string end that begins here? Brackets within it are closed; one without an end is cut off."""
    end = min(end, start + LONGEST)
    depth = 1
    for sign in _INSIDE.finditer(body, start, end):
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
        if depth == 0:
            return sign.end()
    return end


def _unescaped(written: bytes) -> bytes:
    return _ESCAPED.sub(
        lambda found: bytes([int(found[1], 8) & 0xFF]) if found[1] else _SIGNS.get(found[2], found[2]), written
    )


def _of_hexadecimal(written: bytes) -> bytes:
    digits = b"".join(written.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _decoded(written: bytes) -> str:
    """The word as it reads, without marks and with the signs of an address; empty where it is none."""
    if written.startswith((b"\xfe\xff", b"\xff\xfe")):
        text = written.decode("utf-16", "replace")
    elif written.startswith(b"\xef\xbb\xbf"):
        text = written.decode("utf-8", "replace")
    else:
        text = written.decode("latin-1")
        if sum(" " <= sign <= "~" or sign.isspace() for sign in text) < SHOWN * len(text):
            return ""
    return " ".join(unquote(_MARKS.sub(" ", text)).split())


def _markup(mapped: mmap.mmap, stream: Stream, end: int, budget: Budget) -> Iterator[str]:
    """The words of XML, packed or as it stands."""
    body = b"".join(unpacked(mapped, stream, budget=budget)) or mapped[stream.start : end]
    for line in _MARKS.sub(" ", body.decode("utf-8", "replace")).splitlines():
        if words := " ".join(line.split()):
            yield words
