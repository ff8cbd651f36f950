"""Visits for tests: a scheme of two domains on a scale of three, and what reviewers said."""

from collections.abc import Mapping

from accreditation.rules.agreement.values import Visit
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from tests.building import built

SCALE = {
    "met": {"title": "Met", "counts_as_met": True},
    "part": {"title": "Partly", "counts_as_met": False},
    "none": {"title": "Not met", "counts_as_met": False},
}
ALL = {"every": {"type": "a"}, "if_none_apply": "satisfied"}
NAMES = ("x1", "x2", "x3", "x4", "y1", "y2", "y3", "y4")


def scheme(**other: object) -> Scheme:
    """Criteria x1 to x4 in domain x, y1 to y4 in domain y, all on the scale met, partly, not met."""
    criteria = [(name, "a", name[0]) for name in NAMES]
    return built(criteria=criteria, award=[{"outcome": "top", "when": ALL}], **{"scale": SCALE, "scores": {}, **other})


PLAIN = scheme()


def rated(*ratings: str) -> dict[str, Answer]:
    """Answers to the criteria in their order; m, p, n are the ratings, - is not applicable, ? is not answered."""
    words = {"m": "met", "p": "part", "n": "none"}
    other = {"-": Answer(state="not_applicable"), "?": Answer(state="not_answered")}
    return {
        name: other.get(letter) or Answer(rating=words[letter])
        for name, letter in zip(NAMES, "".join(ratings), strict=False)
    }


def visit(number: int, *, of: Scheme = PLAIN, settled: str = "", **said: str) -> Visit:
    """A visit by these reviewers (r1="mmpn"); settled as the first said, where nothing else is written."""
    ratings: Mapping[int, Mapping[str, Answer]] = {int(name[1:]): rated(word) for name, word in said.items()}
    return Visit(id=number, scheme=of, ratings=ratings, settled=rated(settled or next(iter(said.values()))))
