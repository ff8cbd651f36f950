"""Scores: numbers and levels that a scheme works out and names, for the whole or for each domain, standard or tag."""

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.bands import NamedBands
from accreditation.scheme.classes import Level
from accreditation.scheme.figure import Figure
from accreditation.scheme.rule import Rule
from accreditation.scheme.values import Id, Number, Part


class Step(Part):
    """A step of a ladder, or a level with a rule of its own."""

    level: Id
    when: Rule
    points: Number | None = None


class Score(Part):
    """One score, in one of three ways.

    `figure` gives a number, and with `bands` a level (the best band first). `rounded` is how many decimals are
    published: the bands look at the number so rounded, half away from zero; other figures take it unrounded.
    `ladder` climbs from the lowest step and stops below the first whose rule does not hold. `levels` are tried
    from the best; the first whose rule holds is the level. Where none is reached there is no level, or
    `otherwise` with `otherwise_points`. With `per` there is one for each domain, standard, section, type or tag,
    from the criteria of that group alone.
    """

    title: str
    per: Level | None = None
    figure: Figure | None = None
    rounded: int | None = Field(default=None, ge=0, le=6)
    bands: NamedBands | None = None
    ladder: tuple[Step, ...] | None = Field(default=None, min_length=1)
    levels: tuple[Step, ...] | None = Field(default=None, min_length=1)
    otherwise: Id | None = None
    otherwise_points: Number | None = None
    published: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "Score":
        if sum(way is not None for way in (self.figure, self.ladder, self.levels)) != 1:
            raise PydanticCustomError(
                "not_one_way", "a score without a way to work it out, or with two; write one of figure, ladder, levels"
            )
        if self.figure is None and (self.bands is not None or self.rounded is not None):
            raise PydanticCustomError("bands_alone", "bands or rounded without a figure; write figure beside them")
        if self.figure is not None and self.otherwise is not None and self.bands is None:
            raise PydanticCustomError("no_bands", "otherwise without levels; write bands beside the figure")
        return self
