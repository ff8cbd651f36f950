"""What followed a decision, as it is shown: its conditions, the outcomes that followed, an appeal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from accreditation.records.aftermath import Aftermath, OutcomeChange
from accreditation.records.awards import ConditionSet, Decision
from accreditation.rules.afterwards import Appealed
from accreditation.scheme.award import Outcome
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Shown

Because = Literal["decided", "conditions_met", "lapsed", "appeal"]
"""Why an outcome stands: the committee decided it, conditions were met or missed, or an appeal was upheld."""


class CriterionTitled(Shown):
    """A criterion by its id and title."""

    id: str
    title: str


class OutcomeTitled(Shown):
    """An outcome by its id and title."""

    outcome: str
    title: str


class ConditionShown(Shown):
    """`needed` of these criteria must be put right by `due_on`."""

    id: int = Field(description="The condition's id, by which it is recorded as met.")
    needed: int
    criteria: tuple[CriterionTitled, ...]
    due_on: date
    met_on: date | None = Field(description="When the college recorded it as met; null while it is not.")
    when_met: OutcomeTitled | None = Field(description="The outcome once all conditions are met in time, if said.")
    when_missed: OutcomeTitled | None = Field(description="The outcome to which it lapses by itself, if said.")


class Stood(OutcomeTitled):
    """An outcome that stood from a day on, why, and until when it is valid or was to be."""

    awarded: bool
    because: Because
    since: date
    valid_until: date | None


class Followed(Stood):
    """The same, with the reason that the college keeps, and who acted."""

    reason: str
    by: str


class AppealTold(Shown):
    """An appeal as anybody may know of it. `upheld` is null until it is answered."""

    lodged_on: date
    decision_stands_meanwhile: bool
    answered_on: date | None
    upheld: bool | None
    heard_by: int | None = Field(
        default=None, description="How many heard it as a panel, none of whom was on the visit; null where none did."
    )


class AppealShown(AppealTold):
    """An appeal with its reason and that of the answer."""

    reason: str
    answer: str | None
    panel: tuple[str, ...] = Field(default=(), description="For the college alone: who heard it as a panel.")


def conditions_shown(scheme: Scheme, after: Aftermath) -> tuple[ConditionShown, ...]:
    """The conditions of the outcome that stands now, with what follows when they are met and when not."""
    outcome = scheme.outcome(after.stands.outcome)
    return tuple(_condition(scheme, outcome, row, after) for row in after.conditions)


def stood(scheme: Scheme, after: Aftermath) -> tuple[Stood, ...]:
    """Every outcome that stood, the committee's decision first, the one that stands now last."""
    rows: tuple[Decision | OutcomeChange, ...] = (after.decision, *after.changes)
    return tuple(_stood(scheme, row) for row in rows)


def followed(scheme: Scheme, after: Aftermath) -> Iterator[Followed]:
    """Every outcome that followed the decision, the newest last."""
    for row in after.changes:
        yield Followed(**dict(_stood(scheme, row)), reason=row.reason, by=row.by)


def appeal_told(scheme: Scheme, after: Aftermath) -> AppealTold | None:
    """The appeal, if there is one, without anybody's reasons."""
    if after.appeal is None:
        return None
    answer = after.answer
    return AppealTold(
        lodged_on=after.appeal.at.date(),
        decision_stands_meanwhile=scheme.appeal is None or scheme.appeal.decision_stands_meanwhile,
        answered_on=None if answer is None else answer.at.date(),
        upheld=None if answer is None else answer.outcome is not None,
        heard_by=None if answer is None else len(answer.heard_by) or None,
    )


def appeal_shown(scheme: Scheme, after: Aftermath, *, panel: Sequence[str] = ()) -> AppealShown | None:
    """The appeal, if there is one, with its reasons; `panel` are the names of those who heard it, for the college."""
    told = appeal_told(scheme, after)
    if told is None or after.appeal is None:
        return None
    answer = None if after.answer is None else after.answer.reason
    return AppealShown(**dict(told), reason=after.appeal.reason, answer=answer, panel=tuple(panel))


def appealed(scheme: Scheme, after: Aftermath) -> Appealed | None:
    """The appeal that waits for its answer, if one does."""
    told = appeal_told(scheme, after)
    if told is None or not after.appeal_open:
        return None
    return Appealed(on=told.lodged_on, stands=told.decision_stands_meanwhile)


def _condition(scheme: Scheme, outcome: Outcome, row: ConditionSet, after: Aftermath) -> ConditionShown:
    asked, met = outcome.conditions, after.met.get(row.id or 0)
    return ConditionShown(
        id=row.id or 0,
        needed=row.needed,
        criteria=tuple(CriterionTitled(id=name, title=scheme.by_id[name].title) for name in row.names),
        due_on=row.due_on,
        met_on=None if met is None else met.at.date(),
        when_met=_titled(scheme, None if asked is None else asked.when_met),
        when_missed=_titled(scheme, None if asked is None else asked.when_missed),
    )


def _titled(scheme: Scheme, outcome: str | None) -> OutcomeTitled | None:
    return None if outcome is None else OutcomeTitled(outcome=outcome, title=scheme.outcome(outcome).title)


def _stood(scheme: Scheme, row: Decision | OutcomeChange) -> Stood:
    outcome = scheme.outcome(row.outcome)
    return Stood.model_validate(
        {
            "outcome": row.outcome,
            "title": outcome.title,
            "awarded": outcome.awarded,
            "because": row.because if isinstance(row, OutcomeChange) else "decided",
            "since": row.at.date(),
            "valid_until": row.valid_until,
        }
    )
