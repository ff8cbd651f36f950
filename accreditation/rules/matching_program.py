"""The matching place by place, as a program of whole numbers, with its goals in their order."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from accreditation.rules.matching_round import Place, Round, Way, lot
from accreditation.rules.matching_solver import Program

Costs = dict[int, int]  # by column


def goals(*, asked: Round, places: Sequence[Place], program: Program) -> list[Costs]:
    """What is to be made small, one after the other: empty seats, teams that are short, squared visits?

    The first columns of the program are the places.
    """
    need = asked.missing(asked.standing)
    seats: dict[tuple[int, str], Costs] = {key: {} for key in need}
    sittings: dict[tuple[int, int], Costs] = defaultdict(dict)
    for column, place in zip(program.columns(len(places)), places, strict=True):
        seats[place.cycle, place.role][column] = 1
        sittings[place.cycle, place.reviewer][column] = 1
    for key, terms in seats.items():
        program.row(terms, high=need[key])
    for terms in sittings.values():
        if len(terms) > 1:
            program.row(terms, high=1)
    complete = dict(zip(asked.visits, program.columns(len(asked.visits)), strict=True))
    for key, terms in seats.items():
        program.row({**terms, complete[key[0]]: -need[key]}, low=0)
    even = _evenness(asked=asked, places=places, program=program)
    return [dict.fromkeys(range(len(places)), -1), dict.fromkeys(complete.values(), -1), even]


def lots(places: Sequence[Place]) -> Costs:
    """Which lot does each place draw?"""
    return {column: lot(*place) for column, place in enumerate(places)}


def one_way(*, asked: Round, places: Sequence[Place], barred: Sequence[Way], program: Program) -> Costs:
    """Between two organisations visits go one way in a round: what does going the way that the lot bars cost?"""
    columns: dict[Way, dict[tuple[int, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for column, place in enumerate(places):
        if (way := asked.way(place)) is not None:
            columns[way][place.cycle, place.role].append(column)
    need = asked.missing(asked.standing)
    costs: Costs = {}
    for way in barred:
        (against,) = program.columns(1)
        costs[against] = lot("way", *sorted(way))
        for key, there in columns[way].items():
            most = min(need[key], len(there))
            program.row({**dict.fromkeys(there, 1), against: -most}, high=0)
        for key, back in columns[way.back].items():
            most = min(need[key], len(back))
            program.row({**dict.fromkeys(back, 1), against: most}, high=most)
    return costs


def steps(*, program: Program, terms: Mapping[int, int], first: int, left: int, people: int = 1) -> Costs:
    """What does each further visit of these people cost? The n-th of each costs 2n - 1, so that n cost n squared.

    Each of them has had `first` visits and may take on `left` more.
    """
    count = min(left, program.most(terms))
    columns = program.columns(count, most=people, whole=False)  # whole of themselves where the visits are
    program.row({**terms, **dict.fromkeys(columns, -1)}, low=0, high=0)
    return {column: 2 * nth - 1 for nth, column in enumerate(columns, start=first + 1)}


def _evenness(*, asked: Round, places: Sequence[Place], program: Program) -> Costs:
    """What do the further visits of every reviewer cost?"""
    visits: dict[int, Costs] = defaultdict(dict)
    for column, place in enumerate(places):
        visits[place.reviewer][column] = 1
    load, left = Counter(place.reviewer for place in asked.standing), asked.left()
    costs: Costs = {}
    for number, terms in visits.items():
        costs |= steps(program=program, terms=terms, first=load[number], left=left[number])
    return costs
