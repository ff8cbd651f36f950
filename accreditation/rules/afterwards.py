"""What may still happen after a decision: conditions that are met or run out, an appeal, an award that expires."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from accreditation.scheme.process import Appeal


class Status(StrEnum):
    """Whether an award stands on a day."""

    CURRENT = "current"
    EXPIRED = "expired"
    NOT_AWARDED = "not_awarded"
    UNDER_APPEAL = "under_appeal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A condition as it stands: `needed` of these criteria must be put right by the end of the day `due_on`."""

    needed: int
    criteria: tuple[str, ...]
    due_on: date
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed:
    """An appeal that waits for its answer: since when, and whether the decision stands meanwhile."""

    on: date
    stands: bool


def all_met(conditions: Collection[Asked]) -> bool:
    """Are there conditions, and is every one of them met?"""
    return bool(conditions) and all(one.met for one in conditions)


def lapses_at(conditions: Collection[Asked]) -> datetime | None:
    """When is the time of the first condition that is not met over: the midnight (UTC) after its last day?

    None where nothing is left to be met.
    """
    last = min((one.due_on for one in conditions if not one.met), default=None)
    return None if last is None else datetime.combine(last + timedelta(days=1), time.min, tzinfo=UTC)


def appeal_until(appeal: Appeal, *, told: datetime, holidays: Collection[date] = frozenset()) -> date:
    """The last day on which an appeal may be lodged against a decision that was told at this moment.

    That day is in time, the next is not: told on 15 January and one month, an appeal of 15 February is heard.
    """
    return appeal.within.after(told, holidays=holidays).date()


def status(*, awarded: bool, valid_until: date | None, on: date, appealed: Appealed | None = None) -> Status:
    """Does the award stand on this day? Its last day counts.

    Under an appeal it is said so only where the scheme says that the decision does not stand meanwhile.
    """
    if appealed is not None and not appealed.stands:
        return Status.UNDER_APPEAL
    if not awarded:
        return Status.NOT_AWARDED
    return Status.CURRENT if valid_until is None or on <= valid_until else Status.EXPIRED


def words_of(
    *, awarded: bool, valid_until: date | None, on: date, appealed: Appealed | None, conditions: Sequence[Asked] = ()
) -> str:
    """How the result stands on this day, in sentences for anybody."""
    said = [_validity(awarded, valid_until, on), _conditions(conditions, on)]
    if appealed is not None:
        meanwhile = "stands" if appealed.stands else "does not stand"
        said.append(
            f"The team appealed on {day_words(appealed.on)}. Until the appeal is answered the decision {meanwhile}."
        )
    return " ".join(filter(None, said))


def _validity(awarded: bool, valid_until: date | None, on: date) -> str:
    if not awarded:
        return "No award is held."
    if valid_until is None:
        return "The award has no last day."
    if on <= valid_until:
        return f"The award is valid until {day_words(valid_until)}."
    return (
        f"This award expired on {day_words(valid_until)}. It says how the service stood when it was decided, and "
        "nothing about today."
    )


def _conditions(conditions: Sequence[Asked], on: date) -> str:
    left = [one for one in conditions if not one.met]
    if not conditions:
        return ""
    if not left:
        return "Every condition is met."
    last = min(one.due_on for one in left)
    when = f"by {day_words(last)}" if on <= last else f"though the time was over on {day_words(last)}"
    if len(conditions) == 1:
        return f"Its condition is still to be met {when}."
    verb = "is" if len(left) == 1 else "are"
    return f"{len(left)} of its {len(conditions)} conditions {verb} still to be met {when}."


def day_words(day: date) -> str:
    """The day as people write it: 22 November 2026."""
    return f"{day.day} {day:%B} {day.year}"
