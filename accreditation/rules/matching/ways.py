"""What could be asked for where a round cannot be filled, and the ways out that come of it; as values."""

from dataclasses import dataclass

from accreditation.rules.matching.arrays import Ints, Places
from accreditation.rules.matching.shortage import Seats

NEVER = -1
"""A price at which something is not to be asked for at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What could be asked for, and at which price: whole numbers from 1, or NEVER. The sum of prices is made small.

    `raising` has a number a reviewer: the price of each visit beyond what they have left; `more` is how many of these
    nobody is asked to exceed. `recruiting` has a number a role: the price of each seat that newly recruited people
    take; each of them would make up to `each` visits in the round, and have no conflict with anybody. `barred` are
    places of `asked` that a rule keeps out and that are not among its own, `rule` says of each which rule (numbers
    from 0), and `relaxing` has the price of relaxing that rule once, a number a rule.
    """

    raising: Ints
    recruiting: Ints
    barred: Places
    rule: Ints
    relaxing: Ints
    more: int = 1
    each: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """This reviewer makes so many visits more than they have left."""

    reviewer: int
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruited:
    """So many more people hold this role, and sit in these seats."""

    role: int
    people: int
    seats: tuple[Seats, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """This rule is relaxed for one reviewer in one visit: a row of `Offered.barred`."""

    rule: int
    barred: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way out: what it asks for, at which price, and how many seats are empty even then (tried by solving again)."""

    raised: tuple[Raised, ...]
    recruited: tuple[Recruited, ...]
    relaxed: tuple[Relaxed, ...]
    price: int
    empty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The cheapest way out of all, and those that ask for one kind of thing only and fill as many seats."""

    cheapest: Way
    alone: tuple[Way, ...]
