"""The language of award rules: small nodes that compose, each a question about the criteria that apply.

A rule is one of these, told apart by the key it begins with:

    every: {type: essential}                 all criteria of the class are met
    share: {type: expected}  at_least: 80 %  at least this share of the class is met
    number: {type: desirable} at_least: 3    at least this many of the class are met
    all: [rule, ...]                         every rule holds
    any: [rule, ...]                         at least one rule holds

Nothing here is evaluated as code. The scheme says with `if_none_apply` what an empty class gives.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.values import Id, Part, Period, Share, Word

IfNoneApply = Literal["satisfied", "not_satisfied"]


class Class(Part):
    """Which criteria a rule speaks of: those of a type, of a domain, or both."""

    type: Word | None = None
    domain: Id | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Class":
        if self.type is None and self.domain is None:
            raise PydanticCustomError("empty_class", "no class of criteria is named; write type, domain or both")
        return self


class Every(Part):
    """All criteria of the class are met."""

    every: Class
    if_none_apply: IfNoneApply


class ShareOf(Part):
    """At least this share of the class is met; compared exactly, never rounded."""

    share: Class
    at_least: Share
    if_none_apply: IfNoneApply


class NumberOf(Part):
    """At least this many criteria of the class are met."""

    number: Class
    at_least: int = Field(ge=1, le=10_000)


class AllOf(Part):
    """Every rule in the list holds."""

    all: tuple["Rule", ...] = Field(min_length=1)


class AnyOf(Part):
    """At least one rule in the list holds."""

    any: tuple["Rule", ...] = Field(min_length=1)


_KINDS = {"every": "Every", "share": "ShareOf", "number": "NumberOf", "all": "AllOf", "any": "AnyOf"}


def _kind(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((kind for key, kind in _KINDS.items() if key in value), None)
    return type(value).__name__ if isinstance(value, Part) else None


Rule = Annotated[
    Annotated[Every, Tag("Every")]
    | Annotated[ShareOf, Tag("ShareOf")]
    | Annotated[NumberOf, Tag("NumberOf")]
    | Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")],
    Discriminator(
        _kind,
        custom_error_type="not_a_rule",
        custom_error_message="not a rule; a rule begins with one of every, share, number, all, any",
    ),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()


class Conditions(Part):
    """What a team must put right after an outcome that is not an award, and how long it has.

    `on` names the class whose unmet criteria always become conditions; to these come, for every
    other class that falls short of the next award, the criteria from which the team may choose.
    """

    on: Class
    within: Period


class Outcome(Part):
    """One possible result. Outcomes are listed from the highest to the lowest; the first whose rule holds is it."""

    outcome: Word
    title: str
    public_wording: str
    awarded: bool
    valid_for: Period | None = None
    when: Rule | None = None
    otherwise: Literal[True] | None = None
    conditions: Conditions | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Outcome":
        if (self.when is None) == (self.otherwise is None):
            raise PydanticCustomError(
                "no_rule", "an outcome without a rule, or with two; write one of when (its rule), otherwise: true"
            )
        if self.awarded and self.valid_for is None:
            raise PydanticCustomError("no_validity", "an award that says not how long it is valid; add valid_for")
        return self
