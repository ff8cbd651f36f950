"""Of which criteria a rule or a figure speaks, what is counted among them, and what groups them."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.values import Id, Ids, Part, Words

Level = Literal["domain", "standard", "section", "type", "tag"]
"""What groups criteria."""

INNER_TO_OUTER: tuple[Level, ...] = ("section", "standard", "domain")
"""The kinds of groups that lie within each other."""


class Class(Part):
    """Which criteria a rule speaks of: those of a type, a domain, a standard or a tag, critical ones, or some by id.

    All that is written holds together; where a list is written, any of its members will do.
    """

    all_criteria: Literal[True] | None = None
    type: Words | None = None
    domain: Ids | None = None
    standard: Ids | None = None
    tag: Words | None = None
    critical: bool | None = None
    criteria: Ids | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Class":
        if all(value is None for _, value in self):
            raise PydanticCustomError(
                "empty_class",
                "no class of criteria is named; write one or more of type, domain, standard, tag, critical, criteria, "
                "or all_criteria: true",
            )
        return self


Counting = Literal["met", "not_met", "not_answered", "too_few_cases", "not_applicable"]


class Counted(Part):
    """What is counted among the criteria of a class: those met, unless another standing or ratings are written."""

    counting: Counting | None = None
    rated: Ids | None = None
    rated_at_least: Id | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Counted":
        if sum(value is not None for value in (self.counting, self.rated, self.rated_at_least)) > 1:
            raise PydanticCustomError(
                "counts_twice", "counted in two ways; write one of counting, rated, rated_at_least, or none for met"
            )
        return self


def class_in(figure: Part) -> Class:
    """The class of criteria that this figure or rule is about. Raises StopIteration where it names none."""
    return next(value for _, value in figure if isinstance(value, Class))
