"""Figures: the numbers that rules compare. Small nodes that compose, told apart by the key they begin with.

    mean: {type: core}       over: criteria            the mean of the criteria's points, all in one
    mean: {type: core}       over: [standard, domain]  the mean of the domains' means of the standards' means
    points: {type: core}                               points earned, each times its criterion's weight
    percent_of_points: {type: core}                    of the points that could be earned, in percent
    lowest, highest: {type: core}                      the lowest or highest points of any criterion
    number: {type: core}     counting: not_met         how many criteria
    share: {type: core}                                met of those that count, in percent
    score: ki                of: group                 a score of the scheme, before it is rounded
    level_points: ki         of: group                 the points of a score's level
    measured: "1.04"                                   what was measured
    fact: beds                                         a number of the profile
    constant: 45
    mean_of, sum_of, product_of, lowest_of, highest_of, first_of: [figure, ...]
    difference: [figure, figure]
    divide: figure           by: figure
    each: standard           take: mean    figure: ...   one number from all standards, domains, types or tags

A figure can have no value: nothing of its class counts, or nothing was measured. Such a figure is left out
of mean_of, sum_of, lowest_of and highest_of, passed over by first_of, and makes a product, a difference or a
quotient without value.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.classes import INNER_TO_OUTER, Class, Counted, Level
from accreditation.scheme.values import Id, Number, Part, Word

Over = Annotated[tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)]


class Mean(Part):
    """The mean of the points of a class; `over` says of what: of criteria (pooled), or of the means of groups."""

    mean: Class
    over: Over

    @property
    def groups(self) -> tuple[Level, ...]:
        """The kinds of groups whose means are taken, from the inner to the outer; none where it is pooled."""
        return tuple(level for level in INNER_TO_OUTER if level in self.over)

    @model_validator(mode="after")
    def _over_groups(self) -> "Mean":
        order = ["criteria", *INNER_TO_OUTER]
        known = [order.index(level) for level in self.over if level in order]
        alone = self.over == ("criteria",) or "criteria" not in self.over
        if len(known) < len(self.over) or not known or not alone or known != sorted(set(known)):
            raise PydanticCustomError(
                "not_over",
                "not what a mean can be taken over; write criteria for one pooled mean, or section, standard, domain "
                "or a list of these from the inner to the outer, as in [standard, domain]",
            )
        return self


class Points(Part):
    """The points earned in a class, each times its criterion's weight."""

    points: Class


class PercentOfPoints(Part):
    """The points earned in a class, in percent of those that could be earned there."""

    percent_of_points: Class


class Lowest(Part):
    """The lowest points of any criterion of a class."""

    lowest: Class


class Highest(Part):
    """The highest points of any criterion of a class."""

    highest: Class


class NumberFigure(Counted):
    """How many criteria of a class are met, or counted as written."""

    number: Class


class ShareFigure(Counted):
    """How many in a hundred of the class are met, or counted as written."""

    share: Class
    weighted: bool = False


class ScoreFigure(Part):
    """A score of the scheme, exact: not as rounded for its bands."""

    score: Word
    of: Id | None = None


class LevelPoints(Part):
    """The points that a score's level gives."""

    level_points: Word
    of: Id | None = None


class MeasuredFigure(Part):
    """What was measured for a criterion."""

    measured: Id


class FactFigure(Part):
    """A number of the service's profile."""

    fact: Word


class Constant(Part):
    """A number that is always the same."""

    constant: Number


class MeanOf(Part):
    """The mean of figures, each as often as its weight says where weights are written."""

    mean_of: tuple["Figure", ...] = Field(min_length=1)
    weights: tuple[Number, ...] | None = None

    @model_validator(mode="after")
    def _one_weight_each(self) -> "MeanOf":
        if self.weights is not None and (len(self.weights) != len(self.mean_of) or min(self.weights) <= 0):
            raise PydanticCustomError(
                "weights", "weights that do not fit; write one number above 0 for each figure of mean_of, in its order"
            )
        return self


