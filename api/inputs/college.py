"""What the college may send: schemes, rounds, people, exercises, tokens."""

from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from accreditation.actions.edit_exercise import ItemChange
from accreditation.actions.import_teams import TeamToImport
from accreditation.rules.people import Role
from api.inputs.assessment import AnswerSent, Facts
from api.inputs.bounds import LARGEST_ID, EditionGiven, IdGiven, Line, Prose, Sent, Word


class TeamsSent(Sent):
    """Teams to register; teams already known are left as they are, what is said of their organisations stands."""

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
    edition: EditionGiven


class EditionSent(Sent):
    """The edition that a cycle goes on under."""

    edition: EditionGiven


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
