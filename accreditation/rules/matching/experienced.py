"""What would fill a round whose teams lack experienced reviewers: people recruited who made enough visits before.

The network of `waivers` does not know the rule on experience, so whoever it recruits is tried again here: first with no
visit made before, then with enough of them. Nothing is told that was not solved.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from accreditation.rules.matching.arrays import Instance
from accreditation.rules.matching.same_days import crosses
from accreditation.rules.matching.shortage import Seats
from accreditation.rules.matching.solve import solve
from accreditation.rules.matching.waivers import applied
from accreditation.rules.matching.ways import Offered, Recruited, Way

_NOTHING = Way(raised=(), recruited=(), relaxed=(), price=0, empty=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A way out that was solved with all rules kept: `empty` seats stay empty even then.

    Whoever is recruited for one of the `experienced` roles has made as many visits before as the scheme asks for.
    """

    way: Way
    experienced: frozenset[int] = frozenset()
    empty: int


def tried(asked: Instance, offered: Offered, way: Way) -> Tried:
    """What comes of this way out: with anybody recruited or, where that is not enough, with experienced people?

    Experience is asked for in one role only where that does as well as in all.
    """
    granted = applied(asked, offered, way)
    if not crosses(granted):
        return Tried(way=way, empty=way.empty)  # it was tried already, and there are no other rules
    roles = [one.role for one in way.recruited] if asked.crossing.experienced else []
    kinds = [frozenset[int](), *(frozenset({role}) for role in roles), frozenset(roles)]
    best: Tried | None = None
    for kind in dict.fromkeys(kinds):
        left = _empty(applied(asked, offered, way, experienced=kind))
        if best is None or left < best.empty:
            best = Tried(way=way, experienced=kind, empty=left)
        if left <= way.empty:
            break
    assert best is not None  # noqa: S101  nobody experienced is always among the kinds
    return best


def by_experience(asked: Instance, offered: Offered, *, beside: Way) -> tuple[Tried, ...]:
    """Which roles could experienced people be recruited for, so that as few seats as possible stay empty?

    Anybody, where no team lacks experience but visits are on the same days.
    By themselves, or `beside` more visits and rules set aside, where that leaves fewer seats empty.
    """
    if not (asked.crossing.experienced or asked.crossing.same_days):
        return ()
    bases = [_NOTHING] + ([replace(beside, recruited=())] if beside.raised or beside.relaxed else [])
    found: list[Tried] = []
    for base in bases:
        found += _recruiting(asked, offered, base)
        if any(one.empty == 0 for one in found):
            break
    least = min((one.empty for one in found), default=0)
    return tuple(one for one in found if one.empty == least)


def _recruiting(asked: Instance, offered: Offered, base: Way) -> Iterator[Tried]:
    """Beside this, somebody experienced for every team that is short, in each role by itself."""
    granted, skilled = applied(asked, offered, base), asked.crossing.experienced
    held = np.bincount(granted.places.visit[solve(granted, fair=False).filling.place], minlength=asked.demand.visits)
    short = held < asked.demand.size
    for role in range(asked.demand.roles):
        visits = np.flatnonzero(short & (asked.demand.room[:, role] > 0)).tolist()
        if not visits or offered.recruiting[role] < 0:
            continue
        wanted = Recruited(role=role, people=len(visits), seats=_seats(visits, role))
        way = replace(base, recruited=(wanted,))
        round_ = applied(asked, offered, way, experienced={role} if skilled else ())
        taken = solve(round_, fair=False).filling.place
        new = taken[round_.places.reviewer[taken] >= asked.supply.reviewers]
        used = sorted(set(round_.places.visit[new].tolist()))
        if used:  # whoever is recruited and sits nowhere is not asked for
            few = replace(way, recruited=(Recruited(role=role, people=len(new), seats=_seats(used, role)),))
            empty = int(asked.demand.size.sum()) - len(taken)
            yield Tried(way=few, experienced=frozenset({role} if skilled else ()), empty=empty)


def _seats(visits: Collection[int], role: int) -> tuple[Seats, ...]:
    return tuple(Seats(visit=one, role=role, number=1) for one in visits)


def _empty(asked: Instance) -> int:
    """How many seats of this round stay empty, all rules kept?"""
    return int(asked.demand.size.sum()) - len(solve(asked, fair=False).filling)
