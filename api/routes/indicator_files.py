"""Files of figures that somebody reports of teams: how they are read, what one would change, and bringing one in."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel, Field

from accreditation.actions.import_indicators import Effect
from accreditation.actions.map_indicators import map_indicators
from accreditation.actions.take_indicators import FileOfIndicators, take_indicators
from accreditation.rules.indicators.figures import Figure
from accreditation.rules.indicators.mapping import Columns
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.views.indicator_files import files_of_round
from accreditation.workbook.handed_in import HandedIn
from api.guard import Asks, guard
from api.inputs.bounds import RoundId
from api.inputs.indicators import ColumnsSent, PeriodGiven, SheetGiven, SkipUnknown, SourceGiven, SourcePath
from api.problem_shapes import FaultShown
from api.routes.evidence import A_FILE, FileName
from api.routes.making import routes

router = routes("indicators")

Importer = Annotated[Asks, guard(Permission.INDICATOR_IMPORT)]
Preview = Annotated[bool, Query(description="True: say what it would change, and keep nothing.")]

MOST_TOLD = 500
"""So many of each kind of change are told; the counts are of all."""


class ColumnsKnown(BaseModel):
    """Whose files are known for the round's scheme -> how they are read."""

    scheme: str
    files: Mapping[str, Columns]


class Mapped(BaseModel):
    """The columns stand from now on; `changed` is false where they stood already."""

    changed: bool


class FigureTold(BaseModel):
    """A figure that was not kept before, and what stood of that criterion and period."""

    team: str
    criterion: str
    period: str
    figure: Answer
    before: Answer


class AnswerTold(BaseModel):
    """An answer in a cycle that follows from a figure, or is left as somebody of the team gave it."""

    cycle: int
    team: str
    criterion: str
    answer: Answer = Field(description="What stood, or stands.")
    figure: Answer | None = Field(description="The figure; null where it was taken back, and the answer is given up.")
    source: str = Field(description="Who published the figure, and of which period.")


class IndicatorsTaken(BaseModel):
    """What the file holds and what it changed, or would change; the first of each kind, and the counts of all."""

    kept: bool
    source: str
    lines: int
    periods: list[str]
    notes: list[str] = Field(description="What a person should look at; no faults.")
    counts: Mapping[str, int] = Field(description="How many of each kind there are, and of how many teams.")
    figures: list[FigureTold]
    answers: list[AnswerTold]
    left: list[AnswerTold] = Field(description="Answers of teams that differ from the figure, and are left.")
    unknown: list[FaultShown] = Field(description="Lines of teams that are not known here, which are left out.")


@router.get("/rounds/{round}/indicators", response_model=ColumnsKnown)
def columns(round: RoundId, asks: Importer) -> ColumnsKnown:  # noqa: A002  (the path's word)
    """How are files of indicators read for this round's scheme?"""
    known = files_of_round(asks.database, principal=asks.principal, round_id=round)
    return ColumnsKnown(scheme=known.scheme.id, files=known.columns)


@router.put("/rounds/{round}/indicators/{source}", response_model=Mapped)
def map_columns(round: RoundId, source: SourcePath, sent: ColumnsSent, asks: Importer) -> Mapped:  # noqa: A002  (the path's word)
    """Say once which columns of somebody's files are which indicators; it is used every quarter."""
    scheme = files_of_round(asks.database, principal=asks.principal, round_id=round).scheme
    changed = map_indicators(
        asks.database, principal=asks.principal, scheme=scheme, columns=sent.columns(source), at=asks.at
    )
    return Mapped(changed=changed)


@router.post("/rounds/{round}/indicators", response_model=IndicatorsTaken, openapi_extra=A_FILE)
async def take(
    round: RoundId, request: Request, asks: Importer, file_name: FileName, source: SourceGiven = "",  # noqa: A002  (the path's word)
    period: PeriodGiven = "", sheet: SheetGiven = "", skip_unknown: SkipUnknown = False, preview: Preview = False,
) -> IndicatorsTaken:  # fmt: skip
    """Bring in a file of indicators, CSV or Excel, sent as the body as it is: all of it is kept or nothing.

    Every fault is named by its row and column, all at once. The same file again changes nothing.
    """
    file = FileOfIndicators(
        content=await request.body(), file_name=file_name, name=source, period=period, sheet=sheet
    )  # fmt: skip
    read, effect = await asyncio.to_thread(
        take_indicators, asks.database, principal=asks.principal, round_id=round, file=file,
        skip_unknown=skip_unknown, preview=preview, at=asks.at,
    )  # fmt: skip
    return _told(read, effect, kept=not preview)


def _told(read: HandedIn, effect: Effect, *, kept: bool) -> IndicatorsTaken:
    return IndicatorsTaken(
        kept=kept, source=read.source, lines=len(read.reported), notes=list(read.notes),
        periods=sorted({one.period.label for one in read.reported}),
        counts={
            "teams": effect.teams, "figures": len(effect.figures), "answers": len(effect.answers),
            "left": len(effect.left), "unknown": len(effect.unknown),
        },
        figures=[
            FigureTold(
                team=one.team, criterion=one.figure.criterion, period=one.figure.period.label,
                figure=one.figure.answer, before=one.before,
            )
            for one in effect.figures[:MOST_TOLD]
        ],
        answers=[
            _answer(one.cycle, one.team, one.criterion, one.before, one.figure) for one in effect.answers[:MOST_TOLD]
        ],
        left=[_answer(one.cycle, one.team, one.criterion, one.answer, one.figure) for one in effect.left[:MOST_TOLD]],
        unknown=[
            FaultShown(where=one.where, found=one.found, allowed=one.allowed) for one in effect.unknown[:MOST_TOLD]
        ],
    )  # fmt: skip


def _answer(cycle: int, team: str, criterion: str, stands: Answer, figure: Figure | None) -> AnswerTold:
    return AnswerTold(
        cycle=cycle, team=team, criterion=criterion, answer=stands, figure=None if figure is None else figure.answer,
        source="" if figure is None else figure.said_of,
    )  # fmt: skip
