"""The text in a picture, read by Tesseract where it is installed; where it is not, that is said."""

import io
import os
import re
import shutil
import struct
import subprocess
import time
import warnings
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps, ImageStat

from accreditation.evidence.text.bounds import Bounds
from accreditation.rules.identifiers.masking import TELL_NOTHING

LARGEST = 100_000_000
"""Pixels of a picture that is opened; more is a decompression bomb."""

WIDEST = 3_500
"""Pixels of the longer side that are read; a larger picture is made smaller first."""

LOWEST, NARROWEST = 12, 60
"""Pixels of the shorter and the longer side of a picture that can hold a number of ten digits that anybody reads."""

ORDINARY = 3
"""Ordinary words among what was read; with fewer the picture may lie on its head, and is read once more."""

NO_READER = (
    "it is a picture, and pictures cannot be read here (Tesseract is not installed): look yourself whether it shows "
    "a patient's name, number or date of birth"
)
TOO_LONG = "reading this picture took too long: look yourself whether it shows a patient"
CANNOT = "this picture could not be read: look yourself whether it shows a patient, or send it as PNG or JPEG"
TOO_MANY = "it has more pictures than are read: look yourself whether they show a patient"

FAILS = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, ZeroDivisionError,
    struct.error, Image.DecompressionBombError,
)  # fmt: skip
"""What opening and turning a damaged picture raises."""


def reader() -> str | None:
    """Where is the program that reads pictures? None where it is not installed."""
    return shutil.which("tesseract")


def can_hold_text(width: float, height: float) -> bool:
    """May a picture of so many pixels hold text that somebody reads? Bullets and lines may not."""
    return min(width, height) >= LOWEST and max(width, height) >= NARROWEST


class Eyes:
    """Reads the pictures of one document, as many and as long as its bounds say; the same picture once."""

    def __init__(self, bounds: Bounds) -> None:
        self._left = bounds.pictures
        self._seconds = bounds.seconds
        self._spare = float(bounds.reading)
        self._known: set[object] = set()

    def knows(self, mark: object) -> bool:
        """Was it asked for this before? What was read is said once; from now on it is known."""
        known = mark in self._known
        self._known.add(mark)
        return known

    def read(self, picture: Image.Image) -> tuple[str, str]:
        """The text in this picture, and why it could not be read (empty where it could)."""
        program = reader()
        if program is None:
            return "", NO_READER
        if self._left <= 0 or self._spare <= 0:
            return "", TOO_MANY
        self._left -= 1
        began = time.monotonic()
        try:
            return _read(program, made_plain(picture), self._seconds)
        except FAILS:
            return "", CANNOT
        finally:
            self._spare -= time.monotonic() - began

    def read_file(self, source: Path | IO[bytes], *, frame: int = 0) -> tuple[str, str]:
        """The text in the picture that this file holds, and why it could not be read (empty where it could)."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(source) as picture:
                    if picture.width * picture.height > LARGEST:
                        return "", CANNOT
                    picture.seek(frame)
                    return self.read(picture)
        except FAILS:
            return "", CANNOT


def _read(program: str, picture: Image.Image, seconds: int) -> tuple[str, str]:
    """What it says; read once more on its head where it may lie so (on a side it is read as it stands)."""
    try:
        text = _by_tesseract(program, picture, seconds)
        if len(TELL_NOTHING.intersection(re.findall(r"[a-z]{2,}", text.lower()))) < ORDINARY:
            text += _by_tesseract(program, picture.transpose(Image.Transpose.ROTATE_180), seconds)
    except subprocess.TimeoutExpired:
        return "", TOO_LONG
    except subprocess.CalledProcessError:
        return "", CANNOT
    return text, ""


def _by_tesseract(program: str, picture: Image.Image, seconds: int) -> str:
    data = io.BytesIO()
    picture.save(data, "PNG", compress_level=1)
    bound = shutil.which("setpriv")  # it ends when we do, however we end
    done = subprocess.run(  # noqa: S603 - the program is looked up, its words are ours
        [*((bound, "--pdeathsig", "KILL") if bound else ()), program, "stdin", "stdout", "--dpi", "200"],
        input=data.getvalue(),
        capture_output=True,
        timeout=seconds,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", errors="replace")


def made_plain(picture: Image.Image) -> Image.Image:
    """The picture in grey as a viewer shows it: turned as its camera says, its shades in eight bits, on a ground."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith(("I", "F")):
        picture = picture.convert("F")
        _, highest = picture.getextrema()
        picture = picture.point(lambda shade: shade * (255 / max(255.0, float(highest))))  # type: ignore[arg-type]
    if picture.has_transparency_data:
        picture = _on_a_ground(picture.convert("RGBA"))
    picture = picture.convert("L")
    picture.thumbnail((WIDEST, WIDEST))
    return picture


def _on_a_ground(picture: Image.Image) -> Image.Image:
    """What can be seen through stands on white; where the rest is light, on black."""
    seen = picture.getchannel("A").point(lambda shade: 255 * (shade > 127))
    light = ImageStat.Stat(picture.convert("L"), mask=seen).mean[0] > 127 if seen.getbbox() else False
    ground = Image.new("RGBA", picture.size, (0, 0, 0, 255) if light else (255, 255, 255, 255))
    return Image.alpha_composite(ground, picture)


def frames(source: Path | IO[bytes]) -> int:
    """How many pictures are in this file (pages of a TIFF, steps of an animation)? 1 where it cannot be told."""
    try:
        with Image.open(source) as picture:
            return int(getattr(picture, "n_frames", 1))
    except FAILS:
        return 1
