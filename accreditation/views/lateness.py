"""Which of many cycles are late, asked of the records at once: when must a cycle have entered its stage to be?"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accreditation.database import Session
from accreditation.records import cycles, editions, glance
from accreditation.records.glance import Lateness, Sought
from accreditation.rules.cycle import Stage
from accreditation.rules.deadlines import holidays_of, lasts, late, late_spans
from accreditation.scheme.model import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What the records are asked for late cycles by; `ids` are those that are late by the holidays of their service."""

    spans: tuple[Lateness, ...]
    ids: tuple[int, ...]


def late_by(session: Session, sought: Sought, *, at: datetime) -> Late:
    """By what are the cycles found that are asked for, and late at this moment?

    A holiday that is kept by some services alone makes a stage last longer there: whoever is late though every holiday
    counts is late, and whoever is late only where none of these does is looked at by what the service states.
    """
    schemes = [
        (editions.scheme_of(session, edition), stage) for edition, stage in sorted(glance.in_use(session, sought))
    ]
    every = [one for scheme, stage in schemes for one in _late(scheme, stage, _every(scheme), at)]
    some = [
        one for scheme, stage in schemes if _differ(scheme) for one in _late(scheme, stage, _everybodys(scheme), at)
    ]
    unsure = sorted({*glance.within(session, sought, some)} - {*glance.within(session, sought, every)}) if some else []
    return Late(spans=tuple(every), ids=tuple(_late_ones(session, unsure, at)))


def _late(scheme: Scheme, stage: Stage, holidays: Collection[date], at: datetime) -> Iterable[Lateness]:
    period = lasts(stage=stage, timetable=scheme.timetable, accuracy=scheme.factual_accuracy)
    if period is not None:
        yield Lateness(edition=scheme.digest, stage=stage, spans=late_spans(period, at=at, holidays=holidays))


def _every(scheme: Scheme) -> frozenset[date]:
    return frozenset(one.day for one in scheme.holidays)


def _everybodys(scheme: Scheme) -> frozenset[date]:
    return frozenset(one.day for one in scheme.holidays if not one.applies_when)


def _differ(scheme: Scheme) -> bool:
    return any(one.applies_when for one in scheme.holidays)


def _late_ones(session: Session, ids: Sequence[int], at: datetime) -> Iterable[int]:
    for now in cycles.several(session, ids=ids) if ids else ():
        scheme = editions.scheme_of(session, now.edition_digest)
        if late(
            stage=now.stage, since=now.change.at, timetable=scheme.timetable, at=at,
            holidays=holidays_of(scheme=scheme, profile=now.profile), accuracy=scheme.factual_accuracy,
        ):  # fmt: skip
            yield now.id
