"""What the file of a picture says besides the picture: captions, comments, what a camera or a program wrote into it."""

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
