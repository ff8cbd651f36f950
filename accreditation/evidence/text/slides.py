"""The text of a PowerPoint presentation: every slide in order, hidden ones too, each with its notes."""

import re
import zipfile
from collections.abc import Iterator

from accreditation.evidence.text.bounds import Bounds, Part
from accreditation.evidence.text.package import beside, part, related

_MAIN = "ppt/presentation.xml"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def slide_parts(package: zipfile.ZipFile, bounds: Bounds) -> Iterator[Part]:
    """What this presentation says: slide by slide as they are shown, then what belongs to none."""
    done = set()
    for number, name in enumerate(_in_order(package), start=1):
        done.add(name)
        yield from part(package, name, label=f"slide {number}", bounds=bounds)
        for beyond in sorted(set(related(package, name).values())):
            if re.search(r"/(?:notesSlides|comments)/[^/]*\.xml$", beyond) and beyond in package.namelist():
                done.add(beyond)
                yield from part(package, beyond, label=f"slide {number}, {_beyond(beyond)}", bounds=bounds)
    yield from beside(package, bounds=bounds, already=frozenset(done))


def _beyond(name: str) -> str:
    return "notes" if "/notesSlides/" in name else "comments"


def _in_order(package: zipfile.ZipFile) -> list[str]:
    """The slides as they are shown; one that the presentation does not list stands at the end."""
    names = set(package.namelist())
    every = sorted((name for name in names if _SLIDE.fullmatch(name)), key=_number)
    if _MAIN not in names:
        return every
    targets = related(package, _MAIN)
    listed = re.findall(r'<(?:\w+:)?sldId\b[^>]*\br:id="([^"]*)"', package.read(_MAIN).decode("utf-8", "replace"))
    shown = [targets[one] for one in listed if targets.get(one) in names]
    return [*shown, *(name for name in every if name not in shown)]


def _number(name: str) -> int:
    found = _SLIDE.fullmatch(name)
    return int(found[1]) if found else 0
