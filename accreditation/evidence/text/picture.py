"""The text in a picture, read by Tesseract where it is installed; where it is not, that is said."""

import io
import os
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import IO

from PIL import Image

LARGEST = 100_000_000
"""Pixels of a picture that is opened; more is a decompression bomb."""

WIDEST = 3_500
"""Pixels of the longer side that are read; a larger picture is made smaller first."""

NO_READER = (
    "it is a picture, and pictures cannot be read here (Tesseract is not installed): look yourself whether it shows "
    "a patient's name, number or date of birth"
)
TOO_LONG = "reading this picture took too long: look yourself whether it shows a patient"
CANNOT = "this picture could not be read: look yourself whether it shows a patient, or send it as PNG or JPEG"
TOO_MANY = "it has more pictures than are read: look yourself whether they show a patient"


def reader() -> str | None:
    """Where is the program that reads pictures? None where it is not installed."""
    return shutil.which("tesseract")


def read_picture(picture: Image.Image, *, seconds: int) -> tuple[str, str]:
    """The text in this picture, and why it could not be read (empty where it could)."""
    program = reader()
    if program is None:
        return "", NO_READER
    picture = picture.convert("L")
    picture.thumbnail((WIDEST, WIDEST))
    data = io.BytesIO()
    picture.save(data, "PNG", compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603 - the program is looked up, its words are ours
            [program, "stdin", "stdout", "--dpi", "200"],
            input=data.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return "", TOO_LONG
    except (subprocess.CalledProcessError, OSError):
        return "", CANNOT
    return done.stdout.decode("utf-8", errors="replace"), ""


def read_file(source: Path | IO[bytes], *, seconds: int, frame: int = 0) -> tuple[str, str]:
    """The text in the picture that this file holds, and why it could not be read (empty where it could)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source) as picture:
                if picture.width * picture.height > LARGEST:
                    return "", CANNOT
                picture.seek(frame)
                return read_picture(picture, seconds=seconds)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return "", CANNOT


def frames(path: Path) -> int:
    """How many pictures are in this file (pages of a TIFF, steps of an animation)? 1 where it cannot be told."""
    try:
        with Image.open(path) as picture:
            return int(getattr(picture, "n_frames", 1))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return 1
