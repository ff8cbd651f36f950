"""States a round as a program: what the network says, and the rules that cross the roles.

The cross rules are stated in their strongest form, in which the best answer in fractions is nearly always whole. All
places of one employer in one visit are one row, and so are all places of one reviewer on one day. For each two
organisations whose staff could visit each other there is one choice of the way; a row for each visit and employer then
holds all its places at once.
"""

from dataclasses import replace

import numpy as np

from accreditation.rules.matching.arrays import FULL_FIT, Flags, Instance, Ints
from accreditation.rules.matching.program import NONE, Extra, Family, Program, columns
from accreditation.rules.matching.same_days import busy

CAPACITY, ROLE, SURPLUS, ONCE = "capacity", "role", "surplus", "once"
EMPLOYER, WAY, EXPERIENCED, FLOOR = "employer", "way", "experienced", "floor"
SAME_DAYS = "same_days"
WHOLE, ENOUGH = "whole", "enough"
BEYOND, GOES, MADE, MISSED = "beyond", "goes", "made", "missed"
LEVEL, COMPLETE, LOAD = "level", "complete", "load"

SQUARE = 1_000
"""What one in the sum of squared loads is worth where the load is all that counts."""

WEIGHT = 8
"""What a millionth below a floor costs to begin with, in millionths of fit."""


def stated(asked: Instance, worth: Ints, *, alone: bool = False) -> Program:
    """The program of a round in which taking a place (a row of `Places`) is worth so much.

    `alone` leaves out what visits share: reviewers' capacity and days, and the ways between organisations.
    """
    places = asked.places
    place, role = columns(asked, barred=barred(asked) | (asked.supply.left[places.reviewer] < 1))
    program = Program(
        place=place,
        role=role,
        visit=places.visit[place],
        reviewer=places.reviewer[place],
        worth=worth[place],
        families={},
    )
    _teams(program, asked)
    if not alone:
        left = np.minimum(asked.supply.left, np.bincount(places.reviewer, minlength=asked.supply.reviewers))
        _add(program, CAPACITY, row=program.reviewer, most=left, late=False)
        _days(program, asked)
    if asked.crossing.one_per_employer:
        _employers(program, asked)
    if asked.crossing.one_way and not alone:
        _ways(program, asked)
    if asked.crossing.experienced:
        _experienced(program, asked)
    return program


def _add(program: Program, name: str, *, row: Ints, most: Ints, late: bool, times: Ints | None = None) -> None:
    """A family of rows in which a column counts once, or so many times."""
    ones = np.ones(len(program), dtype=np.int64)
    program.families[name] = Family(name=name, row=row, times=ones if times is None else times, most=most, late=late)


def barred(asked: Instance) -> Flags:
    """Which places are out of the question because of those who sit already?"""
    places, crossing = asked.places, asked.crossing
    employer = asked.supply.employer[places.reviewer]
    barred = np.zeros(len(places), dtype=np.bool_)
    if crossing.one_per_employer:
        barred |= _among(places.visit, employer, crossing.seated)
    if crossing.one_way:
        visited = asked.demand.organisation[places.visit]
        back = frozenset((there, here) for here, there in crossing.going if (there, here) not in crossing.going)
        barred |= _among(employer, visited, back)
    return barred & (employer >= 0)


def _among(first: Ints, second: Ints, pairs: frozenset[tuple[int, int]]) -> Flags:
    """Which rows of two arrays are among these pairs?"""
    if not pairs:
        return np.zeros(len(first), dtype=np.bool_)
    wanted = np.array(sorted(pairs), dtype=np.int64)
    wide = 1 + max(int(second.max(initial=0)), int(wanted[:, 1].max()))
    return np.isin(first * wide + second, wanted[:, 0] * wide + wanted[:, 1]) & (first >= 0) & (second >= 0)


