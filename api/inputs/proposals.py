"""What may be sent of proposed review teams, what is answered about their seats, and of visits and panels."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from accreditation.rules.matching import SET_ASIDE
from accreditation.rules.wishes import Change, KeepOut, Lock, Release, Swap
from api.inputs.bounds import IdGiven, Prose, Sent, Word

_Rule = Annotated[Word, BeforeValidator(lambda said: said.lower() if isinstance(said, str) else said)]
"""A rule's name, in capitals or small letters: people write Region."""


class LockSent(Sent):
    """Let this reviewer sit in this team in this role."""

    kind: Literal["lock"]
    cycle: IdGiven
    reviewer: IdGiven
    role: Word = Field(examples=["lay"])
    whatever: Annotated[tuple[_Rule, ...], Field(max_length=len(SET_ASIDE))] = Field(
        default=(), examples=[["region"]],
        description=f"Rules set aside for this seat alone: {', '.join(SET_ASIDE)}. Never a conflict of interest.",
    )  # fmt: skip
    reason: Prose = Field(default="", description="Why a rule is set aside, for the college alone; then compulsory.")

    def change(self) -> Change:
        """The change as a value."""
        return Lock(
            cycle=self.cycle, reviewer=self.reviewer, role=self.role, whatever=self.whatever, reason=self.reason
        )


class SwapSent(Sent):
    """Let one reviewer sit in the seat of another, who leaves this team."""

    kind: Literal["swap"]
    cycle: IdGiven
    out: IdGiven = Field(description="Who leaves.")
    into: IdGiven = Field(description="Who comes.")

    def change(self) -> Change:
        """The change as a value."""
        return Swap(cycle=self.cycle, out=self.out, into=self.into)


class KeepOutSent(Sent):
    """Let this reviewer sit anywhere but in this team."""

    kind: Literal["keep_out"]
    cycle: IdGiven
    reviewer: IdGiven

    def change(self) -> Change:
        """The change as a value."""
        return KeepOut(cycle=self.cycle, reviewer=self.reviewer)


class ReleaseSent(Sent):
    """Take back what was locked, swapped or kept out of this reviewer in this team."""

    kind: Literal["release"]
    cycle: IdGiven
    reviewer: IdGiven

    def change(self) -> Change:
        """The change as a value."""
        return Release(cycle=self.cycle, reviewer=self.reviewer)


class ArrangementSent(Sent):
    """A change to the proposal that was on the screen."""

    number: IdGiven = Field(description="The proposal's number.")
    change: Annotated[LockSent | SwapSent | KeepOutSent | ReleaseSent, Field(discriminator="kind")]


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


class VisitSent(Sent):
    """The days of a visit, both included."""

    first: date = Field(examples=["2027-03-08"])
    last: date = Field(examples=["2027-03-09"])


class PanelSent(Sent):
    """Everybody who is to sit in a panel; nobody dissolves it."""

    members: Annotated[list[IdGiven], Field(max_length=20)]
