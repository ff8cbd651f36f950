"""What may be sent about figures that are reported of a team."""

from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field

from accreditation.rules.indicators.mapping import Cells, Columns, Heading
from accreditation.rules.indicators.periods import FORMS, LONGEST
from accreditation.scheme.values import Id
from api.inputs.bounds import ON_ONE_LINE, Prose, ReasonSent, Sent

SourcePath = Annotated[
    str, Path(min_length=1, max_length=60, pattern=ON_ONE_LINE, description="Whose figures they are, as in ssnap.")
]
SourceGiven = Annotated[
    str,
    Query(max_length=60, pattern=ON_ONE_LINE, description="Whose figures they are; not needed where one is known."),
]
PeriodGiven = Annotated[
    str,
    Query(
        max_length=LONGEST, pattern=ON_ONE_LINE,
        description=f"The period, where no column says it; else only its lines: {FORMS}.",
    ),
]  # fmt: skip
SheetGiven = Annotated[
    str, Query(max_length=60, pattern=ON_ONE_LINE, description="The sheet of a workbook, where it has several.")
]
SkipUnknown = Annotated[bool, Query(description="True: leave out lines of teams that are not known here.")]


class ColumnsSent(Sent):
    """Which columns of a file are what: everything is said at once, and stands beside what stood before."""

    team: Heading | None = Field(default=None, examples=["Team"])
    organisation: Heading | None = Field(default=None, examples=["Trust"])
    ods_code: Heading | None = None
    period: Heading | None = Field(default=None, examples=["Quarter"])
    sheet: Annotated[str, Field(max_length=60, pattern=ON_ONE_LINE)] = ""
    values: dict[Id, Heading] = Field(
        min_length=1, max_length=1000, description="Criterion -> its column.", examples=[{"2.01": "Within an hour"}]
    )
    too_few: Cells = Field(default=(), description="Words of the file for too few cases.", examples=[["TFP"]])
    not_entered: Cells = Field(default=(), description="Words of the file for nothing entered.", examples=[["X"]])

    def columns(self, source: str) -> Columns:
        """What is sent, as a value."""
        return Columns(name=source, **dict(self))


class ChallengeSent(Sent):
    """What is wrong with the figure."""

    note: Prose = Field(examples=["Twelve patients who came from another hospital are counted."])


class ChallengeAnswerSent(ReasonSent):
    """The office's answer, with its reason: the figure is upheld, or was corrected by a newer file."""

    how: Literal["upheld", "corrected"]