def _teams(program: Program, asked: Instance) -> None:
    """A role holds what it needs and what of the surplus it is given; nobody sits twice in a team."""
    demand, roles = asked.demand, asked.demand.roles
    need = np.minimum(demand.need, demand.room)
    surplus = demand.size - demand.need.sum(axis=1)
    _add(program, ROLE, row=program.visit * roles + program.role, most=need.ravel(), late=False)
    nothing = np.full(len(program), NONE)
    _add(program, SURPLUS, row=nothing, most=surplus, late=False)
    spare = np.minimum(np.maximum(demand.room - need, 0), surplus[:, None]).ravel()
    which = np.nonzero(spare > 0)[0]
    program.extras[BEYOND] = Extra(
        name=BEYOND, worth=np.zeros(len(which), dtype=np.int64), upper=spare[which], whole=True,
        entries=(
            (ROLE, np.arange(len(which)), which, np.full(len(which), -1)),
            (SURPLUS, np.arange(len(which)), which // roles, np.ones(len(which), dtype=np.int64)),
        ),
    )  # fmt: skip
    several = np.bincount(program.place, minlength=len(asked.places)) > 1
    once = np.cumsum(several) - 1
    row = np.where(several[program.place], once[program.place], NONE)
    _add(program, ONCE, row=row, most=np.ones(int(several.sum()), dtype=np.int64), late=True)


def _groups(program: Program, asked: Instance, *, each: bool) -> tuple[Ints, Ints, Ints]:
    """Columns of one visit and one employer are a group, or `each` is one: its group; each group's visit and employer.

    Columns of people without an employer are in none.
    """
    employer = asked.supply.employer[program.reviewer]
    employed = np.nonzero(employer >= 0)[0]
    wide = int(employer.max(initial=0)) + 1
    key = program.visit[employed] * wide + employer[employed]
    number = np.arange(len(employed))
    if not each:
        key, number = np.unique(key, return_inverse=True)
    row = np.full(len(program), NONE)
    row[employed] = number
    return row, key // wide, key % wide


def _employers(program: Program, asked: Instance) -> None:
    """In a visit's team at most one person of each employer."""
    row, visit, _ = _groups(program, asked, each=False)
    _add(program, EMPLOYER, row=row, most=np.ones(len(visit), dtype=np.int64), late=True)


def _days(program: Program, asked: Instance) -> None:
    """Everybody is at one visit at a time: a row for each reviewer and group of visits on one day.

    A column may stand in one row of a family only, so groups that share a visit are in families of their own.
    """
    for number, sets in enumerate(busy(asked)):
        row = sets[program.place]
        _add(
            program, f"{SAME_DAYS}_{number}", row=row, most=np.ones(int(row.max(initial=NONE)) + 1, dtype=np.int64),
            late=True,
        )  # fmt: skip


def _ways(program: Program, asked: Instance) -> None:
    """Staff of one organisation visit another, or the other way round: a choice for each two that could do both."""
    row, visit, here = _groups(program, asked, each=not asked.crossing.one_per_employer)
    there = asked.demand.organisation[visit]
    wide = 1 + max(int(here.max(initial=0)), int(there.max(initial=0)))
    one_way, back = here * wide + there, there * wide + here
    known = _among(here, there, asked.crossing.going)
    both = (there >= 0) & (here != there) & np.isin(back, one_way) & ~known
    choices, pair = np.unique(np.minimum(one_way, back)[both], return_inverse=True)
    side = (one_way < back)[both]
    kept = np.append(np.where(both, np.cumsum(both) - 1, NONE), NONE)
    most = np.where(side, 0, 1)
    program.families[WAY] = Family(
        name=WAY, row=kept[row], times=np.ones(len(program), dtype=np.int64), most=most, pair=pair, side=side
    )
    rows, none = np.arange(len(pair)), np.zeros(len(choices), dtype=np.int64)
    program.extras[GOES] = Extra(
        name=GOES, worth=none, upper=none + 1, whole=True,
        entries=((WAY, pair, rows, np.where(side, -1, 1)),),
    )  # fmt: skip


def _experienced(program: Program, asked: Instance) -> None:
    """A visit that is made at all has as many experienced people as it lacks; one that is not made has nobody."""
    lacks = np.nonzero(asked.demand.experienced > 0)[0]
    number = np.full(asked.demand.visits, NONE)
    number[lacks] = np.arange(len(lacks))
    counted = asked.supply.experienced[program.reviewer]
    none = np.zeros(len(lacks), dtype=np.int64)
    _add(
        program, EXPERIENCED, row=np.where(counted, number[program.visit], NONE), most=none, late=False,
        times=np.full(len(program), -1),
    )  # fmt: skip
    roles = asked.demand.roles
    program.extras[MADE] = Extra(
        name=MADE, worth=none, upper=none + 1, whole=True,
        entries=(
            (EXPERIENCED, np.arange(len(lacks)), np.arange(len(lacks)), asked.demand.experienced[lacks]),
            *_only_if_made(program, lacks, roles),
        ),
    )  # fmt: skip


def _only_if_made(program: Program, lacks: Ints, roles: int) -> list[tuple[str, Ints, Ints, Ints]]:
    """Where a visit is not made its roles need nobody, and there is no surplus."""
    rows = (lacks[:, None] * roles + np.arange(roles)).ravel()
    role, surplus = program.families[ROLE], program.families[SURPLUS]
    entries = [
        (ROLE, np.repeat(np.arange(len(lacks)), roles), rows, -role.most[rows]),
        (SURPLUS, np.arange(len(lacks)), lacks, -surplus.most[lacks]),
    ]
    role.most[rows], surplus.most[lacks] = 0, 0
    return entries


def floored(program: Program, fit: Ints, least: Ints, *, most: Ints, at_a_price: bool = True) -> None:
    """Adds floors: each visit is to gain at least `least` fit, later perhaps more but never more than `most`.

    `fit` has a row a place. Which rows there are does not depend on how high the floors are, so they can be raised. A
    floor may be missed, at a price: a millionth less costs WEIGHT millionths; or it may not be missed at all.
    """
    unit, visits = _unit(fit), np.arange(len(least))
    program.families[FLOOR] = Family(name=FLOOR, row=program.visit, times=-fit[program.place], most=-least, scale=unit)
    if at_a_price:
        program.extras[MISSED] = Extra(
            name=MISSED, worth=np.full(len(least), -WEIGHT * unit), upper=np.maximum(-(-most // unit), 0), whole=False,
            entries=((FLOOR, visits, visits, np.full(len(least), -unit)),),
        )  # fmt: skip


def levelled(program: Program, fit: Ints, had: Ints, *, most: int) -> None:
    """Makes the worst-off visit's fit all that anything is worth; `had` is what each visit has already."""
    unit, visits = _unit(fit), np.arange(len(had))
    program.families[FLOOR] = Family(
        name=FLOOR, row=program.visit, times=-fit[program.place], most=had, scale=unit, late=False
    )
    program.extras[LEVEL] = Extra(
        name=LEVEL, worth=np.array([unit]), upper=np.array([-(-most // unit)]), whole=False,
        entries=((FLOOR, 0 * visits, visits, np.full(len(had), unit)),),
    )  # fmt: skip


def evened(program: Program, asked: Instance) -> None:
    """Makes an even load all that anything is worth: the n-th visit of a reviewer costs 2n - 1, those had counted."""
    supply = asked.supply
    room = program.families[CAPACITY].most
    reviewer = np.repeat(np.arange(supply.reviewers), room)
    nth = np.arange(len(reviewer)) - np.repeat(np.cumsum(room) - room, room) + supply.load[reviewer] + 1
    program.families[CAPACITY] = replace(program.families[CAPACITY], most=np.zeros(supply.reviewers, dtype=np.int64))
    ones = np.ones(len(reviewer), dtype=np.int64)
    program.extras[LOAD] = Extra(
        name=LOAD, worth=-(2 * nth - 1) * SQUARE, upper=ones, whole=False,
        entries=((CAPACITY, np.arange(len(reviewer)), reviewer, -ones),),
    )  # fmt: skip


def _unit(fit: Ints) -> int:
    """What the solver counts fits in, so that it sees numbers of about 1."""
    return max(int(fit.max(initial=0)), 1)


def kept(program: Program, name: str, amounts: Ints, *, least: int) -> None:
    """Adds that what was reached is not given up: the sum of amounts (a row a place, 0 or more) is at least so much."""
    counted = amounts[program.place]
    program.families[name] = Family(
        name=name,
        row=np.where(counted != 0, 0, NONE),
        times=-counted,
        most=np.array([-least]),
        scale=_unit(amounts),
        late=False,
    )


def seated(program: Program, seats: Ints) -> None:
    """Adds that so many seats of each visit are filled at least."""
    program.families[WHOLE] = Family(
        name=WHOLE, row=program.visit, times=np.full(len(program), -1), most=-seats, late=False
    )


def completed(program: Program, size: Ints, *, least: int | None) -> None:
    """Adds which teams are complete: at least so many, or (None) each is worth FULL_FIT."""
    visits, ones = np.arange(len(size)), np.ones(len(size), dtype=np.int64)
    program.families[WHOLE] = Family(
        name=WHOLE, row=program.visit, times=np.full(len(program), -1), most=0 * ones, late=False
    )
    nothing = np.full(len(program), NONE)
    enough = Family(name=ENOUGH, row=nothing, times=nothing, most=np.array([-(least or 0)]), late=False)
    program.families[ENOUGH] = enough
    program.extras[COMPLETE] = Extra(
        name=COMPLETE, worth=FULL_FIT * ones if least is None else 0 * ones, upper=ones, whole=True,
        entries=((WHOLE, visits, visits, size), (ENOUGH, visits, 0 * ones, -ones)),
    )  # fmt: skip