class SumOf(Part):
    """The sum of figures."""

    sum_of: tuple["Figure", ...] = Field(min_length=1)


class ProductOf(Part):
    """The product of figures."""

    product_of: tuple["Figure", ...] = Field(min_length=1)


class LowestOf(Part):
    """The lowest of figures."""

    lowest_of: tuple["Figure", ...] = Field(min_length=1)


class HighestOf(Part):
    """The highest of figures."""

    highest_of: tuple["Figure", ...] = Field(min_length=1)


class FirstOf(Part):
    """The first figure that has a value."""

    first_of: tuple["Figure", ...] = Field(min_length=1)


class Difference(Part):
    """The first figure less the second."""

    difference: tuple["Figure", "Figure"]


class Quotient(Part):
    """One figure divided by another. No value where it would be divided by zero."""

    divide: "Figure"
    by: "Figure"


class EachFigure(Part):
    """One number taken from all groups of a kind: the mean, the sum, the lowest or the highest of a figure of each."""

    each: Level
    take: Literal["mean", "sum", "lowest", "highest"]
    figure: "Figure"


Listed = MeanOf | SumOf | ProductOf | LowestOf | HighestOf | FirstOf
"""Figures made of a list of figures."""

FIGURES: dict[str, type[Part]] = {
    "mean": Mean,
    "points": Points,
    "percent_of_points": PercentOfPoints,
    "lowest": Lowest,
    "highest": Highest,
    "number": NumberFigure,
    "share": ShareFigure,
    "score": ScoreFigure,
    "level_points": LevelPoints,
    "measured": MeasuredFigure,
    "fact": FactFigure,
    "constant": Constant,
    "mean_of": MeanOf,
    "sum_of": SumOf,
    "product_of": ProductOf,
    "lowest_of": LowestOf,
    "highest_of": HighestOf,
    "first_of": FirstOf,
    "difference": Difference,
    "divide": Quotient,
    "each": EachFigure,
}
"""The key a figure begins with -> the node."""


def figure_kind(value: Any) -> str | None:
    """Which node is this? None where no key of a figure is written."""
    if isinstance(value, dict):
        return next((node.__name__ for key, node in FIGURES.items() if key in value), None)
    return type(value).__name__ if isinstance(value, Part) else None


Figure = Annotated[
    Annotated[Mean, Tag("Mean")]
    | Annotated[Points, Tag("Points")]
    | Annotated[PercentOfPoints, Tag("PercentOfPoints")]
    | Annotated[Lowest, Tag("Lowest")]
    | Annotated[Highest, Tag("Highest")]
    | Annotated[NumberFigure, Tag("NumberFigure")]
    | Annotated[ShareFigure, Tag("ShareFigure")]
    | Annotated[ScoreFigure, Tag("ScoreFigure")]
    | Annotated[LevelPoints, Tag("LevelPoints")]
    | Annotated[MeasuredFigure, Tag("MeasuredFigure")]
    | Annotated[FactFigure, Tag("FactFigure")]
    | Annotated[Constant, Tag("Constant")]
    | Annotated[MeanOf, Tag("MeanOf")]
    | Annotated[SumOf, Tag("SumOf")]
    | Annotated[ProductOf, Tag("ProductOf")]
    | Annotated[LowestOf, Tag("LowestOf")]
    | Annotated[HighestOf, Tag("HighestOf")]
    | Annotated[FirstOf, Tag("FirstOf")]
    | Annotated[Difference, Tag("Difference")]
    | Annotated[Quotient, Tag("Quotient")]
    | Annotated[EachFigure, Tag("EachFigure")],
    Discriminator(
        figure_kind,
        custom_error_type="not_a_figure",
        custom_error_message=f"not a figure; a figure begins with one of {', '.join(FIGURES)}",
    ),
]

for _node in (MeanOf, SumOf, ProductOf, LowestOf, HighestOf, FirstOf, Difference, Quotient, EachFigure):
    _node.model_rebuild()
