"""What reviewers rated alone and what was settled, in many cycles at once: three statements, however many there are."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from accreditation.records.answers import ReviewRating, Said
from accreditation.records.cycles import Cycle, Round, StageChange, newest_stage
from accreditation.records.edition_changes import EditionChange, newest_of
from accreditation.records.reviewers import Assignment, AssignmentEnd
from accreditation.records.reviews import HandIn, Settlement
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One cycle: its edition now, reviewer -> criterion -> answer of those who handed in, and what was settled.

    Answers come without their notes.
    """

    cycle_id: int
    edition_digest: str
    ratings: dict[int, dict[str, Answer]] = field(default_factory=dict)
    settled: dict[str, Answer] = field(default_factory=dict)


def rated(
    session: Session,
    *,
    stages: Collection[Stage],
    round_id: int | None = None,
    scheme: str | None = None,
    reviewer_id: int | None = None,
) -> list[Rated]:
    """What was rated in the cycles that are in these stages, of a round or a scheme; by id.

    With `reviewer_id`, only cycles in whose review team this reviewer sits now. Three statements.
    """
    wanted = _wanted(stages, round_id=round_id, scheme=scheme, reviewer_id=reviewer_id)
    now_on = func.coalesce(EditionChange.edition_digest, Cycle.edition_digest)
    found = columns_of(col(Cycle.id), now_on).join(EditionChange, newest_of(Cycle.id), isouter=True)
    cycles = {
        one: Rated(cycle_id=one, edition_digest=digest)
        for one, digest in session.execute(found.where(col(Cycle.id).in_(wanted)).order_by(col(Cycle.id)))
    }
    reading = _Answers()
    for cycle, reviewer, criterion, *said in session.execute(_ratings(wanted)):
        cycles[cycle].ratings.setdefault(reviewer, {})[criterion] = reading.answer(tuple(said))
    settled = columns_of(col(Settlement.cycle_id), col(Settlement.criterion), *_columns(Settlement))
    settled = settled.where(col(Settlement.cycle_id).in_(wanted)).order_by(col(Settlement.version))
    for cycle, criterion, *said in session.execute(settled):
        cycles[cycle].settled[criterion] = reading.answer(tuple(said))
    return list(cycles.values())


def _wanted(stages: Collection[Stage], *, round_id: int | None, scheme: str | None, reviewer_id: int | None) -> Any:
    """The ids of the cycles that are asked for, as a question within others."""
    query = (
        columns_of(col(Cycle.id))
        .join(Round, col(Round.id) == Cycle.round_id)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, newest_stage()))
        .where(col(StageChange.to_stage).in_([stage.value for stage in stages]))
    )
    if round_id is not None:
        query = query.where(col(Cycle.round_id) == round_id)
    if scheme is not None:
        query = query.where(col(Round.scheme) == scheme)
    if reviewer_id is not None:
        sits = columns_of(col(Assignment.cycle_id)).where(col(Assignment.reviewer_id) == reviewer_id)
        query = query.where(col(Cycle.id).in_(_sitting(sits)))
    return query


def _sitting(query: Any) -> Any:
    """Of assignments, those that have not ended."""
    ended = col(AssignmentEnd.assignment_id) == Assignment.id
    return query.join(AssignmentEnd, ended, isouter=True).where(col(AssignmentEnd.assignment_id).is_(None))


def _ratings(wanted: Any) -> Any:
    """Every version of what those who handed in rated, the one that stands last."""
    query = (
        columns_of(
            col(Assignment.cycle_id), col(Assignment.reviewer_id), col(ReviewRating.criterion), *_columns(ReviewRating)
        )
        .join(ReviewRating, col(ReviewRating.assignment_id) == Assignment.id)
        .join(HandIn, col(HandIn.assignment_id) == Assignment.id)
        .where(col(Assignment.cycle_id).in_(wanted))
        .order_by(col(ReviewRating.version))
    )
    return _sitting(query)


def _columns(row: type[Said]) -> tuple[Any, ...]:
    return (col(row.state), col(row.rating), col(row.measured), col(row.level), col(row.series))


class _Answers:
    """Rows as values; equal ones are one value, as most reviewers say one of a few things."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, ...], Answer] = {}

    def answer(self, said: tuple[str | None, ...]) -> Answer:
        """The answer in these columns."""
        known = self._known.get(said)
        if known is None:
            known = self._known[said] = Answer.model_validate(_told(*said))
        return known


def _told(
    state: str | None, rating: str | None, measured: str | None, level: str | None, series: str | None
) -> Mapping[str, Any]:
    return {
        "state": state,
        "rating": rating,
        "measured": None if measured is None else Decimal(measured),
        "level": level,
        "series": () if series is None else json.loads(series),
    }
