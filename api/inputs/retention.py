"""What may be sent about keeping and deleting evidence."""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from accreditation.actions.delete_evidence import MOST_AT_ONCE
from accreditation.actions.hold_evidence import HoldOn
from accreditation.rules.retention import Cause
from api.inputs.bounds import LARGEST_ID, IdGiven, Prose, Sent, Word

HoldId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The legal hold's id.")]


class WantedGone(Sent):
    """Versions of teams' libraries, and why they are to be deleted."""

    versions: tuple[IdGiven, ...] = Field(min_length=1, max_length=MOST_AT_ONCE)
    cause: Cause


class DeletionSent(WantedGone):
    """The same, with the reason that everybody who could see the file reads. Never write a patient's number here."""

    reason: Prose = Field(examples=["The rota names a patient. The team was told by telephone."])


class HoldSent(Sent):
    """On what a legal hold is set: exactly one of scheme, cycle, team; and why."""

    scheme: Word | None = None
    cycle: IdGiven | None = None
    team: IdGiven | None = None
    reason: Prose = Field(examples=["The coroner asked for everything about the ward."])

    def on(self) -> HoldOn:
        """What is held, as a value."""
        return HoldOn(scheme=self.scheme, cycle=self.cycle, team=self.team)
