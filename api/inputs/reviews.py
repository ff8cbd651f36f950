"""What may be sent during a review besides ratings: findings, requests, risks."""

from typing import Literal

from pydantic import Field, StrictInt

from accreditation.actions.record_finding import Found
from accreditation.rules.findings import Draft, Words
from accreditation.rules.findings import Kind as FindingKind
from api.inputs.bounds import LARGEST_ID, CriterionGiven, IdGiven, Prose, ReasonSent, Sent


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


class SettlerSent(ReasonSent):
    """Who settles from now on, and why; the reason is for the college alone."""

    reviewer: IdGiven = Field(description="A member of the review team who rates and has handed in.")
    seen_version: StrictInt = Field(ge=0, le=LARGEST_ID, description="The `settler_version` of the review team.")
