"""Ends: from where and up to where a number may go, each end open or closed, fixed or by the service's profile."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.values import Number, Part, Share, Word, written_number, written_share

ENDS: Mapping[str, str] = {"at_least": "at least", "above": "more than", "at_most": "at most", "below": "less than"}
"""The four ends as keys, and in words: at_least and at_most include the number itself, above and below do not."""

_PAIRS = (("at_least", "above"), ("at_most", "below"))


class FactLimit(Part):
    """A limit that is a number of the service's profile, or one that the office enters."""

    fact: Word


class NumberBy(Part):
    """A limit that depends on a fact of the profile: the number for each of its answers."""

    by: Word
    limits: dict[str, Number] = Field(min_length=1)


class ShareBy(Part):
    """A share that depends on a fact of the profile: the percentage for each of its answers."""

    by: Word
    limits: dict[str, Share] = Field(min_length=1)


def _limit_kind(value: Any) -> str:
    if isinstance(value, dict):
        return "FactLimit" if "fact" in value else "By"
    if isinstance(value, FactLimit):
        return "FactLimit"
    return "By" if isinstance(value, NumberBy | ShareBy) else "Fixed"


NumberLimit = Annotated[
    Annotated[Number, Tag("Fixed")] | Annotated[NumberBy, Tag("By")] | Annotated[FactLimit, Tag("FactLimit")],
    Discriminator(_limit_kind),
]
ShareLimit = Annotated[Annotated[Share, Tag("Fixed")] | Annotated[ShareBy, Tag("By")], Discriminator(_limit_kind)]
Limit = Decimal | Fraction | NumberBy | ShareBy | FactLimit


class Ends(Part):
    """What all ends have in common. A number that lies within them all is inside."""

    def given(self) -> dict[str, Limit]:
        """The ends that are written: key -> limit."""
        return {name: getattr(self, name) for name in ENDS if getattr(self, name) is not None}

    @model_validator(mode="after")
    def _some_end(self) -> "Ends":
        given = [name for name in ENDS if getattr(self, name) is not None]
        twice = [pair for pair in _PAIRS if all(name in given for name in pair)]
        if not given or twice:
            found = f"both {' and '.join(twice[0])}" if twice else "no number to compare with"
            allowed = "write one of at_least, above or one of at_most, below, or one of each"
            raise PydanticCustomError("no_end", "{found}; {allowed}", {"found": found, "allowed": allowed})
        return self


class Between(Ends):
    """Ends that are plain numbers, as in a band table; an end that is not written is open to infinity."""

    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None


class NumberEnds(Ends):
    """Ends of a number in a rule."""

    at_least: NumberLimit | None = None
    above: NumberLimit | None = None
    at_most: NumberLimit | None = None
    below: NumberLimit | None = None


class ShareEnds(Ends):
    """Ends of a share in a rule."""

    at_least: ShareLimit | None = None
    above: ShareLimit | None = None
    at_most: ShareLimit | None = None
    below: ShareLimit | None = None


Fixed = Mapping[str, Fraction]
"""Ends whose numbers are known: at_least, above, at_most, below -> number."""


def inside(value: Fraction, ends: Fixed) -> bool:
    """Does the number lie within these ends? Compared exactly."""
    return (
        ("at_least" not in ends or value >= ends["at_least"])
        and ("above" not in ends or value > ends["above"])
        and ("at_most" not in ends or value <= ends["at_most"])
        and ("below" not in ends or value < ends["below"])
    )


def fixed(ends: Between) -> Fixed:
    """The ends of a band as exact numbers."""
    return {name: Fraction(limit) for name, limit in ends.given().items() if isinstance(limit, Decimal)}


def words_of_ends(ends: Fixed, *, share: bool = False) -> str:
    """The ends in words, as in 'at least 70 and less than 80'."""
    shown = written_share if share else written_number
    return " and ".join(f"{ENDS[name]} {shown(ends[name])}" for name in ENDS if name in ends)
