"""How long evidence is kept, and what may be deleted: what keeps a file, and which of that a deletion overcomes.

Nothing is deleted by itself. A scheme says how long; when the time is over a file is due, and the college office
deletes it. What is deleted are bytes: what the records and the ledger say of the file stays.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accreditation.rules.afterwards import day_words
from accreditation.scheme.values import Period


class Cause(StrEnum):
    """Why a file is deleted."""

    RETENTION = "retention"
    REQUEST = "request"
    PATIENT_DATA = "patient_data"


CAUSE_WORDS: Mapping[Cause, str] = {
    Cause.RETENTION: "the time for which its scheme keeps it was over",
    Cause.REQUEST: "it was asked for",
    Cause.PATIENT_DATA: "a patient can be told from it",
}
"""How each cause ends the sentence 'Deleted on ... because ...'."""


class Keeper(StrEnum):
    """What may keep a file."""

    HOLD = "hold"
    RUNNING = "running"
    APPEAL = "appeal"
    CONDITIONS = "conditions"
    AWARD = "award"
    PERIOD = "period"
    FOR_EVER = "for_ever"
    IN_USE = "in_use"
    UNUSED = "unused"


OVERCOMES: Mapping[Cause, frozenset[Keeper]] = {
    Cause.RETENTION: frozenset(),
    Cause.REQUEST: frozenset({Keeper.PERIOD, Keeper.FOR_EVER, Keeper.IN_USE, Keeper.UNUSED}),
    Cause.PATIENT_DATA: frozenset(Keeper) - {Keeper.HOLD},
}
"""What each cause goes against: a request does not take the ground from under a judgement, a patient's data does.

Nothing goes against a legal hold.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A legal hold that was set and not ended: on what, in words; why, by whom and when."""

    id: int
    on: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A cycle that a file was ever attached to, taken back or not.

    `ended_at` is None as long as it runs; `keep` is its scheme's period, None for ever. `appeal_until` is the last day
    on which an appeal may still be lodged, None where none may. `valid_until` counts where it is `awarded`.
    """

    cycle: int
    scheme: str
    ended_at: datetime | None
    keep: Period | None
    holidays: Collection[date] = frozenset()
    appeal_waits: bool = False
    appeal_until: date | None = None
    conditions_wait: bool = False
    awarded: bool = False
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that keeps a file, in words, and the last day on which it does, where that is known."""

    keeper: Keeper
    words: str
    until: date | None = None


def kept_by_cycle(use: Use, *, at: datetime) -> tuple[Reason, ...]:
    """What keeps the files of this cycle at this moment?"""
    named, on = f"cycle {use.cycle} ({use.scheme})", at.date()
    if use.ended_at is None:
        return (Reason(keeper=Keeper.RUNNING, words=f"{named} still runs"),)
    found = []
    if use.appeal_waits:
        found.append(Reason(keeper=Keeper.APPEAL, words=f"the appeal in {named} waits for its answer"))
    if use.appeal_until is not None and on <= use.appeal_until:
        words = f"an appeal in {named} may be lodged until {day_words(use.appeal_until)}"
        found.append(Reason(keeper=Keeper.APPEAL, words=words, until=use.appeal_until))
    if use.conditions_wait:
        found.append(Reason(keeper=Keeper.CONDITIONS, words=f"conditions of {named} are still to be met"))
    if use.awarded and (use.valid_until is None or on <= use.valid_until):
        until = "has no last day" if use.valid_until is None else f"is valid until {day_words(use.valid_until)}"
        found.append(Reason(keeper=Keeper.AWARD, words=f"the award of {named} {until}", until=use.valid_until))
    if use.keep is None:
        found.append(Reason(keeper=Keeper.FOR_EVER, words=f"the scheme of {named} does not say how long it is kept"))
    elif at < (end := use.keep.after(use.ended_at, holidays=use.holidays)):
        words = f"{named} ended on {day_words(use.ended_at.date())} and is kept for {use.keep} after that, until "
        found.append(Reason(keeper=Keeper.PERIOD, words=f"{words}{day_words(end.date())}", until=end.date()))
    return tuple(found)


def kept_by_hold(hold: Hold) -> Reason:
    """How a legal hold keeps a file: with who set it, when and why."""
    words = f"a legal hold on {hold.on} (hold {hold.id}), set on {day_words(hold.at.date())} by {hold.by}"
    return Reason(keeper=Keeper.HOLD, words=f"{words}: {hold.reason}")


def kept_in_library(*, used: bool, in_date_until: date | None, on: date) -> tuple[Reason, ...]:
    """What keeps a file as a document of its team's library?

    `used` where it was ever attached; `in_date_until` is its review-by day where it is its document's newest version.
    """
    if not used:
        words = "it was never attached to a cycle, and no scheme says how long a team's library keeps it"
        return (Reason(keeper=Keeper.UNUSED, words=words),)
    if in_date_until is not None and on <= in_date_until:
        words = f"it is the newest version in its team's library, in date until {day_words(in_date_until)}"
        return (Reason(keeper=Keeper.IN_USE, words=words, until=in_date_until),)
    return ()


def against(cause: Cause, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Which of the reasons to keep a file does a deletion for this cause not overcome? It may go where none is left."""
    return tuple(one for one in reasons if one.keeper not in OVERCOMES[cause])


def deleted_words(*, cause: Cause, reason: str, at: datetime) -> str:
    """What is said of a file that was deleted, to whoever could see it."""
    return f"Deleted on {day_words(at.date())} because {CAUSE_WORDS[cause]}: {reason}"
