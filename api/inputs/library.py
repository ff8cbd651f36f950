"""What may be sent about a team's library, and about what of it is attached."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from accreditation.actions.attach_from_library import Wanted
from accreditation.rules.library import Described
from api.inputs.bounds import LARGEST_ID, ON_ONE_LINE, CriterionGiven, IdGiven, Line, Prose, Sent

DocumentId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The document's id.")]
VersionId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The version's id.")]
Owner = Annotated[str, Query(max_length=1000, description="Who keeps the document up to date: an office, not a name.")]
EffectiveOn = Annotated[
    date | None, Query(description="The day from which the document holds; not the day of its upload.")
]
ReviewBy = Annotated[date | None, Query(description="The last day on which it is in date.")]
_PLACE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}=[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,200}\Z"
_A_PLACE = "a criterion, '=' and where it is answered, as in `1.01=p. 3`; each place as a `place` of its own"


def _place(given: str) -> str:
    if not re.match(_PLACE, given):
        raise PydanticCustomError("place", _A_PLACE)
    return given


PlaceGiven = Annotated[
    Sequence[Annotated[str, StringConstraints(max_length=300), AfterValidator(_place)]],
    Query(max_length=200, description="Where a criterion is answered, as in `1.01=p. 3`; may be repeated."),
]
MaybeLine = Annotated[str, StringConstraints(max_length=200, pattern=ON_ONE_LINE)]


def places(given: Sequence[str]) -> dict[str, str]:
    """Criterion -> the page or section that is said in these."""
    return {criterion: place for one in given for criterion, _, place in [one.partition("=")]}


class DescribedSent(Sent):
    """What a version is. Everything is said at once; a day that is left out is not known."""

    title: Line
    owner: MaybeLine = ""
    effective_on: date | None = None
    review_by: date | None = None
    seen_version: int = Field(ge=0, le=LARGEST_ID, description="The `said_version` that was on the screen.")

    def described(self) -> Described:
        """What is said, as a value."""
        return Described(
            title=self.title.strip(), owner=self.owner.strip(), effective_on=self.effective_on,
            review_by=self.review_by,
        )  # fmt: skip


class WantedSent(Sent):
    """A version of the team's library, and the criteria that it is to answer; on which page, where that is said."""

    version: IdGiven
    criteria: list[CriterionGiven] = Field(min_length=1, max_length=200)
    places: dict[CriterionGiven, MaybeLine] = Field(default_factory=dict, max_length=200, examples=[{"1.01": "p. 3"}])

    def wanted(self) -> Wanted:
        """What is wanted, as a value."""
        return Wanted(version=self.version, criteria=self.criteria, places=self.places)


class SeveralWantedSent(Sent):
    """Everything that is to be attached, in one go: all of it or none."""

    documents: list[WantedSent] = Field(min_length=1, max_length=200)


class NotThereSent(Sent):
    """A document, and a criterion that was suggested for it and that it does not answer."""

    document: IdGiven
    criterion: CriterionGiven


class ReplacementSent(Sent):
    """The version that is to stand in the place of a file; for the same criteria, where none are named."""

    version: IdGiven
    criteria: list[CriterionGiven] = Field(default_factory=list, max_length=200)
    places: dict[CriterionGiven, MaybeLine] = Field(default_factory=dict, max_length=200)
    reason: Prose = ""

    def wanted(self) -> Wanted:
        """What is wanted, as a value."""
        return Wanted(version=self.version, criteria=self.criteria, places=self.places)


class PlaceSent(Sent):
    """The page or section; empty where the whole file answers the criterion."""

    place: MaybeLine = Field(examples=["section 4, p. 12"])
