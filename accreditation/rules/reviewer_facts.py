"""What is known of a reviewer besides roles, employer and capacity: what they can, where they are, when they cannot.

Organisations are named by their ids. A fact that nobody stated says nothing: no specialty, no earlier visit, no
employment in the past, always available, no place, no preference.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.values import Word

MOST_DONE = 1000
"""More visits than anybody makes."""

MOST_VISITS = 50
"""More visits in one round are no reviewer's fair share."""

OrganisationId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Specialty = Annotated[Word, Field(max_length=60)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Worked(_Value):
    """The reviewer worked at an organisation until that day; null where it is not known, or still to come."""

    organisation: OrganisationId
    until: date | None = None


class Away(_Value):
    """The reviewer cannot visit from the first to the last of these days, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "Away":
        if self.last < self.first:
            raise PydanticCustomError("backwards", f"the last day, {self.last}, is before the first, {self.first}")
        return self


class Preference(_Value):
    """The reviewer would like to visit an organisation, or would rather not."""

    organisation: OrganisationId
    how: Literal["prefers", "rather_not"]


def _one_mind(given: tuple[Preference, ...]) -> tuple[Preference, ...]:
    """Each preference once, by organisation; none may be both preferred and rather not visited."""
    kept = {(one.organisation, one.how): one for one in given}
    if len({organisation for organisation, _ in kept}) < len(kept):
        raise PydanticCustomError("two_minds", "one organisation is both preferred and rather not visited")
    return tuple(one for _, one in sorted(kept.items()))


Absences = Annotated[tuple[Away, ...], Field(max_length=100)]
Preferences = Annotated[tuple[Preference, ...], Field(max_length=1000), AfterValidator(_one_mind)]


class Availability(_Value):
    """What a reviewer states of themselves: when they cannot visit, and where they would like to, or rather not."""

    unavailable: Absences
    preferences: Preferences


class ReviewerFacts(_Value):
    """Everything that stands of a reviewer; each fact is stated as a whole, in place of what stood before."""

    specialties: Annotated[tuple[Specialty, ...], Field(max_length=50)] = ()
    visits_done: Annotated[int, Field(ge=0, le=MOST_DONE)] = 0
    worked_at: Annotated[tuple[Worked, ...], Field(max_length=100)] = ()
    unavailable: Absences = ()
    region: Line = ""
    place: Line = ""
    preferences: Preferences = ()

    @field_validator("specialties")
    @classmethod
    def _each_once(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(set(given)))

    @property
    def availability(self) -> Availability:
        """When they cannot visit, and where they would like to, or rather not."""
        return Availability(unavailable=self.unavailable, preferences=self.preferences)

    @property
    def organisations(self) -> frozenset[int]:
        """Which organisations are named here?"""
        named = [one.organisation for one in self.worked_at]
        return frozenset([*named, *(one.organisation for one in self.preferences)])

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all facts: the ledger keeps this, as some of them are nobody else's business."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def moved(self, into: Mapping[int, int]) -> "ReviewerFacts":
        """The same, where organisations became part of others (old -> new).

        Of two preferences that so become one organisation's, the wary one stands.
        """
        preferences: dict[int, Preference] = {}
        for one in self.preferences:
            number = into.get(one.organisation, one.organisation)
            kept = preferences.get(number)
            if kept is None or one.how == "rather_not":
                preferences[number] = Preference(organisation=number, how=one.how)
        return self.model_copy(
            update={
                "worked_at": tuple(
                    Worked(organisation=into.get(one.organisation, one.organisation), until=one.until)
                    for one in self.worked_at
                ),
                "preferences": tuple(one for _, one in sorted(preferences.items())),
            }
        )


FACTS = tuple(ReviewerFacts.model_fields)
"""The facts by name."""

NO_FACTS = ReviewerFacts()
"""What stands of somebody of whom nothing was stated."""
