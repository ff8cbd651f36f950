"""What may be sent in a path, a query or a field: every text and every number has an end."""

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from accreditation.scheme.values import Number

LARGEST_ID = 2**31 - 1
"""What an id's column holds."""

LONGEST_NUMBER = 40
"""Characters of a measured number."""

ON_ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
"""No control characters and no line breaks: not every database keeps them."""

_PROSE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
_CRITERION = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"
_NAME = r"^[0-9a-f]{12,16}$"
_KEY = r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$"
_WORD = r"^[a-z][a-z0-9_]{0,59}$"


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_NUMBER:
        raise PydanticCustomError("too_long", f"at most {LONGEST_NUMBER} characters")
    return value


IdGiven = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ON_ONE_LINE)]
Prose = Annotated[str, StringConstraints(max_length=5000, pattern=_PROSE)]
Word = Annotated[str, StringConstraints(pattern=_WORD)]
CriterionGiven = Annotated[str, StringConstraints(pattern=_CRITERION)]
FindingName = Annotated[str, StringConstraints(pattern=_NAME)]
EditionGiven = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=ON_ONE_LINE),
    Field(description="The edition: scheme and label, or its digest.", examples=["stroke 2026.4"]),
]

MeasuredSent = Annotated[Number, BeforeValidator(_short)]

CycleId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The cycle's id.")]
OrganisationPath = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The organisation's id.")]
TeamId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The team's id.")]
RoundId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The round's id.")]
EvidenceId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The evidence's id.")]
CommentId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The comment's id.")]
ChallengeId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The challenge's id.")]
InvitationId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The invitation's id.")]
ReviewerId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The reviewer's id.")]
ConditionId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The condition's id.")]
ExerciseId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The exercise's id.")]
GrantId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The grant's id.")]
JobId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The job's id.")]
CriterionId = Annotated[str, Path(pattern=_CRITERION, description="The criterion's id, as in 2.03.")]
FindingKey = Annotated[str, Path(pattern=_KEY, description="The reviewer's own key for a finding; they choose it.")]
FindingId = Annotated[str, Path(pattern=_NAME, description="The finding's name, as in 3f9a0c41d2b7.")]
RequestId = Annotated[str, Path(pattern=_NAME, description="The request's name, as in 3f9a0c41d2b7e605.")]
RiskId = Annotated[str, Path(pattern=_NAME, description="The risk's name, as in 3f9a0c41d2b7e605.")]
SchemeId = Annotated[str, Path(pattern=_WORD, description="The scheme's id, as in stroke.")]
EditionPath = Annotated[
    str, Path(max_length=200, pattern=ON_ONE_LINE, description="The edition's digest, or scheme and label.")
]
After = Annotated[int, Query(ge=0, le=LARGEST_ID, description="Only what comes behind this id.")]
PageAsked = Annotated[int, Query(ge=1, le=10_000, description="Which page of the list.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Search = Annotated[str, Query(max_length=100, pattern=ON_ONE_LINE, description="Words in the name of a team.")]


def _chosen(description: str) -> Any:
    return Query(max_length=200, pattern=ON_ONE_LINE, description=description)


ChosenService = Annotated[str, _chosen("The service line, as in stroke; empty for any.")]
ChosenPlace = Annotated[str, _chosen("The place or region of the organisation; empty for any.")]
ChosenScheme = Annotated[str, _chosen("The scheme's id, as in stroke; empty for any.")]
ChosenOutcome = Annotated[str, _chosen("The title of what stands now, as in Accredited; empty for any.")]


class Sent(BaseModel):
    """What every body has in common: a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReasonSent(Sent):
    """Why something is done."""

    reason: Prose = Field(examples=["The evidence for 2.03 is of another hospital."])
