"""The best seats of a round as values: from the question to arrays, to the solver, and back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from accreditation.rules.matching.answer import Assigned, Figures
from accreditation.rules.matching.eligible import Prepared, prepare
from accreditation.rules.matching.goals import complete, counted
from accreditation.rules.matching.observers import prepare_observers
from accreditation.rules.matching.question import Question, Seated
from accreditation.rules.matching.solve import Solved, solve
from accreditation.rules.matching.worded import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Who is seated anew, with what was found of the worst-off visit and of the total, and what cannot be exceeded.

    Of the worst-off visit nothing is said (None) where the scheme asks for no fit, and no bound (None) where not every
    seat can be filled: there it was not looked for. `free` is as `Figures.free`.
    """

    seated: tuple[Seated, ...]
    worst: int | None
    worst_bound: int | None
    total: int
    total_bound: int
    proven: bool
    free: bool = True

    def figures(self, told: Sequence[Assigned], words: Words) -> Figures:
        """How good is it, with all who sit there?"""
        visits = words.asked.visits
        lacks = [words.after.lacking(visit.cycle) for visit in visits]
        observers = {seat.role for seat in words.asked.seats if seat.observes}
        filled = sum(one.role not in observers for one in told)
        known = [one.minutes for one in told if one.minutes is not None]
        people = {one.reviewer for one in told}
        return Figures(
            seats=filled + sum(lack.size for lack in lacks),
            filled=filled,
            teams=len(visits),
            complete=sum(lack.size == 0 for lack in lacks),
            worst=self.worst,
            worst_bound=self.worst_bound,
            total=self.total,
            total_bound=self.total_bound,
            known=len(known),
            travel=sum(known),
            farthest=max(known, default=0),
            reviewers=len(people),
            busiest=max((words.load[one] for one in people), default=0),
            free=self.free,
        )


def find(asked: Question) -> Found:
    """Which seats should be taken?

    Fairness between visits is looked for where the scheme says what makes a reviewer fit; else everybody fits alike.
    """
    if not asked.visits:
        return Found(seated=(), worst=None, worst_bound=None, total=0, total_bound=0, proven=True)
    prepared, fair = prepare(asked), asked.rules.fit is not None
    solved = solve(prepared.instance, fair=fair)
    best = solved if solved.lots or not asked.before else keeping(asked, prepared, solved, fair=fair)
    return Found(
        seated=prepared.seated(best.filling),
        worst=best.worst if fair else None,
        worst_bound=solved.worst_bound if solved.fair else None,
        total=best.total,
        total_bound=solved.total_bound,
        proven=solved.proven,
        free=solved.free,
    )


def keeping(asked: Question, prepared: Prepared, found: Solved, *, fair: bool) -> Solved:
    """Where the search was cut short before lots were drawn: is an answer as good that keeps what was proposed before?

    It is looked for by a second search in which nothing of that is given up without need; else the first one stands.
    """
    other = solve(prepare(replace(asked, stays=(*asked.stays, *asked.before))).instance, fair=fair)
    same = counted(prepared.instance, other.filling).reaches(found.count)
    if not found.free:  # what is told of the total holds for these teams
        teams, others = (complete(prepared.instance, one.filling) for one in (found, other))
        same = same and bool((teams == others).all())
    return other if same and other.worst >= found.worst and other.total >= found.total else found


def find_observers(asked: Question, *, teams: Collection[Seated]) -> tuple[Seated, ...]:
    """Which observers join these teams, everybody of whom is known?"""
    if not any(seat.observes for seat in asked.seats):
        return ()
    prepared = prepare_observers(asked, teams=teams)
    if not len(prepared.instance.places):
        return ()
    return prepared.seated(solve(prepared.instance, fair=False).filling)
