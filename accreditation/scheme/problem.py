"""A fault of meaning: what is wrong at a path of data that has its shape."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from accreditation.scheme.document import Path
from accreditation.scheme.explain import did_you_mean

SHOWN = 20
"""So many of the words that are allowed are shown; a longer list helps nobody."""

NOWHERE = "there is no "
"""How a fault begins of a name that leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault at a path of the scheme: what was found there, and what is allowed."""

    path: Path
    found: str
    allowed: str


def unknown(
    path: Path, names: Iterable[str], known: Iterable[str], what: str, *, where: str = "", at_key: bool = True
) -> Iterator[Problem]:
    """Which of these names are not known? A problem each: at the name as a key, or else at its place in the list.

    Where an author may write one word instead of a list, the place in the list is the word's own.
    """
    order = list(known)
    here = known if isinstance(known, dict | set | frozenset) else set(order)
    for position, name in enumerate(names):
        if name not in here:
            yield missing((*path, name if at_key else position), name, order, what, where=where)


def missing(path: Path, name: str, known: Iterable[str], what: str, *, where: str = "") -> Problem:
    """There is no such thing (there, where it is said where): what was meant, perhaps, and what there is."""
    order = list(known)
    shown = ", ".join(order if len(order) <= SHOWN else [*order[:SHOWN], "..."])
    return Problem(
        path=path,
        found=f"{NOWHERE}{what} '{name}'{where}{did_you_mean(name, order)}",
        allowed=f"allowed here: {shown}" if shown else f"the scheme has no {what} at all: write it, or leave this out",
    )


def repeated(path: Path, names: Iterable[str], what: str) -> Iterator[Problem]:
    """Which of these are here a second time? A problem each, at its place in the list."""
    before: set[str] = set()
    for position, name in enumerate(names):
        if name in before:
            yield Problem(path=(*path, position), found=f"{what}'{name}' is here a second time", allowed="each once")
        before.add(name)


def known_or_said(names: Iterable[str] | None, known: Container[str]) -> bool:
    """Are all of these known, so that what follows from them can be judged?"""
    return names is None or all(name in known for name in names)
