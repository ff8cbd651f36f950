"""Which edition judges a cycle, and from when what is new in an edition counts against a service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from accreditation.scheme.answer import Answer, Answers
from accreditation.scheme.model import Scheme
from accreditation.scheme.process import Cut, Event, Transition

EVENT_WORDS: Mapping[Event, str] = {
    "enrolled": "the enrolment",
    "submitted": "the submission",
    "visited": "the visit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A published edition, as far as it matters to when it judges: its name, its first day, how it takes over."""

    digest: str
    label: str
    effective: date
    transition: Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The edition that judges a cycle, and why. Not `settled` while an event that decides lies ahead."""

    edition: InForce
    settled: bool
    because: str


def judging(*, editions: Sequence[InForce], events: Mapping[Event, date], at: date) -> Judging:
    """Which of these editions judges a cycle with these events, as things stand on the day `at`?

    The newest edition that is in force on the day of the event it names (`fixed_by`); an event that has not
    happened is looked at as if it happened on `at`, and the answer is not settled. Where that edition has
    `older_until`, the one before it judges if every event named there lies on or before its day. An older edition
    whose own event came before its first day gives way to the one before it in the same way; the oldest judges
    where none was in force yet. Raises ValueError where there is no edition.
    """
    if not editions:
        raise ValueError("there is no edition that could judge")
    ordered = sorted(editions, key=lambda one: one.effective)
    settled, passed = True, ""
    for older, newer in zip(reversed(ordered[:-1]), reversed(ordered[1:]), strict=True):
        event = newer.transition.fixed_by
        settled = settled and event in events
        day = events.get(event, at)
        if day < newer.effective:
            passed = f"{_fixed(newer, events, at)}, before edition {newer.label} is in force ({_day(newer.effective)})"
            continue
        cut = newer.transition.older_until
        missing = () if cut is None else tuple(name for name in cut.days() if name not in events)
        if cut is None or not _kept(cut, events, at):
            words = f"{_fixed(newer, events, at)}, and edition {newer.label} is in force from {_day(newer.effective)}"
            late = "" if cut is None else f"; {_missed(cut, events, at, older)}"
            return Judging(edition=newer, settled=settled, because=f"{words}{late}.")
        settled = settled and not missing
        passed = f"{_until(cut, events)}, as edition {newer.label} allows for edition {older.label}"
    oldest = ordered[0]
    return Judging(edition=oldest, settled=settled, because=f"{passed or f'Edition {oldest.label} is the only one'}.")


def counts_from(*, old: Scheme | None, new: Scheme, criterion: str, holds_award: bool) -> date:
    """From which day does not meeting this criterion count against a service?

    From the edition's first day; for a criterion that is new in it, and a service that holds an award, after the
    grace that the edition gives. `old` is the edition before; where there is none, nothing is new.
    """
    grace = new.transition.grace
    if grace is None or not holds_award or old is None or criterion in old.by_id:
        return new.effective
    first = new.effective
    return grace.after(datetime(first.year, first.month, first.day, tzinfo=UTC)).date()


def spared(*, old: Scheme | None, new: Scheme, holds_award: bool, at: date) -> Mapping[str, date]:
    """Which criteria do not count against this service on the day `at`, and from which day will each?"""
    days = {one.id: counts_from(old=old, new=new, criterion=one.id, holds_award=holds_award) for one in new.criteria}
    return {name: day for name, day in days.items() if new.effective <= at < day}


def with_grace(*, answers: Answers, unmet: frozenset[str], spared: Mapping[str, date]) -> Answers:
    """The answers by which a service is judged: a criterion that is unmet but spared leaves the count, with the reason.

    What is spared and met counts as met.
    """
    told = dict(answers)
    for name in unmet & spared.keys():
        note = f"New in this edition: it counts against a service that holds an award from {_day(spared[name])}."
        told[name] = Answer(state="not_applicable", note=note)
    return told


def _kept(cut: Cut, events: Mapping[Event, date], at: date) -> bool:
    return all(_when(name, events, at) <= last for name, last in cut.days().items())


def _when(event: str, events: Mapping[Event, date], at: date) -> date:
    return next((day for name, day in events.items() if name == event), at)


def _fixed(edition: InForce, events: Mapping[Event, date], at: date) -> str:
    event = edition.transition.fixed_by
    if event in events:
        return f"It is fixed by {EVENT_WORDS[event]}, which was on {_day(events[event])}"
    return f"It is fixed by {EVENT_WORDS[event]}, which has not happened by {_day(at)}"


def _until(cut: Cut, events: Mapping[Event, date]) -> str:
    said = [
        f"{_word(name)} was on {_day(_when(name, events, last))}, by {_day(last)}"
        if name in events
        else f"{_word(name)} can still be by {_day(last)}"
        for name, last in cut.days().items()
    ]
    words = " and ".join(said)
    return words[:1].upper() + words[1:]


def _missed(cut: Cut, events: Mapping[Event, date], at: date, older: InForce) -> str:
    late = [
        f"{_word(name)} was not by {_day(last)}" for name, last in cut.days().items() if _when(name, events, at) > last
    ]
    return f"edition {older.label} no longer judges it, because {' and '.join(late)}"


def _word(event: str) -> str:
    return next(words for name, words in EVENT_WORDS.items() if name == event)


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
