"""What is small and would fill a machine: refused in words, while the process that looks stays small itself."""

import struct
import zlib
from pathlib import Path

import pytest

from accreditation.evidence.content import ContentLimits, Kind, look
from accreditation.evidence.examining import Confines, examine
from tests.evidence.content.making import (
    MAIN,
    object_stream,
    office,
    packed,
    pdf_of,
    picture,
    png_of,
    stream,
    types,
    word,
)

LIMITS = ContentLimits(
    entries=200,
    directory_bytes=50_000,
    unpacked_bytes=60_000_000,
    part_bytes=40_000_000,
    picture_bytes=80_000_000,
    structure_bytes=20_000_000,
    streams=100,
    inner_bytes=100_000,
    markup_bytes=1_000_000,
)
"""The same proportions as the real ones, and quick to reach."""

LITTLE = 110_000_000
"""Bytes that the process may hold: the interpreter and its libraries have 35 MB, kept structure 20 MB twice over."""

MB = 1_000_000
UNPACKED = "It would take {} when unpacked, which no document needs: it can only be meant to fill a machine."
AGAIN = "Open it in the program that made it, save it under a new name and send that."
NOT_PLAIN = (
    f"Its parts overlap, leave gaps or are listed otherwise than they are, as no office program writes it. {AGAIN}"
)
DAMAGED = f"It is damaged. {AGAIN[:-1]}; if it does not open there either, an older copy is needed."
ENTITIES = "It defines entities (DOCTYPE), as no office program does: they can grow without end. Send it as a PDF."
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'


def document(part: bytes | str) -> bytes:
    return office("docx", {"word/document.xml": part})


def lying(body: bytes, size: int, says: int) -> bytes:
    """The same package, one of whose parts has another size than it says, in both places."""
    assert body.count(struct.pack("<I", size)) == 2
    return body.replace(struct.pack("<I", size), struct.pack("<I", says))


def overlapping() -> bytes:
    """Two names of which the second lies where the first does: the same bytes unpack once for each name."""
    body = bytearray(packed({"[Content_Types].xml": types(MAIN["docx"]), "aa": b"a" * 100, "ab": b"a" * 100}))
    first = body.find(b"PK\x01\x02", body.find(b"PK\x01\x02") + 1)
    second = body.find(b"PK\x01\x02", first + 1)
    body[second + 42 : second + 46] = body[first + 42 : first + 46]
    return bytes(body)


def two_names() -> bytes:
    """A part that the list calls otherwise than what stands before it."""
    body = bytearray(document("<w/>"))
    at = body.rfind(b"word/document.xml")
    body[at : at + 17] = b"word/Document.xml"
    return bytes(body)


BOMBS = {
    "a part of one letter": (document(b" " * 30 * MB), UNPACKED.format("30,000,000 bytes in one part")),
    "many such parts": (
        packed({"[Content_Types].xml": types(MAIN["docx"]), **{f"a{n}": b" " * 20 * MB for n in range(4)}}),
        UNPACKED.format("80,000,275 bytes"),
    ),
    "a part that says it is small": (lying(document(b" " * 30 * MB), 30 * MB, 900), DAMAGED),
    "many names": (
        packed({"[Content_Types].xml": types(MAIN["xlsx"]), **{f"a{n}": "" for n in range(400)}}),
        UNPACKED.format("401 files"),
    ),
    "parts that overlap": (overlapping(), NOT_PLAIN),
    "a part of two names": (two_names(), NOT_PLAIN),
    "a large document inside": (
        word({"word/embeddings/a.xlsx": packed({"a": bytes(range(256)) * 40_000}, stored=("a",))}),
        "A document of more than 100,000 bytes is embedded. Send it by itself as well, and a picture in its place.",
    ),
    "laughs": (document(LAUGHS), ENTITIES),
    "laughs elsewhere": (word({"docProps/app.xml": LAUGHS}), ENTITIES),
    "laughs in two bytes a letter": (document(LAUGHS.encode("utf-16")), ENTITIES),
    "depth": (document("<a>" * 1000), "Its markup is nested more than 300 deep. Send it as a PDF."),
    "markup": (
        document("<a>" + "<b/>" * 300_000 + "</a>"),
        "One of its parts has more than 1,000,000 bytes of markup. Divide it, or send a PDF.",
    ),
    "a stream": (pdf_of("", stream(zlib.compress(bytes(90 * MB)))), UNPACKED.format("more than 60,000,000 bytes")),
    "a stream that says it is a picture": (
        pdf_of("", stream(zlib.compress(bytes(90 * MB)), "/Subtype /Image /Filter /FlateDecode")),
        UNPACKED.format("more than 80,000,000 bytes"),
    ),
    "a stream of objects": (
        pdf_of("", object_stream(9, bytes(30 * MB))),
        UNPACKED.format("more than 20,000,000 bytes"),
    ),
    "many streams": (
        pdf_of("", *[stream(b"x", "")] * 101),
        "It has more than 100 streams. Divide it and send the parts.",
    ),
    "one object many times": (
        pdf_of("/OpenAction 7 0 R", stream(b"7 0 obj " * 2_000, "")),
        "Its structure is packed as only a file does that hides something. Open it and print it as a PDF, and send "
        "that.",
    ),
    "a picture": (
        png_of(30_000, 30_000),
        "The picture has 30,000 x 30,000 points, and 64,000,000 points are accepted. Make it smaller and send that.",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_words_and_the_child_stays_small(bomb: str, tmp_path: Path) -> None:
    body, refusal = BOMBS[bomb]
    path = tmp_path / "file"
    path.write_bytes(body)
    found = examine(path, file_name="file", limits=LIMITS, confines=Confines(cpu_seconds=20))
    assert (found.refusals, found.held, len(body) < 1_500_000) == ((refusal,), None, True)
    assert found.memory < LITTLE


@pytest.mark.parametrize(
    ("limits", "body", "refusal"),
    [
        (
            ContentLimits(most_bytes=10),
            b"Dear reviewers",
            "It has 14 bytes, and 10 are accepted here. Divide it, or make it smaller.",
        ),
        (
            ContentLimits(pages=0),
            pdf_of(),
            "It has 1 pages, and 0 are accepted. Divide it and send the parts.",
        ),
        (
            ContentLimits(frames=0),
            picture("TIFF"),
            "It holds 1 pictures, and 0 are accepted. Send them in several files.",
        ),
    ],
)
def test_a_limit_is_told_with_its_figure(limits: ContentLimits, body: bytes, refusal: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(body)
    assert look(path, file_name="file", limits=limits).refusals == (refusal,)


def test_a_scheme_that_takes_fewer_kinds_says_which(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a,b\n1,2\n")
    taken = ContentLimits(kinds=frozenset({Kind.PDF, Kind.DOCX}))
    assert look(path, file_name="a.csv", limits=taken).refusals == (
        "It is a CSV table, and what is accepted here is: docx, pdf. Save it as one of these and send that.",
    )
