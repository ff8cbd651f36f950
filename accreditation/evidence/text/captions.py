"""What the file of a picture says besides the picture: captions, comments, what a camera or a program wrote into it.

And whether it carries a second picture, which no program shows that opens it.
"""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from PIL import Image

from accreditation.evidence.text.picture import FAILS

LONGEST = 20_000
"""Characters of one word of a picture's own."""

_OF_NO_WORDS = frozenset({"icc_profile", "exif", "mp", "compression", 0x927C, 0xA420, 0xA431, 0xA435})
"""Colours, what is read apart, what a camera's maker keeps, and its own numbers."""

_MARKUP = re.compile(r"</?[\w:.-]+|/?>|xmlns:\w+=\"[^\"]*\"")


def described(source: Path | IO[bytes]) -> str:
    """What does the file of a picture say besides: captions, comments, what a camera or a program wrote into it?"""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source) as picture:
                exif = picture.getexif()
                said = [*picture.info.items(), *exif.items(), *exif.get_ifd(0x8769).items()]
    except FAILS:
        return ""
    return "\n".join(dict.fromkeys(word for key, value in said if key not in _OF_NO_WORDS for word in _words(value)))


def _words(value: object) -> Iterator[str]:
    """The words in a value, whatever it is of."""
    if isinstance(value, bytes):
        value = _decoded(value)
    if isinstance(value, str):
        if words := " ".join(_MARKUP.sub(" ", value[:LONGEST]).split()):
            yield words
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)


def _decoded(value: bytes) -> str:
    value = value[:LONGEST]
    wide = value.count(0) > len(value) // 3
    text = value.decode("utf-16-le", "replace") if wide else value.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() and sign != "\ufffd" else " " for sign in text)


ANOTHER = "another picture stands behind its end: open it, save it under a new name and send that"

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_END, _BEGINS = 0xD9, b"\xff\xd8\xff"


def carries_another(source: Path | IO[bytes]) -> bool:
    """Does a JPEG go on behind its end with a second picture that is not listed in it, as a telephone's are?"""
    data = source.read_bytes() if isinstance(source, Path) else source.read()
    if not data.startswith(_BEGINS):
        return False
    at = 2
    while found := _MARKER.search(data, at):
        if data[found.start() + 1] == _END:
            return _BEGINS in data[found.end() :]
        at = found.end() + max(2, int.from_bytes(data[found.end() : found.end() + 2]))
    return False
