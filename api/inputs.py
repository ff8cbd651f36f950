"""What may be sent, with its bounds: every text and every number has an end."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StrictInt,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from accreditation.actions.edit_exercise import ItemChange
from accreditation.actions.import_teams import TeamToImport
from accreditation.actions.rate import Given
from accreditation.actions.record_finding import Found
from accreditation.rules.findings import Draft, Words
from accreditation.rules.findings import Kind as FindingKind
from accreditation.rules.people import Role
from accreditation.rules.proposing import Change, Lock, Release, Swap
from accreditation.scheme.answer import Answer, Point
from accreditation.scheme.values import Number

LARGEST_ID = 2**31 - 1
"""What an id's column holds."""

LONGEST_NUMBER = 40
"""Characters of a measured number."""

LONGEST_CHOICE = 60
"""Characters of what is chosen for a fact."""

MOST_POINTS = 1000
"""Values of a series: ten years of months for eight wards."""

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
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

MeasuredSent = Annotated[Number, BeforeValidator(_short)]

CycleId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The cycle's id.")]
OrganisationPath = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The organisation's id.")]
ReviewerPath = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The reviewer's id.")]
TeamId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The team's id.")]
RoundId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The round's id.")]
EvidenceId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The evidence's id.")]
CommentId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The comment's id.")]
InvitationId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The invitation's id.")]
ReviewerId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The reviewer's id.")]
ConditionId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The condition's id.")]
ExerciseId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The exercise's id.")]
JobId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The job's id.")]
CriterionId = Annotated[str, Path(pattern=_CRITERION, description="The criterion's id, as in 2.03.")]
FindingKey = Annotated[str, Path(pattern=_KEY, description="The reviewer's own key for a finding; they choose it.")]
FindingId = Annotated[str, Path(pattern=_NAME, description="The finding's name, as in 3f9a0c41d2b7.")]
RequestId = Annotated[str, Path(pattern=_NAME, description="The request's name, as in 3f9a0c41d2b7e605.")]
RiskId = Annotated[str, Path(pattern=_NAME, description="The risk's name, as in 3f9a0c41d2b7e605.")]
SchemeId = Annotated[str, Path(pattern=_WORD, description="The scheme's id, as in stroke.")]
EditionDigest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="The edition's digest.")]
After = Annotated[int, Query(ge=0, le=LARGEST_ID, description="Only what comes behind this id.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
Search = Annotated[str, Query(max_length=100, pattern=ON_ONE_LINE, description="Words in the name of a team.")]


class Sent(BaseModel):
    """What every body has in common: a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PointSent(Sent):
    """One number of a series, where it stands, and the benchmark it is compared with, where there is one."""

    at: Annotated[dict[Word, Line], Field(min_length=1, max_length=4)] = Field(
        examples=[{"ward": "A", "quarter": "2026-1"}]
    )
    value: MeasuredSent
    benchmark: MeasuredSent | None = None

    def point(self) -> Point:
        """The number as a value."""
        return Point(**dict(self))


class AnswerSent(Sent):
    """What somebody says about one criterion: exactly one of rating, measured, series and level where it is rated."""

    state: Literal["rated", "not_applicable", "too_few_cases", "not_answered"] = "rated"
    rating: Annotated[str, StringConstraints(max_length=40, pattern=ON_ONE_LINE)] | None = Field(
        default=None, description="An id of the scheme's scale.", examples=["met"]
    )
    measured: MeasuredSent | None = Field(default=None, description="A number in the unit of the criterion.")
    level: Annotated[str, StringConstraints(max_length=40, pattern=ON_ONE_LINE)] | None = Field(
        default=None, description="A level of the audit that the criterion is measured by."
    )
    series: Annotated[tuple[PointSent, ...], Field(max_length=MOST_POINTS)] = Field(
        default=(), description="Many numbers, each with its place, where the criterion is measured over a series."
    )
    note: Prose = Field(default="", description="The reason where it does not apply; elsewhere a remark.")

    def answer(self) -> Answer:
        """The answer as a value."""
        return Answer(**{**dict(self), "series": tuple(point.point() for point in self.series)})


class GivenSent(Sent):
    """An answer, and the version that the person saw when giving it."""

    answer: AnswerSent
    seen_version: StrictInt = Field(
        ge=0, le=LARGEST_ID, description="The `version` of the answer that was on the screen; 0 where there was none."
    )

    def given(self) -> Given:
        """The answer and the version seen, as a value."""
        return Given(answer=self.answer.answer(), seen_version=self.seen_version)


class BulkSent(Sent):
    """Answers to many criteria: all are kept, or none."""

    answers: Annotated[dict[CriterionGiven, GivenSent], Field(min_length=1, max_length=1000)] = Field(
        examples=[{"1.01": {"answer": {"rating": "met"}, "seen_version": 0}}]
    )

    def given(self) -> Mapping[str, Given]:
        """Criterion -> answer and the version seen."""
        return {name: one.given() for name, one in self.answers.items()}


def _fact(value: Any) -> bool | str | Decimal:
    """True or false, a choice, or a number; which of them the question takes is the scheme's to say."""
    if isinstance(value, str) and not 1 <= len(value) <= LONGEST_CHOICE:
        raise PydanticCustomError("not_a_fact", f"a choice has 1 to {LONGEST_CHOICE} characters")
    if not isinstance(value, bool | str | int | float | Decimal):
        raise PydanticCustomError("not_a_fact", "true or false, a choice, or a number")
    return value if isinstance(value, bool | str) else _EXACT.validate_python(value)


_EXACT: TypeAdapter[Decimal] = TypeAdapter(MeasuredSent)

FactSent = Annotated[
    bool | str | Decimal,
    PlainValidator(_fact),
    WithJsonSchema(
        {"anyOf": [{"type": "boolean"}, {"type": "string", "maxLength": LONGEST_CHOICE}, {"type": "number"}]}
    ),
]
"""What is stated of a fact. A number may be sent as text, which keeps every digit."""

Facts = Annotated[dict[Word, FactSent], Field(max_length=100)]


class ProfileSent(Sent):
    """Facts about the service: true or false, a choice, or a number. Those left out stand as they were."""

    profile: Facts = Field(examples=[{"hasu": True}])


class ReasonSent(Sent):
    """Why something is done."""

    reason: Prose = Field(examples=["The evidence for 2.03 is of another hospital."])


class SubmissionSent(Sent):
    """The stage whose work is submitted: the one that was on the screen, so that a second click does nothing more."""

    stage: Literal["self_assessment", "evidence"]


class TeamsSent(Sent):
    """Teams to register; those already known are left as they are."""

    teams: Annotated[list[TeamToImport], Field(min_length=1, max_length=2000)]


FileName = Annotated[str, StringConstraints(pattern=r"^((criteria|cases)/)?[A-Za-z0-9_-]{1,60}\.yaml$")]


class DraftSent(Sent):
    """A draft of a scheme as its author has it: name of each file -> what stands in it."""

    files: Annotated[
        dict[FileName, Annotated[str, StringConstraints(max_length=1_000_000)]], Field(min_length=1, max_length=200)
    ]
    limit: int = Field(default=100, ge=1, le=1000, description="How many teams and criteria to name; all are counted.")


class RoundSent(Sent):
    """A round to open on a published edition."""

    name: Line = Field(examples=["Spring 2027"])
    edition: Digest


class EditionSent(Sent):
    """The edition that a cycle goes on under."""

    edition: Digest


class EnrolmentSent(Sent):
    """A team that takes part in a round."""

    team: IdGiven
    round: IdGiven
    profile: Facts = Field(default_factory=dict, examples=[{"hasu": True}])


class ReviewerSent(Sent):
    """A reviewer for the pool, named by a designation."""

    name: Line = Field(examples=["Stroke physician, north"])
    roles: Annotated[list[Word], Field(min_length=1, max_length=20)] = Field(examples=[["lead_clinician"]])
    organisation: IdGiven | None = Field(default=None, description="The employer; null for none.")
    capacity: int = Field(ge=0, le=50, description="Visits in a round.")


class MergerSent(Sent):
    """The organisation that another one becomes part of, and why."""

    into: IdGiven
    reason: Prose = Field(examples=["The trusts merged on 1 April 2027."])


class ConflictSent(Sent):
    """A conflict of interest between a reviewer and an organisation."""

    organisation: IdGiven
    reviewer: IdGiven | None = Field(default=None, description="Whose it is; a reviewer may leave it out: their own.")
    reason: Prose = Field(description="Read by the college alone.")


class LockSent(Sent):
    """Let this reviewer sit in this team in this role."""

    kind: Literal["lock"]
    cycle: IdGiven
    reviewer: IdGiven
    role: Word = Field(examples=["lay"])

    def change(self) -> Change:
        """The change as a value."""
        return Lock(cycle=self.cycle, reviewer=self.reviewer, role=self.role)


class SwapSent(Sent):
    """Let one reviewer sit in the seat of another, who leaves this team."""

    kind: Literal["swap"]
    cycle: IdGiven
    out: IdGiven = Field(description="Who leaves.")
    into: IdGiven = Field(description="Who comes.")

    def change(self) -> Change:
        """The change as a value."""
        return Swap(cycle=self.cycle, out=self.out, into=self.into)


class ReleaseSent(Sent):
    """Take back what was locked or swapped of this reviewer in this team."""

    kind: Literal["release"]
    cycle: IdGiven
    reviewer: IdGiven

    def change(self) -> Change:
        """The change as a value."""
        return Release(cycle=self.cycle, reviewer=self.reviewer)


class ArrangementSent(Sent):
    """A change to the proposal that was on the screen."""

    number: IdGiven = Field(description="The proposal's number.")
    change: Annotated[LockSent | SwapSent | ReleaseSent, Field(discriminator="kind")]


class ExplanationSent(Sent):
    """A reviewer and a cycle that waits for a review team: why are they proposed for it, or why not?"""

    cycle: IdGiven
    reviewer: IdGiven


class ConfirmationSent(Sent):
    """The proposal that was on the screen, and whose teams of it are confirmed (all, where none is named)."""

    number: IdGiven = Field(description="The proposal's number.")
    cycles: Annotated[list[IdGiven], Field(min_length=1, max_length=20_000)] | None = None


class ServiceAnswerSent(Sent):
    """Whether the service has a conflict of interest with a reviewer; a conflict has a reason."""

    conflict: bool
    reason: Prose = Field(default="", description="Read by the college and this service alone.")


class InvitationAnswerSent(Sent):
    """What a reviewer says to an invitation; a conflict of interest has a reason."""

    answer: Literal["accepts", "declines", "conflict"]
    reason: Prose = Field(default="", description="Read by the college alone.")


class DecisionSent(Sent):
    """What the committee decides; a departure from the recommendation needs a reason."""

    outcome: Word = Field(examples=["accredited"])
    reason: Prose = ""
    conditions: Annotated[list[CriterionGiven], Field(max_length=200)] = Field(
        default_factory=list, description="Criteria to put right besides those that follow from the rules."
    )


class FindingSent(Sent):
    """A finding as a draft: kind and text may be lacking until all is handed in."""

    kind: FindingKind | None = None
    criterion: CriterionGiven | None = Field(default=None, description="Null: the service as a whole.")
    text: Prose = Field(default="", examples=["The rota has two nights without a consultant."])
    dropped: bool = Field(default=False, description="True: it is not to be handed in.")
    seen_version: StrictInt = Field(
        ge=0, le=LARGEST_ID, description="The `version` of the finding that was on the screen; 0 where there was none."
    )

    def found(self) -> Found:
        """The finding and the version seen, as a value."""
        draft = Draft(kind=self.kind, criterion=self.criterion, text=self.text, dropped=self.dropped)
        return Found(draft=draft, seen_version=self.seen_version)


class FindingWordsSent(Sent):
    """A whole finding in other words."""

    kind: FindingKind
    criterion: CriterionGiven | None = Field(default=None, description="Null: the service as a whole.")
    text: Prose

    def words(self) -> Words:
        """The finding as a value."""
        return Words(kind=self.kind, criterion=self.criterion, text=self.text)


class FindingSettledSent(Sent):
    """What becomes of a finding: kept, amended (then its words), or withdrawn; with the reason."""

    how: Literal["kept", "amended", "withdrawn"]
    amended: FindingWordsSent | None = None
    reason: Prose = Field(examples=["All of us saw it."])


class QuestionSent(Sent):
    """What more a reviewer asks the team to show on a criterion."""

    question: Prose = Field(examples=["Please attach the rota of August."])


class ReplySent(Sent):
    """What the team, or its lead, answers in writing."""

    reply: Prose = Field(examples=["The rota of August is attached."])


class RiskSent(Sent):
    """An immediate risk, on one criterion or the service as a whole."""

    criterion: CriterionGiven | None = Field(default=None, description="Null: the service as a whole.")
    text: Prose = Field(examples=["The resuscitation trolley has no working defibrillator."])


class CommentSent(Sent):
    """What in the report is not accurate, and why: of a criterion's rating, or of a finding."""

    criterion: CriterionGiven | None = Field(default=None, description="The criterion, for a comment on its rating.")
    finding: FindingName | None = Field(default=None, description="The finding's name, for a comment on a finding.")
    reason: Prose = Field(examples=["The job plan names the lead on its second page."])


class CommentAnswerSent(Sent):
    """The answer to a comment: what stands instead from now on, or nothing of it, which keeps it; with the reason."""

    amended: AnswerSent | None = Field(default=None, description="The amended rating; its note is the reason.")
    finding: FindingWordsSent | None = Field(default=None, description="The finding in other words.")
    withdrawn: bool = Field(default=False, description="True: the finding is taken out of the report.")
    reason: Prose = Field(examples=["The second page was seen."])


class ConditionMetSent(Sent):
    """Why a condition counts as met, and which of its criteria were put right (all, where none is named)."""

    reason: Prose = Field(examples=["The reviewers saw the new job plan on 20 July."])
    criteria: Annotated[list[CriterionGiven], Field(max_length=200)] = Field(default_factory=list)


class AppealAnswerSent(Sent):
    """What the committee answers to an appeal: another outcome, or none, which dismisses it; with the reason."""

    outcome: Word | None = Field(description="The outcome from now on; null dismisses the appeal.")
    reason: Prose
    conditions: Annotated[list[CriterionGiven], Field(max_length=200)] = Field(
        default_factory=list, description="Criteria to put right besides those that follow from the rules."
    )


class TokenSent(Sent):
    """A token for somebody. A team's role is bound to a team, a reviewer's to a reviewer."""

    name: Line = Field(examples=["stroke team, lead"])
    role: Role
    team: IdGiven | None = None
    reviewer: IdGiven | None = None
    valid_for_days: int = Field(default=365, ge=1, le=3660)


class ExerciseSent(Sent):
    """An exercise to make from a completed case. Neither text may tell whose case it was."""

    cycle: IdGiven
    title: Line = Field(examples=["A unit with gaps in its rota"])
    about: Prose = ""


class ItemChangeSent(Sent):
    """What an exercise tells of a criterion from now on. What is left out stays; an empty text is dropped."""

    note: Prose | None = Field(default=None, description="The team's note.")
    evidence: Prose | None = Field(default=None, description="What is said of the evidence.")
    reference: AnswerSent | None = Field(default=None, description="The reference; its note is the reason told.")
    reason: Prose = Field(default="", description="Why the reference is another than what was settled.")
    left_out: bool | None = Field(default=None, description="Whether the criterion is left out of the exercise.")
    seen_version: StrictInt = Field(ge=0, le=LARGEST_ID, description="The `version` that was on the screen.")

    def change(self) -> ItemChange:
        """The change as a value."""
        reference = None if self.reference is None else self.reference.answer()
        return ItemChange(
            note=self.note, evidence=self.evidence, reference=reference, reason=self.reason, left_out=self.left_out
        )
