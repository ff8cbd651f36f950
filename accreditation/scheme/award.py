"""What can follow from a cycle: outcomes in their order, what limits them, how long they last, their conditions."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.classes import Class
from accreditation.scheme.rule import Rule
from accreditation.scheme.values import Part, Period, Word


class Conditions(Part):
    """What a team must put right after an outcome, how long it has, and what follows then.

    `on` names the class whose unmet criteria always become conditions; to these come, for every other class
    that falls short of the next award, the criteria from which the team may choose. `when_met` is the outcome
    once all are put right in time, `when_missed` the one to which it lapses by itself when the time is over.
    """

    on: Class
    within: Period
    when_met: Word | None = None
    when_missed: Word | None = None


class Validity(Part):
    """How long an award is valid where its rule holds; the last says `otherwise: true`."""

    period: Period
    when: Rule | None = None
    otherwise: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> "Validity":
        if (self.when is None) == (self.otherwise is None):
            raise PydanticCustomError(
                "no_rule", "a length without a rule, or with two; write one of when (its rule), otherwise: true"
            )
        return self


def _validity_kind(value: Any) -> str:
    return "Steps" if isinstance(value, list | tuple) else "Period"


ValidFor = Annotated[
    Annotated[Period, Tag("Period")] | Annotated[tuple[Validity, ...], Tag("Steps"), Field(min_length=1)],
    Discriminator(_validity_kind),
]
"""One length of time, or several by rule, the first whose rule holds."""


class Outcome(Part):
    """One possible result. Outcomes are listed from the highest to the lowest; the first whose rule holds is it.

    `follows_conditions: true` marks an outcome that no ratings lead to: it only comes of conditions, as their
    when_met or when_missed. `judgement: true` marks the place where the rules are silent: the committee decides,
    and gives its reason.
    """

    outcome: Word
    title: str
    public_wording: str
    awarded: bool
    valid_for: ValidFor | None = None
    when: Rule | None = None
    otherwise: Literal[True] | None = None
    follows_conditions: Literal[True] | None = None
    judgement: bool = False
    conditions: Conditions | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Outcome":
        if sum(one is not None for one in (self.when, self.otherwise, self.follows_conditions)) != 1:
            raise PydanticCustomError(
                "no_rule",
                "an outcome without a rule, or with two; write one of when (its rule), otherwise: true, or "
                "follows_conditions: true where it only comes of conditions that were met or missed",
            )
        if self.awarded and self.valid_for is None:
            raise PydanticCustomError("no_validity", "an award that says not how long it is valid; add valid_for")
        if self.awarded and self.judgement:
            raise PydanticCustomError("judged", "a judgement that is an award; write awarded: false, people decide it")
        return self


class Limiter(Part):
    """Where this rule holds, the outcome is at best the one named, whatever else is good."""

    when: Rule
    at_best: Word
    because: str
