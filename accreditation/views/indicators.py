"""Measured criteria of a cycle: the figure that is reported, its period and source, what follows, and challenges."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers, challenges, indicators
from accreditation.records.answers import SelfRating
from accreditation.records.challenges import Challenged
from accreditation.records.indicators import IndicatorValue
from accreditation.rules.indicators.asked import asked_words
from accreditation.rules.indicators.figures import newest
from accreditation.rules.indicators.mapping import takes_figures
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.scoring import Standing, score_one
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Criterion, Threshold
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look


class FigureShown(Shown):
    """A figure as it was reported: what, of which period, by whom, in which file, and since when it is kept."""

    figure: int = Field(description="Its id.")
    answer: Answer
    period: str
    source: str
    file: str
    kept_at: datetime


class ChallengeShown(Shown):
    """What the team says against a figure, and what the college office answered."""

    challenge: int
    figure: int
    note: str
    by: str
    at: datetime
    state: Literal["open", "upheld", "corrected"]
    reason: str = Field(description="The office's; empty while it is open.")
    answered_at: datetime | None


class IndicatorShown(CriterionNamed):
    """A measured criterion with the figure of the latest period, what is asked, and what follows with its working."""

    unit: str | None = Field(description="What is measured; null where an audit's level is.")
    asked: str = Field(description="What is asked of the figure, in words.")
    figure: FigureShown | None = Field(description="Null where none is reported.")
    standing: Standing | None = Field(description="What follows from the figure alone; null without one.")
    rating: str | None = Field(description="The rating that it amounts to, where bands make one of it.")
    why: str = Field(description="The working.")
    answers: bool = Field(description="Whether the team's answer is this figure.")
    earlier: tuple[FigureShown, ...] = Field(description="All that was reported before, the newest first.")
    challenges: tuple[ChallengeShown, ...]


class Indicators(Shown):
    """The measured criteria of a cycle that apply to it."""

    cycle: int
    indicators: tuple[IndicatorShown, ...]


def indicators_of(database: Database, *, principal: Principal, cycle_id: int) -> Indicators:
    """What is reported of this cycle's team, and what follows from it? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_READ, cycle_id=cycle_id)
        return Indicators(cycle=cycle_id, indicators=shown_indicators(looked))


def shown_indicators(looked: Looked, *, criterion: str | None = None) -> tuple[IndicatorShown, ...]:
    """The measured criteria that apply (or this one of them), in the order of the standard."""
    wanted = [one for one in looked.applicable if takes_figures(one) and criterion in (None, one.id)]
    if not wanted:
        return ()
    rows = indicators.of_team(looked.session, looked.scheme.id, looked.now.cycle.team_id)
    given = answers.self_ratings(looked.session, [looked.cycle_id], [one.id for one in wanted])[looked.cycle_id]
    said = challenges.of_cycles(looked.session, [looked.cycle_id])
    stand = newest(indicators.standing_among(rows)).get(looked.now.cycle.team_id, {})
    ids = {name: figure.id for name, figure in stand.items()}
    return tuple(_shown(looked, one, rows, ids, given.get(one.id), said) for one in wanted)


def _shown(
    looked: Looked, about: Criterion, rows: Sequence[IndicatorValue], ids: Mapping[str, int], given: SelfRating | None,
    said: Sequence[Challenged],
) -> IndicatorShown:  # fmt: skip
    own = [row for row in rows if row.criterion == about.id]
    stands = next((row for row in own if row.id == ids.get(about.id)), None)
    scored = None if stands is None else score_one(
        criterion=about, answer=stands.answer(), scheme=looked.scheme, by="team"
    )  # fmt: skip
    source = "" if stands is None else indicators.figure_of(stands).said_of
    return IndicatorShown(
        **dict(named(looked, about)), unit=about.measure.unit if isinstance(about.measure, Threshold) else None,
        asked=asked_words(about), figure=None if stands is None else _figure(stands),
        standing=None if scored is None else scored.standing, rating=None if scored is None else scored.rating,
        why="no figure is reported" if scored is None else scored.why,
        answers=bool(stands and given and (given.source, given.answer()) == (source, stands.answer())),
        earlier=tuple(_figure(row) for row in reversed(own) if row is not stands),
        challenges=tuple(_challenge(one) for one in said if one[0].criterion == about.id),
    )  # fmt: skip


def _figure(row: IndicatorValue) -> FigureShown:
    return FigureShown(
        figure=row.id or 0, answer=row.answer(), period=row.period, source=row.source, file=row.file_name,
        kept_at=row.at,
    )  # fmt: skip


def _challenge(one: Challenged) -> ChallengeShown:
    asked, answer = one
    state: Literal["open", "upheld", "corrected"] = "open"
    if answer is not None:
        state = "corrected" if answer.how == "corrected" else "upheld"
    return ChallengeShown(
        challenge=asked.id or 0, figure=asked.value_id, note=asked.note, by=asked.by, at=asked.at, state=state,
        reason="" if answer is None else answer.reason, answered_at=None if answer is None else answer.at,
    )  # fmt: skip
