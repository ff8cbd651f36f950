"""Which wishes of the college office still hold, and why each of the others fell: nothing falls without a word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from accreditation.rules.hindering import beyond_help, broken, seeing, whoever_joins
from accreditation.rules.matching import Question, Seated
from accreditation.rules.proposing import around
from accreditation.rules.wishes import Wish, Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """A seat that the office fixed and that can be kept no longer, and why: said of the round as it is now."""

    wish: Wish
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The wishes that still hold, and those that fell."""

    wishes: Wishes
    fallen: tuple[Fallen, ...] = ()


def sound(*, questions: Sequence[Question], wishes: Wishes, seen: Collection[tuple[int, int]]) -> Wishes:
    """Which of these wishes still hold? One that has come to break a rule is dropped: the engine decides again."""
    return judged(questions=questions, wishes=wishes, seen=seen).wishes


def judged(*, questions: Sequence[Question], wishes: Wishes, seen: Collection[tuple[int, int]]) -> Judged:
    """Which of these wishes still hold, and why does each of the others not?

    What does not stand by itself falls first; then, of seats that are in the way of whoever their team cannot do
    without, as many as are in the way. Where a team could not be completed without its locks either they stay.
    """
    kept: list[Wish] = []
    fallen: list[Fallen] = []
    for question in questions:
        own = around(question, wishes)
        by_seat = {Seated(cycle=one.cycle, role=one.role, reviewer=one.reviewer): one for one in wishes.seats}
        taken: list[Seated] = []
        for lock in own.locks:
            wrong = seeing(asked=own, added=[lock], seen=seen) or broken(
                asked=whoever_joins(own), before=[*own.already, *taken], added=[lock]
            )
            if wrong:
                fallen.append(Fallen(wish=by_seat[lock], why="; ".join(wrong)))
            else:
                taken.append(lock)
        stays, falling = _completable(question, wishes, [by_seat[lock] for lock in taken])
        fallen += falling
        kept += [*stays, *(one for seat, one in by_seat.items() if seat in own.already)]
    return Judged(wishes=replace(wishes, seats=tuple(sorted({*kept}))), fallen=tuple(fallen))


def _completable(asked: Question, wishes: Wishes, locked: Sequence[Wish]) -> tuple[list[Wish], list[Fallen]]:
    """Which of these locks leave room for whoever their teams cannot do without, and which do not, and why?"""
    without = around(asked, Wishes(out=wishes.out))

    def wrong(several: Sequence[Wish]) -> tuple[str, ...]:
        return beyond_help(without, around(asked, Wishes(seats=tuple(several), out=wishes.out)))

    if not wrong(locked):
        return [*locked], []
    enough = asked.rules.experienced
    done = {one.id: one.visits_done for one in asked.reviewers}
    kept: list[Wish] = []
    fallen: list[Fallen] = []
    for one in sorted(locked, key=lambda it: (enough is None or done[it.reviewer] < enough.after_visits, it)):
        if why := wrong([*kept, one]):
            fallen.append(Fallen(wish=one, why="; ".join(why)))
        else:
            kept.append(one)
    return kept, fallen
