"""What may be sent about a file that is kept back."""

from typing import Literal

from pydantic import Field

from accreditation.rules.clearance import Step
from api.inputs.bounds import LARGEST_ID, Prose, Sent


class ExplanationSent(Sent):
    """Why no patient can be told from the file."""

    reason: Prose = Field(examples=["The numbers are those of the ward's telephones."])
    seen_version: int = Field(ge=0, le=LARGEST_ID, description="The clearance's `version` that was on the screen.")


class ClearanceSent(Sent):
    """The college office's answer: release the file, uphold that it is kept back, or have it looked at again."""

    step: Literal["release", "uphold", "look_again"]
    reason: Prose = Field(examples=["They are telephone numbers."])
    seen_version: int = Field(ge=0, le=LARGEST_ID, description="The clearance's `version` that was on the screen.")

    def taken(self) -> Step:
        """The step, as a value."""
        return Step(self.step)
