"""What a reviewer states of themselves, in words: when they cannot visit, where they would like to, and conflicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.views.own_visits import ConflictShown, OwnWishes
from api.presenting.moments import day_of
from api.presenting.review.visits import span
from api.words import Words, marked

HOW: Mapping[str, str] = {
    "prefers": marked("You would like to visit them"), "rather_not": marked("You would rather not visit them"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that stands: its words, what is said of it, and the key by which it is taken away."""

    key: str
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The page of one's availability."""

    away: tuple[Line, ...]
    places: tuple[Line, ...]
    ways: tuple[tuple[str, str], ...]


def wishes(found: OwnWishes, words: Words) -> Wishes:
    """When one is away, and where one would like to visit, or rather not."""
    return Wishes(
        away=tuple(
            Line(key=f"{one.first} {one.last}", name=span(one.first, one.last, words), words="")
            for one in sorted(found.availability.unavailable, key=lambda one: one.first)
        ),
        places=tuple(
            Line(key=str(one.organisation), name=found.names[one.organisation], words=words(HOW[one.how]))
            for one in found.availability.preferences
        ),
        ways=(("prefers", words("I would like to")), ("rather_not", words("I would rather not"))),
    )  # fmt: skip


def conflicts(found: Sequence[ConflictShown], words: Words) -> tuple[Line, ...]:
    """The conflicts of interest that stand."""
    return tuple(
        Line(
            key=str(one.organisation.id), name=one.organisation.name,
            words=words("since %(day)s", day=words.day(day_of(one.since))),
        )
        for one in found
    )  # fmt: skip
