"""What is otherwise from one answer to another: who comes and goes, and what that does to the goals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.matching.answer import Figures, Match
from accreditation.rules.matching.arrays import FULL_FIT
from accreditation.rules.matching.question import Seated

SHOWN = 6
"""So many moves are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Seats that somebody has in the one answer only, and the figures of both."""

    leaving: tuple[Seated, ...]
    coming: tuple[Seated, ...]
    before: Figures
    after: Figures


def difference(*, before: Match, after: Match) -> Difference:
    """What is otherwise in the second answer?"""
    had = {one.seated for one in (*before.kept, *before.assigned)}
    has = {one.seated for one in (*after.kept, *after.assigned)}
    return Difference(
        leaving=tuple(sorted(had - has)), coming=tuple(sorted(has - had)), before=before.figures, after=after.figures
    )


def told(found: Difference, *, people: Mapping[int, str], teams: Mapping[int, str]) -> tuple[str, ...]:
    """The same in sentences: the goals in their order, then who moves."""
    return (*_goals(found.before, found.after), *_moves(found, people=people, teams=teams))


def _goals(before: Figures, after: Figures) -> Iterator[str]:
    """What happens to each goal?"""
    if after.filled != before.filled:
        yield f"{after.filled} of {after.seats} seats would be filled instead of {before.filled}"
    elif after.complete != before.complete:
        yield f"{after.complete} teams would be complete instead of {before.complete}"
    else:
        yield f"as many seats are filled ({after.filled} of {after.seats})"
    if after.worst is None or before.worst is None:  # no fit is asked for
        yield from _travel(before, after)
        return
    if after.worst == before.worst:
        yield "the worst-off visit is as well off"
    else:
        way = "falls" if after.worst < before.worst else "rises"
        yield f"the fit of the worst-off visit {way} from {_people(before.worst)} to {_people(after.worst)}"
    lost = before.total - after.total
    if lost:
        yield f"the fit in all {'falls' if lost > 0 else 'rises'} by {_people(abs(lost))}, from {_people(before.total)}"
    else:
        yield "the fit in all is the same"
    yield from _travel(before, after)


def _travel(before: Figures, after: Figures) -> Iterator[str]:
    if before.known and after.known and after.travel != before.travel:
        more = after.travel - before.travel
        yield f"travel is {abs(more)} minutes {'more' if more > 0 else 'less'} in all"


def _moves(found: Difference, *, people: Mapping[int, str], teams: Mapping[int, str]) -> Iterator[str]:
    """Who goes where?"""
    moves = [(one.reviewer, 0, f"{people[one.reviewer]} leaves {_seat(one, teams)}") for one in found.leaving]
    moves += [(one.reviewer, 1, f"{people[one.reviewer]} comes to {_seat(one, teams)}") for one in found.coming]
    for _, _, words in sorted(moves)[:SHOWN]:
        yield words
    if len(moves) > SHOWN:
        yield f"{len(moves) - SHOWN} more moves"


def _seat(one: Seated, teams: Mapping[int, str]) -> str:
    return f"{teams[one.cycle]} ({one.role.replace('_', ' ')})"


def _people(fit: int) -> str:
    """A fit in people who would fit fully."""
    return f"{float(Fraction(fit, FULL_FIT)):.2f}"
