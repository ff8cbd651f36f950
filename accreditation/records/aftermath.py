"""What followed a decision: conditions met, outcomes that followed, an appeal and its answer. Only appended."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.records.awards import ConditionSet, Decision, Publication, conditions
from accreditation.rules.afterwards import Asked


class ConditionMet(SQLModel, table=True):
    """The office recorded, on the reviewers' word, that a condition is met; `criteria` are what was put right."""

    __tablename__ = "condition_met"

    condition_id: int = Field(foreign_key="condition.id", primary_key=True)
    criteria: str
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the criteria that were put right."""
        return tuple(json.loads(self.criteria))


class OutcomeChange(SQLModel, table=True):
    """Another outcome followed the decision; the highest number stands.

    `because` is conditions_met, lapsed or appeal. `departs` where a committee chose it against the recommendation.
    """

    __tablename__ = "outcome_change"

    cycle_id: int = Field(foreign_key="decision.cycle_id", primary_key=True)
    number: int = Field(primary_key=True)
    outcome: str
    because: str
    departs: bool
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)
    valid_until: date | None


class Appeal(SQLModel, table=True):
    """The team appealed against the decision."""

    cycle_id: int = Field(foreign_key="publication.cycle_id", primary_key=True)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class AppealAnswer(SQLModel, table=True):
    """The committee answered the appeal. `outcome` is what it decided instead; none where it dismissed the appeal.

    `panel` are the reviewers who sat in the appeal panel then, as JSON; nobody where none was named, as in old rows.
    """

    __tablename__ = "appeal_answer"

    cycle_id: int = Field(foreign_key="appeal.cycle_id", primary_key=True)
    outcome: str | None
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)
    panel: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})

    @property
    def heard_by(self) -> tuple[int, ...]:
        """The ids of the reviewers who heard the appeal as a panel."""
        return tuple(json.loads(self.panel))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """A decision and everything that followed it. `conditions` are those of the outcome that stands now."""

    decision: Decision
    changes: tuple[OutcomeChange, ...]
    conditions: tuple[ConditionSet, ...]
    met: Mapping[int, ConditionMet]
    appeal: Appeal | None
    answer: AppealAnswer | None

    @property
    def stands(self) -> Decision | OutcomeChange:
        """What stands now."""
        return self.changes[-1] if self.changes else self.decision

    @property
    def number(self) -> int:
        """The number of what stands now: 0 for the decision."""
        return len(self.changes)

    @property
    def appeal_open(self) -> bool:
        """Does an appeal wait for its answer?"""
        return self.appeal is not None and self.answer is None

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The conditions as they stand."""
        return tuple(
            Asked(needed=one.needed, criteria=one.names, due_on=one.due_on, met=one.id in self.met)
            for one in self.conditions
        )


def aftermaths(session: Session, decisions: Iterable[Decision]) -> dict[int, Aftermath]:
    """Cycle -> the decision and what followed it, for these decisions."""
    known = {row.cycle_id: row for row in decisions}
    changes: dict[int, list[OutcomeChange]] = {cycle: [] for cycle in known}
    rows = select(OutcomeChange).where(col(OutcomeChange.cycle_id).in_(known)).order_by(col(OutcomeChange.number))
    for row in session.exec(rows):
        changes[row.cycle_id].append(row)
    asked = conditions(session, known)
    met = _met(session, [one.id or 0 for each in asked.values() for one in each])
    appeals = {row.cycle_id: row for row in session.exec(select(Appeal).where(col(Appeal.cycle_id).in_(known)))}
    found = select(AppealAnswer).where(col(AppealAnswer.cycle_id).in_(known))
    answers = {row.cycle_id: row for row in session.exec(found)}
    return {
        cycle: Aftermath(
            decision=decision, changes=tuple(changes[cycle]), met=met, appeal=appeals.get(cycle),
            conditions=tuple(one for one in asked.get(cycle, ()) if one.number == len(changes[cycle])),
            answer=answers.get(cycle),
        )
        for cycle, decision in known.items()
    }  # fmt: skip


def aftermath(session: Session, cycle_id: int) -> Aftermath | None:
    """The decision on this cycle and what followed it; None where nothing is decided."""
    row = session.get(Decision, cycle_id)
    return None if row is None else aftermaths(session, [row])[cycle_id]


def with_conditions(session: Session) -> list[Aftermath]:
    """Every published decision whose conditions are not all met, by cycle: those that a deadline may end."""
    query = (
        select(Decision)
        .join(Publication, col(Publication.cycle_id) == Decision.cycle_id)
        .join(ConditionSet, col(ConditionSet.cycle_id) == Decision.cycle_id)
        .join(ConditionMet, col(ConditionMet.condition_id) == ConditionSet.id, isouter=True)
        .where(col(ConditionMet.condition_id).is_(None))
        .distinct()
        .order_by(col(Decision.cycle_id))
    )
    found = aftermaths(session, session.exec(query))
    return [one for one in found.values() if any(not each.met for each in one.asked)]


def unfinished(session: Session, cycle_ids: Collection[int]) -> dict[int, Aftermath]:
    """Of these cycles, those in which an appeal waits or a condition that stands is not met, with what followed."""
    ids = list(cycle_ids)
    if not ids:
        return {}
    unmet = (
        select(ConditionSet.cycle_id)
        .join(ConditionMet, col(ConditionMet.condition_id) == ConditionSet.id, isouter=True)
        .where(col(ConditionSet.cycle_id).in_(ids), col(ConditionMet.condition_id).is_(None))
    )
    appealed = select(Appeal.cycle_id).where(col(Appeal.cycle_id).in_(ids))
    rows = session.exec(
        select(Decision).where(col(Decision.cycle_id).in_(unmet) | col(Decision.cycle_id).in_(appealed))
    )
    found = aftermaths(session, decided) if (decided := list(rows)) else {}
    return {
        cycle: one for cycle, one in found.items() if one.appeal_open or any(not each.met for each in one.asked)
    }  # fmt: skip


def _met(session: Session, ids: Iterable[int]) -> dict[int, ConditionMet]:
    query = select(ConditionMet).where(col(ConditionMet.condition_id).in_(list(ids)))
    return {row.condition_id: row for row in session.exec(query)}


@once_a_moment
def open_appeals(session: Session) -> list[Appeal]:
    """Every appeal that waits for its answer, the oldest first."""
    query = (
        select(Appeal)
        .join(AppealAnswer, col(AppealAnswer.cycle_id) == Appeal.cycle_id, isouter=True)
        .where(col(AppealAnswer.cycle_id).is_(None))
        .order_by(col(Appeal.at), col(Appeal.cycle_id))
    )
    return list(session.exec(query))
