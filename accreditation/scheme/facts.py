"""The facts a service states about itself, and what depends on them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.ends import Between, fixed, inside
from accreditation.scheme.values import Number, Part, Word

FactValue = bool | str | Decimal
"""What is stated of a fact: yes or no, one of its choices, or a number."""


def _stated_kind(value: Any) -> str:
    return "YesNo" if isinstance(value, bool) else "Choice" if isinstance(value, str) else "Number"


FactStated = Annotated[
    Annotated[bool, Tag("YesNo")] | Annotated[str, Tag("Choice")] | Annotated[Number, Tag("Number")],
    Discriminator(_stated_kind),
]
"""What may be written of a fact, before it is compared with its question."""

Profile = Mapping[str, FactValue]
"""The facts a service states about itself: fact -> what is stated."""


class Fact(Part):
    """One fact of a service's profile: a question answered yes or no, by one of some choices, or with a number.

    `asked_of` says who answers it: the team about itself, or the college's office, which states for example
    which kind of assessment a cycle is, or a limit that was worked out from other services.
    """

    question: str
    choices: dict[Word, str] | None = Field(default=None, min_length=2)
    unit: str | None = None
    asked_of: Literal["team", "office"] = "team"

    @model_validator(mode="after")
    def _one_kind(self) -> "Fact":
        if self.choices is not None and self.unit is not None:
            raise PydanticCustomError(
                "two_kinds", "both choices and unit; write choices, or unit for a number, or neither for yes or no"
            )
        return self

    @property
    def kind(self) -> Literal["yes_no", "choice", "number"]:
        """How is the question answered?"""
        return "choice" if self.choices is not None else "number" if self.unit is not None else "yes_no"

    @property
    def allowed(self) -> str:
        """What may be stated, in words."""
        number = f"a number ({self.unit})"
        return {"yes_no": "true or false", "choice": ", ".join(self.choices or ()), "number": number}[self.kind]

    def takes(self, value: object) -> bool:
        """May this be stated?"""
        match self.kind:
            case "yes_no":
                return isinstance(value, bool)
            case "choice":
                return isinstance(value, str) and value in (self.choices or ())
            case "number":
                return isinstance(value, int | Decimal) and not isinstance(value, bool)

    def answers(self) -> tuple[str, ...]:
        """The answers that a limit can depend on, as written in the file; none for a number."""
        return {"yes_no": ("true", "false"), "choice": tuple(self.choices or ()), "number": ()}[self.kind]


def _wanted_kind(value: Any) -> str:
    if isinstance(value, dict | Between):
        return "Range"
    return "Choices" if isinstance(value, str | list | tuple) else "YesNo"


Wanted = Annotated[
    Annotated[bool, Tag("YesNo")]
    | Annotated[tuple[Word, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v), Tag("Choices")]
    | Annotated[Between, Tag("Range")],
    Discriminator(_wanted_kind),
]
"""What a fact must be: true or false, one of these choices, or a number within these ends."""

AppliesWhen = dict[str, Wanted]
"""Fact -> what it must be; everything written must be so."""


def is_so(wanted: bool | tuple[str, ...] | Between, stated: FactValue | None) -> bool:
    """Is the fact as wanted? A fact that is not stated counts as no, and is none of the choices and no number."""
    match wanted:
        case bool():
            return (stated is True) == wanted
        case Between():
            number = isinstance(stated, int | Decimal) and not isinstance(stated, bool)
            return number and inside(Fraction(stated or 0), fixed(wanted))
        case _:
            return stated in wanted


def all_so(wanted: Mapping[str, bool | tuple[str, ...] | Between], profile: Profile) -> bool:
    """Is every fact as wanted?"""
    return all(is_so(want, profile.get(fact)) for fact, want in wanted.items())


def number_of(stated: FactValue | None) -> Fraction | None:
    """The number that was stated; None where none was."""
    return Fraction(stated) if isinstance(stated, int | Decimal) and not isinstance(stated, bool) else None
