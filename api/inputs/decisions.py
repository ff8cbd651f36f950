"""What may be sent from the report to the appeal."""

from typing import Annotated

from pydantic import Field

from api.inputs.assessment import AnswerSent
from api.inputs.bounds import CriterionGiven, FindingName, Prose, Sent, Word
from api.inputs.reviews import FindingWordsSent


class DecisionSent(Sent):
    """What the committee decides; a departure from the recommendation needs a reason."""

    outcome: Word = Field(examples=["accredited"])
    reason: Prose = ""
    conditions: Annotated[list[CriterionGiven], Field(max_length=200)] = Field(
        default_factory=list, description="Criteria to put right besides those that follow from the rules."
    )


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
