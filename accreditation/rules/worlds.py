"""Services that could exist: profiles a scheme can meet, and ratings that its criteria can have.

Used to look for what a scheme can and cannot give before anybody is judged by it. The same services every time.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product
from math import prod

from accreditation.rules.options import Compared, compared_values, ways
from accreditation.rules.scoring import Score, Scored, Standing, score
from accreditation.scheme.classes import Level
from accreditation.scheme.ends import Between, Ends, FactLimit, NumberBy, ShareBy, fixed
from accreditation.scheme.facts import FactValue, Profile
from accreditation.scheme.figure import FactFigure
from accreditation.scheme.model import Scheme
from accreditation.scheme.rule import FactIs
from accreditation.scheme.walk import nodes

MOST_PROFILES = 256
"""So many combinations of facts are looked at; a scheme with more is not told that something is out of reach."""


def profiles(scheme: Scheme) -> Iterator[Profile]:
    """Every combination of answers to the questions that make a difference, at most MOST_PROFILES of them."""
    answers = _answers(scheme)
    for chosen in islice(product(*answers.values()), MOST_PROFILES):
        yield dict(zip(answers, chosen, strict=True))


def all_profiles(scheme: Scheme) -> bool:
    """Are the profiles that are looked at all there are?"""
    return prod(len(values) for values in _answers(scheme).values()) <= MOST_PROFILES


def _answers(scheme: Scheme) -> Mapping[str, Sequence[FactValue]]:
    numbers = _numbers(scheme)
    return {
        name: {
            "yes_no": (True, False),
            "choice": tuple(fact.choices or ()),
            "number": tuple(sorted(numbers.get(name, {Decimal(1)}))),
        }[fact.kind]
        for name, fact in scheme.profile.items()
    }


def facts_in_rules(scheme: Scheme) -> tuple[str, ...]:
    """The facts that rules, limits and figures look at themselves, besides deciding which criteria apply."""
    found: dict[str, None] = {}
    for one in nodes(scheme):
        if isinstance(one.node, FactIs | FactFigure):
            found[one.node.fact] = None
        for limit in one.node.given().values() if isinstance(one.node, Ends) else ():
            if isinstance(limit, FactLimit | NumberBy | ShareBy):
                found[limit.fact if isinstance(limit, FactLimit) else limit.by] = None
    return tuple(found)


def _numbers(scheme: Scheme) -> Mapping[str, set[Decimal]]:
    """For every fact that is a number: values on, below and above each end it is compared with."""
    found: dict[str, set[Decimal]] = {}
    for criterion in scheme.criteria:
        for name, wanted in criterion.applies_when.items():
            if isinstance(wanted, Between):
                found.setdefault(name, set()).update(_around(wanted))
    for one in nodes(scheme):
        if isinstance(one.node, FactIs) and isinstance(one.node.is_, Between):
            found.setdefault(one.node.fact, set()).update(_around(one.node.is_))
        for limit in one.node.given().values() if isinstance(one.node, Ends) else ():
            if isinstance(limit, FactLimit):
                some = (0, 1, len(scheme.criteria), 10**6)
                found.setdefault(limit.fact, set()).update(Decimal(number) for number in some)
    return found


def _around(ends: Between) -> Iterator[Decimal]:
    for number in fixed(ends).values():
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        yield from (exact, exact + 1, max(exact - 1, Decimal(0)))


def rated(scheme: Scheme, profile: Profile) -> tuple[Score, Mapping[str, tuple[Scored, ...]]]:
    """A service of this profile with every criterion rated at its worst, and all ways in which each could be rated."""
    blank = score(scheme=scheme, profile=profile, answers={})
    compared: Compared = compared_values(blank)
    known = {name: ways(name, blank, compared) for name in blank.by_id}
    return blank.with_scored(options[0] for options in known.values()), known


def services(blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> Iterator[Score]:
    """Services of one profile: all alike at every rating, each group apart from the rest, and many mixtures."""
    most = max((len(options) for options in known.values()), default=0)
    for place in range(most):
        yield blank.with_scored(_at(options, place) for options in known.values())
    scheme = blank.scheme
    levels: tuple[Level, ...] = ("type", "domain", "standard", "section", "tag")
    for level in levels:
        for group in scheme.groups(level).values():
            for inside, outside in ((0, -1), (-1, 0)):
                yield blank.with_scored(
                    options[inside if name in group.criteria else outside] for name, options in known.items()
                )
            yield blank.with_scored(_without(name, options, name in group.criteria) for name, options in known.items())
    for number in range(60):
        yield blank.with_scored(
            options[_drawn(number, place) % len(options)] for place, options in enumerate(known.values())
        )
    yield from _with_gaps(blank, known)
    for state in _GAPS:
        yield blank.with_scored(
            Scored(criterion=name, standing=state, why="", points=options[0].points) for name, options in known.items()
        )


_GAPS = (Standing.NOT_APPLICABLE, Standing.NOT_ANSWERED, Standing.TOO_FEW_CASES)


def _with_gaps(blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> Iterator[Score]:
    """Mixtures in which some criteria, few or many, do not apply, are not answered or have too few cases."""
    for number in range(150):
        yield blank.with_scored(
            _perhaps_a_gap(name, options, number, _drawn(number + 1_000, place))
            for place, (name, options) in enumerate(known.items())
        )


def _perhaps_a_gap(name: str, options: Sequence[Scored], number: int, drawn: int) -> Scored:
    share = (2, 3, 6, 20)[number % 4]
    if drawn % share == 0:
        gap = _GAPS[drawn // share % (1 if number % 3 else 3)]
        return Scored(criterion=name, standing=gap, why="", points=options[0].points)
    return options[-1 - drawn // 7 % (len(options) if number % 2 else min(2, len(options)))]


def _at(options: Sequence[Scored], place: int) -> Scored:
    return options[min(place, len(options) - 1)]


def _without(name: str, options: Sequence[Scored], gone: bool) -> Scored:
    if not gone:
        return options[-1]
    return Scored(criterion=name, standing=Standing.NOT_APPLICABLE, why="", points=options[0].points)


def _drawn(number: int, place: int) -> int:
    """A number that looks like chance and is the same every time; the later the mixture, the better it is rated."""
    mixed = (number * 2654435761 + place * 40503 + (number ^ place) * 97) & 0xFFFFFFFF
    mixed ^= mixed >> 15
    return mixed * 2246822519 >> 7
