"""The standards that ship, each read once for all tests that only look at it."""

from functools import cache
from pathlib import Path

from accreditation.library import load
from accreditation.scheme.read import Standard

STANDARDS = Path(__file__).parents[1] / "standards"
FOLDERS = tuple(sorted(path.parent.name for path in STANDARDS.glob("*/scheme.yaml")))


@cache
def shipped(folder: str) -> Standard:
    """The standard in this folder of `standards/`."""
    return load(STANDARDS / folder)
