"""What may be sent about figures that are reported of a team."""

from typing import Literal

from pydantic import Field

from api.inputs.bounds import Prose, ReasonSent, Sent


class ChallengeSent(Sent):
    """What is wrong with the figure."""

    note: Prose = Field(examples=["Twelve patients who came from another hospital are counted."])


class ChallengeAnswerSent(ReasonSent):
    """The office's answer, with its reason: the figure is upheld, or was corrected by a newer file."""

    how: Literal["upheld", "corrected"]
