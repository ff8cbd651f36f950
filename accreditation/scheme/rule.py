"""The language of award rules: small nodes that compose, each a question with yes or no as its answer.

A rule is told apart by the key it begins with:

    every: {type: essential}                 all criteria of the class are met
    share: {type: expected}  at_least: 80 %  this share of the class is met
    number: {type: desirable} at_least: 3    this many of the class are met
    mean, points, percent_of_points, score, measured, figure: ...  a figure lies within these ends
    level: overall           at_least: B     a score has this level or a better one
    fact: kind               is: new         the service's profile says so
    each: standard           holds: rule     the rule holds in every standard, or in so many of them
    all: [rule, ...]                         every rule holds
    any: [rule, ...]                         at least one rule holds, or at_least: so many
    not: rule                                the rule does not hold

Nothing here is evaluated as code. The scheme says with `if_none_apply` what an empty class gives, and with
`if_no_value` what follows where a figure has no value.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.classes import Class, Counted, Level
from accreditation.scheme.ends import NumberEnds, ShareEnds
from accreditation.scheme.facts import Wanted
from accreditation.scheme.figure import Figure, Mean, MeasuredFigure, NumberFigure, PercentOfPoints, Points, ScoreFigure
from accreditation.scheme.values import Id, Ids, Number, Part, Share, Word

IfNone = Literal["satisfied", "not_satisfied"]


class Every(Counted):
    """All criteria of the class are met, or stand or are rated as written."""

    every: Class
    if_none_apply: IfNone


class ShareOf(Counted, ShareEnds):
    """So large a share of the class is met; compared exactly, never rounded."""

    share: Class
    weighted: bool = False
    if_none_apply: IfNone


class NumberOf(NumberFigure, NumberEnds):
    """So many criteria of the class are met."""


class PointsAre(Points, NumberEnds):
    """The points earned in a class lie within these ends."""


class Valued(NumberEnds):
    """A figure that may have no value lies within these ends."""

    if_no_value: IfNone


class MeanIs(Mean, Valued):
    """The mean of a class lies within these ends."""


class PercentIs(PercentOfPoints, Valued):
    """The percentage of points lies within these ends."""


class ScoreIs(ScoreFigure, Valued):
    """A score, before it is rounded, lies within these ends."""


class MeasuredIs(MeasuredFigure, Valued):
    """What was measured lies within these ends."""


class FigureIs(Valued):
    """A figure lies within these ends."""

    figure: Figure


class LevelIs(Part):
    """A score has this level or a better one, or one of these levels."""

    level: Word
    of: Id | None = None
    at_least: Id | None = None
    is_: Ids | None = Field(default=None, alias="is")
    if_no_value: IfNone

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, serialize_by_alias=True)

    @model_validator(mode="after")
    def _one_level(self) -> "LevelIs":
        if (self.at_least is None) == (self.is_ is None):
            raise PydanticCustomError("no_level", "no level to compare with, or two; write one of at_least, is")
        return self


class FactIs(Part):
    """The profile says so of the service. A fact that is not stated counts as no."""

    fact: Word
    is_: Wanted = Field(alias="is")

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, serialize_by_alias=True)


def _many_kind(value: Any) -> str:
    share = isinstance(value, Fraction) or (isinstance(value, str) and value.rstrip().endswith("%"))
    return "Share" if share else "Number"


def _whole(number: Decimal) -> Decimal:
    if number < 1 or number != number.to_integral_value():
        raise PydanticCustomError(
            "not_how_many",
            "'{found}' is no number of groups; write a whole number of at least 1, as in 3, or a share, as in 50 %",
            {"found": str(number)},
        )
    return number


HowMany = Annotated[
    Annotated[Number, AfterValidator(_whole), Tag("Number")] | Annotated[Share, Tag("Share")],
    Discriminator(_many_kind),
]
"""How many groups: a whole number of at least 1, or a share of them."""


class EachHolds(Part):
    """The rule holds in every group, or in so many of them. Groups in which nothing of `among` applies are left out."""

    each: Level
    among: Class | None = None
    holds: "Rule"
    at_least: HowMany | None = None
    above: HowMany | None = None
    if_none_apply: IfNone

    @model_validator(mode="after")
    def _one_number(self) -> "EachHolds":
        if self.at_least is not None and self.above is not None:
            raise PydanticCustomError("two_numbers", "both at_least and above; write one of them, or none for all")
        return self

    def needed(self, groups: int) -> int:
        """Of so many groups, in how many must the rule hold at least?"""
        limit = self.at_least if self.above is None else self.above
        if limit is None:
            return groups
        number = limit * groups if isinstance(limit, Fraction) else Fraction(Decimal(limit))
        whole = -(-number.numerator // number.denominator)
        return whole + 1 if self.above is not None and whole == number else whole


class AllOf(Part):
    """Every rule in the list holds."""

    all: tuple["Rule", ...] = Field(min_length=1)


class AnyOf(Part):
    """At least one rule in the list holds, or at least so many of them."""

    any: tuple["Rule", ...] = Field(min_length=1)
    at_least: int = Field(default=1, ge=1, le=1000)


class Not(Part):
    """The rule does not hold."""

    not_: "Rule" = Field(alias="not")

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, serialize_by_alias=True)


Compared = NumberOf | PointsAre | MeanIs | PercentIs | ScoreIs | MeasuredIs | FigureIs
"""Rules that compare a figure with ends."""

RULES: dict[str, type[Part]] = {
    "every": Every,
    "share": ShareOf,
    "number": NumberOf,
    "mean": MeanIs,
    "points": PointsAre,
    "percent_of_points": PercentIs,
    "score": ScoreIs,
    "measured": MeasuredIs,
    "figure": FigureIs,
    "level": LevelIs,
    "fact": FactIs,
    "each": EachHolds,
    "all": AllOf,
    "any": AnyOf,
    "not": Not,
}
"""The key a rule begins with -> the node."""


def rule_kind(value: Any) -> str | None:
    """Which node is this? None where no key of a rule is written."""
    if isinstance(value, dict):
        return next((node.__name__ for key, node in RULES.items() if key in value), None)
    return type(value).__name__ if isinstance(value, Part) else None


Rule = Annotated[
    Annotated[Every, Tag("Every")]
    | Annotated[ShareOf, Tag("ShareOf")]
    | Annotated[NumberOf, Tag("NumberOf")]
    | Annotated[MeanIs, Tag("MeanIs")]
    | Annotated[PointsAre, Tag("PointsAre")]
    | Annotated[PercentIs, Tag("PercentIs")]
    | Annotated[ScoreIs, Tag("ScoreIs")]
    | Annotated[MeasuredIs, Tag("MeasuredIs")]
    | Annotated[FigureIs, Tag("FigureIs")]
    | Annotated[LevelIs, Tag("LevelIs")]
    | Annotated[FactIs, Tag("FactIs")]
    | Annotated[EachHolds, Tag("EachHolds")]
    | Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Not, Tag("Not")],
    Discriminator(
        rule_kind,
        custom_error_type="not_a_rule",
        custom_error_message=f"not a rule; a rule begins with one of {', '.join(RULES)}",
    ),
]

for _node in (EachHolds, AllOf, AnyOf, Not):
    _node.model_rebuild()
