"""Cycles by the hundred: where they stand, which are late, and a part of them, by a few questions to the records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from accreditation.records.cycles import Cycle, Round, StageChange, newest_stage
from accreditation.records.edition_changes import EditionChange, newest_of
from accreditation.records.teams import Organisation, Team
from accreditation.rules.cycle import ENDED, Stage
from accreditation.rules.deadlines import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which cycles are asked for. `words` stand in the name of the team or the organisation; None is any.

    `schemes` and `rounds` are those that whoever asks has to do with: a cycle of either is theirs; None is all.
    """

    words: str = ""
    scheme: str | None = None
    round: int | None = None
    schemes: frozenset[str] | None = None
    rounds: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Cycles on this edition are late in this stage if they entered it within one of these spans."""

    edition: str
    stage: Stage
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many cycles are in a stage, and so many of them are late."""

    number: int
    late: int


EDITION_NOW: ColumnElement[str] = func.coalesce(col(EditionChange.edition_digest), col(Cycle.edition_digest))
"""The edition on which a cycle runs now."""


def in_use(session: Session, sought: Sought) -> set[tuple[str, Stage]]:
    """(edition, stage) of all cycles that are asked for."""
    query = _joined(columns_of(EDITION_NOW, col(StageChange.to_stage)), sought).distinct()
    return {(edition, Stage(stage)) for edition, stage in session.execute(query)}


def within(session: Session, sought: Sought, several: Sequence[Lateness]) -> list[int]:
    """Which of the cycles that are asked for entered their stage within these spans? Their ids."""
    query = _joined(columns_of(col(Cycle.id)), sought).where(_within(several))
    return [int(one) for one in session.scalars(query)]


def counted(
    session: Session, sought: Sought, *, late: Sequence[Lateness], late_too: Sequence[int]
) -> dict[Stage, Counted]:  # fmt: skip
    """Stage -> how many cycles that are asked for are in it, and how many of them are late.

    `late_too` are ids of cycles that are late besides those whose `late` says so.
    """
    number_late = func.coalesce(func.sum(case((_late(late, late_too), 1), else_=0)), 0)
    query = _joined(columns_of(col(StageChange.to_stage), func.count(), number_late), sought)
    found = session.execute(query.group_by(StageChange.to_stage)).all()
    return {Stage(stage): Counted(number=number, late=int(so)) for stage, number, so in found}


def part(
    session: Session, sought: Sought, *, stage: Stage | None, late: Sequence[Lateness], late_too: Sequence[int],
    late_only: bool, offset: int, limit: int,
) -> list[int]:  # fmt: skip
    """A part of the cycles that are asked for, by id: those that are late first, those that have ended last, and of the
    same kind that first which has waited longest.
    """
    is_late = _late(late, late_too)
    ended = col(StageChange.to_stage).in_([one.value for one in ENDED])
    query = _joined(columns_of(col(Cycle.id)), sought)
    if stage is not None:
        query = query.where(StageChange.to_stage == stage.value)
    if late_only:
        query = query.where(is_late)
    order = (case((is_late, 0), else_=1), case((ended, 1), else_=0), col(StageChange.at), col(Cycle.id))
    return [int(one) for one in session.scalars(query.order_by(*order).offset(offset).limit(limit))]


def _joined(query: Any, sought: Sought) -> Any:
    return (
        query.select_from(Cycle)
        .join(Round, col(Round.id) == Cycle.round_id)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, newest_stage()))
        .join(EditionChange, newest_of(Cycle.id), isouter=True)
        .where(*_asked(sought))
    )


def _asked(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if sought.words:
        names = (col(Team.name), col(Organisation.name))
        yield or_(*(name.icontains(sought.words, autoescape=True) for name in names))
    if sought.scheme is not None:
        yield col(Round.scheme) == sought.scheme
    if sought.round is not None:
        yield col(Cycle.round_id) == sought.round
    if sought.schemes is not None or sought.rounds is not None:
        yield or_(col(Round.scheme).in_(sought.schemes or ()), col(Cycle.round_id).in_(sought.rounds or ()))


def _late(late: Sequence[Lateness], late_too: Sequence[int]) -> ColumnElement[bool]:
    return or_(_within(late), col(Cycle.id).in_(late_too)) if late_too else _within(late)


def _within(several: Sequence[Lateness]) -> ColumnElement[bool]:
    return or_(
        false(),
        *(
            and_(EDITION_NOW.in_([one.edition]), col(StageChange.to_stage) == one.stage.value, _in_one(one.spans))
            for one in several
        ),
    )


def _in_one(spans: Sequence[Span]) -> ColumnElement[bool]:
    at = col(StageChange.at)
    return or_(*(at < one.end if one.start is None else and_(at >= one.start, at < one.end) for one in spans))
