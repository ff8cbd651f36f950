"""Why this reviewer sits in the team of this visit, or why not; and what it would cost to have it otherwise.

What it costs is never guessed: the round is solved again with the seat locked, or with the reviewer kept out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from accreditation.rules.matching.answer import Assigned, Match
from accreditation.rules.matching.compared import Difference, difference, told
from accreditation.rules.matching.obstacles import Obstacle, Obstacles, may_hold
from accreditation.rules.matching.question import SET_ASIDE, Ban, Question, Seated
from accreditation.rules.matching.same_days import overlap

Solve = Callable[[Question], Match]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What is to be said of a reviewer and a visit. `words` are sentences for the college office.

    `sits` is their seat, if they have one; `obstacles` are why they may not sit there, if they may not. `otherwise` is
    what would be different if it were the other way round: without them, or with them there.
    """

    sits: Assigned | None
    obstacles: tuple[Obstacle, ...]
    otherwise: Difference | None
    words: tuple[str, ...]


def explained(*, asked: Question, found: Match, reviewer: int, cycle: int, solve: Solve) -> Explained:
    """Why does this reviewer sit, or not sit, in the team of this visit? `found` is the answer to what is asked."""
    people = {one.id: one.name for one in asked.reviewers}
    teams = {one.cycle: one.team_name for one in (*asked.visits, *asked.elsewhere)}
    name, team = people[reviewer], teams[cycle]
    sits = next((one for one in (*found.kept, *found.assigned) if (one.reviewer, one.cycle) == (reviewer, cycle)), None)
    if sits is not None:
        why = f"{name} sits in the team of {team} as {_plain(sits.role)}: {sits.why}"
        if sits in found.kept:
            return Explained(sits=sits, obstacles=(), otherwise=None, words=(why, "they sat there before, and stay"))
        if sits.seated in asked.locks:
            return Explained(sits=sits, obstacles=(), otherwise=None, words=(why, "the seat was asked for"))
        without = difference(before=found, after=solve(_without(asked, reviewer=reviewer, cycle=cycle)))
        words = (why, "without them there:", *told(without, people=people, teams=teams))
        return Explained(sits=sits, obstacles=(), otherwise=without, words=words)
    obstacles = Obstacles(asked).between(reviewer=reviewer, cycle=cycle)
    if obstacles:
        first = f"{name} may not sit in the team of {team}:"
        words = (first, *(one.reason for one in obstacles), *_way_in(obstacles))
        return Explained(sits=None, obstacles=obstacles, otherwise=None, words=words)
    seat, better = _best_lock(asked, reviewer=reviewer, cycle=cycle, solve=solve)
    there = difference(before=found, after=better)
    where = f"sit in the team of {team} as {_plain(seat.role)}"
    first = f"{name} could {where}, and others were better for the round"
    if _goals(better) == _goals(found):
        decided = "an even load, what was proposed before or a draw" if asked.before else "an even load or a draw"
        first = f"{name} could as well {where}: both choices are equally good for the round, and {decided} decided"
    instead = _instead(asked, found, reviewer=reviewer, cycle=cycle)
    words = (first, *instead, "with them there:", *told(there, people=people, teams=teams))
    return Explained(sits=None, obstacles=(), otherwise=there, words=words)


def _way_in(obstacles: Sequence[Obstacle]) -> Iterator[str]:
    """How could they sit there all the same, where only rules that may be set aside keep them from it?"""
    kinds = [one.kind for one in obstacles]
    if {*kinds} <= {*SET_ASIDE}:
        yield f"that may be set aside: lock them there with whatever: {'; '.join(kinds)}"


def _instead(asked: Question, found: Match, *, reviewer: int, cycle: int) -> Iterator[str]:
    """To which other visits on the same days do they go, and so cannot come to this one?"""
    visits = {one.cycle: one for one in asked.visits}
    for one in (*found.kept, *found.assigned):
        if one.reviewer == reviewer and overlap(visits[one.cycle].days, visits[cycle].days):
            yield f"they visit {visits[one.cycle].team_name} on a day of this visit, and nobody is at two at once"


def _without(asked: Question, *, reviewer: int, cycle: int) -> Question:
    """The same, with this reviewer kept out of this team."""
    return replace(
        asked,
        bans=(*asked.bans, Ban(cycle=cycle, reviewer=reviewer)),
        stays=tuple(one for one in asked.stays if (one.cycle, one.reviewer) != (cycle, reviewer)),
    )


def _best_lock(asked: Question, *, reviewer: int, cycle: int, solve: Solve) -> tuple[Seated, Match]:
    """Where they may sit in the team: the role in which that is best for the round, and the answer with it."""
    obstacles = Obstacles(asked)
    able = zip(obstacles.seats, obstacles.lacking(cycle).open, strict=True)
    roles = [seat.role for seat, is_open in able if is_open and may_hold(seat, obstacles.reviewers[reviewer])]
    tried = []
    for role in sorted(roles):
        seat = Seated(cycle=cycle, role=role, reviewer=reviewer)
        tried.append((seat, solve(replace(asked, locks=(*asked.locks, seat)))))
    return max(tried, key=lambda one: _goals(one[1]))  # the first of the best


def _goals(answer: Match) -> tuple[int, int, int, int]:
    """How good is this answer: what is wanted first comes first?"""
    return answer.figures.filled, answer.figures.complete, answer.figures.worst or 0, answer.figures.total


def _plain(role: str) -> str:
    return role.replace("_", " ")
