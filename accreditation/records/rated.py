"""What reviewers rated alone and what was settled, in many cycles at once: three statements, however many there are."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import itemgetter
from typing import Any

from sqlalchemy import String, and_, cast, func, literal
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from accreditation.records.answers import ReviewRating
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
    for cycle, reviewer, told in session.execute(_ratings(wanted)):
        cycles[cycle].ratings.setdefault(reviewer, {}).update(reading.standing(told))
    settled = columns_of(col(Settlement.cycle_id), _told(Settlement)).group_by(col(Settlement.cycle_id))
    for cycle, told in session.execute(settled.where(col(Settlement.cycle_id).in_(wanted))):
        cycles[cycle].settled.update(reading.standing(told))
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
    """What those who handed in rated, reviewer by reviewer."""
    query = (
        columns_of(col(Assignment.cycle_id), col(Assignment.reviewer_id), _told(ReviewRating))
        .join(ReviewRating, col(ReviewRating.assignment_id) == Assignment.id)
        .join(HandIn, col(HandIn.assignment_id) == Assignment.id)
        .where(col(Assignment.cycle_id).in_(wanted))
        .group_by(col(Assignment.id), col(Assignment.cycle_id), col(Assignment.reviewer_id))
    )
    return _sitting(query)


_NEXT, _CELL = "\x1e", "\x1f"
"""What separates answers, and the cells of one. A scheme with such a character is refused (`scheme/source.py`), so no
rating or level has one; nor has a number; and JSON escapes it."""


def _told(row: type[ReviewRating | Settlement]) -> Any:
    """Every version of many answers as one text: whole rows cost six times as much to read.

    An answer has at most one of rating, number, level and series, so one cell has it: as many separators stand before
    it as columns come before.
    """
    columns = (row.rating, row.measured, row.level, row.series)
    one = func.coalesce(*(literal(_CELL * place) + col(column) for place, column in enumerate(columns)), literal(""))
    cells = (col(row.criterion), cast(col(row.version), String), col(row.state), one)
    return func.aggregate_strings(reduce(lambda before, cell: before + literal(_CELL) + cell, cells), _NEXT)


class _Answers:
    """Texts as values; equal ones are one value, as most reviewers say one of a few things."""

    def __init__(self) -> None:
        self._pieces: dict[str, tuple[str, int, Answer]] = {}
        self._answers: dict[str, Answer] = {}

    def standing(self, told: str) -> dict[str, Answer]:
        """Criterion -> the answer that stands: the one with the highest version."""
        found = [self._pieces.get(piece) or self._read(piece) for piece in told.split(_NEXT)]
        found.sort(key=itemgetter(1))
        return {criterion: answer for criterion, _, answer in found}

    def _read(self, piece: str) -> tuple[str, int, Answer]:
        criterion, version, said = piece.split(_CELL, 2)
        answer = self._answers.get(said)
        if answer is None:
            answer = self._answers[said] = _answer(*said.split(_CELL))
        found = self._pieces[piece] = (criterion, int(version), answer)
        return found


def _answer(state: str, *cells: str) -> Answer:
    """The answer of a state and its cells, of which the last one says what was given, if anything was."""
    place = len(cells) - 1
    given: Any = cells[place] or None
    if given is not None and place == 1:
        given = Decimal(given)
    if given is not None and place == 3:
        given = json.loads(given)
    said = {} if given is None else {("rating", "measured", "level", "series")[place]: given}
    return Answer.model_validate({"state": state, **said})
