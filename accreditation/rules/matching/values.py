"""What cannot be meant of the people and visits of a round, and what is harmless but worth saying."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from accreditation.errors import Fault
from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.travel import lies_nowhere


def value_faults(asked: Question) -> list[Fault]:
    """Which numbers, days, points and travel times cannot be meant? Every fault, by reviewer and then by visit."""
    faults = [fault for one in sorted(asked.reviewers, key=lambda one: one.id) for fault in _of_reviewer(one)]
    visits = sorted((*asked.visits, *asked.elsewhere), key=lambda one: one.cycle)
    faults += [fault for one in visits for fault in _of_visit(one)]
    return faults + asked.travel.faults()


def _of_reviewer(one: Reviewer) -> Iterator[Fault]:
    for what, number in (("capacity", one.capacity), ("visits done before", one.visits_done)):
        if type(number) is not int or number < 0:
            yield Fault(where=one.name, found=f"{what} {number}", allowed="a whole number from 0 upwards")
    if one.point is not None and lies_nowhere(one.point):
        yield _nowhere(one.name, one)
    hows: dict[int, set[str]] = defaultdict(set)
    for said in one.preferences:
        hows[said.organisation].add(said.how)
    for organisation in sorted(number for number, how in hows.items() if len(how) > 1):
        found = f"organisation {organisation} is both preferred and rather not visited"
        yield Fault(where=one.name, found=found, allowed="one of the two")


def _of_visit(one: Visit) -> Iterator[Fault]:
    if one.days is not None and one.days.last < one.days.first:
        found = f"the last day, {one.days.last}, is before the first, {one.days.first}"
        yield Fault(where=one.team_name, found=found, allowed="a first day and a last day in this order")
    if one.point is not None and lies_nowhere(one.point):
        yield _nowhere(one.team_name, one)


def _nowhere(where: str, one: Reviewer | Visit) -> Fault:
    found = f"latitude {one.point.latitude}, longitude {one.point.longitude}" if one.point is not None else ""
    return Fault(where=where, found=found, allowed="a latitude from -90 to 90 and a longitude from -180 to 180 degrees")


def vain_preferences(asked: Question, *, organisations: Mapping[int, str]) -> Iterator[str]:
    """Who prefers to visit where they may not? In words for the college office; it is harmless, as the rule stands.

    `organisations` are their names.
    """
    declared = {(one.reviewer, one.organisation) for one in asked.declared}
    for one in sorted(asked.reviewers, key=lambda one: one.id):
        for liked in sorted(said.organisation for said in one.preferences if said.how == "prefers"):
            where = organisations.get(liked, f"organisation {liked}")
            if liked == one.organisation:
                yield f"{one.name} prefers to visit {where}, which employs them, and may not"
            elif (one.id, liked) in declared:
                yield f"{one.name} prefers to visit {where}, where a conflict is declared, and may not"
