"""What is wrong with what the matching is asked: every fault at once, each with what to do about it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from accreditation.errors import Fault
from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching_check import broken
from accreditation.rules.matching_round import Round
from accreditation.rules.matching_values import Seat


def faults(
    *, asked: Round, visits: Collection[Visit], reviewers: Collection[Reviewer], seats: Collection[Seat]
) -> list[Fault]:
    """Which faults has what is asked? Those of kept seats only where it does not contradict itself.

    `visits` are all of the round; they, the reviewers and the seats are as given, before any was taken for another.
    """
    repeated = _repeated("cycle", [visit.cycle for visit in visits])
    repeated += _repeated("reviewer", [reviewer.id for reviewer in reviewers])
    found = repeated + _repeated("seat", [seat.role for seat in seats]) + _out_of_range(asked) + _unknown(asked)
    return found or _kept_in_breach(asked)


def _repeated(what: str, ids: Collection[int | str]) -> list[Fault]:
    """Which ids are given twice?"""
    return [
        Fault(where=f"{what} {one}", found=f"given {times} times", allowed="name each once")
        for one, times in sorted(Counter(ids).items(), key=lambda item: str(item[0]))
        if times > 1
    ]


def _out_of_range(asked: Round) -> list[Fault]:
    """Which numbers cannot be meant?"""
    faults = [
        Fault(where=person.name, found=f"capacity {person.capacity}", allowed="a capacity is 0 visits or more")
        for person in asked.reviewers.values()
        if person.capacity < 0
    ]
    for seat in asked.seats:
        if not 0 <= seat.minimum <= seat.maximum:
            found = f"minimum {seat.minimum}, maximum {seat.maximum}"
            allowed = "a minimum is 0 or more and a maximum no less than its minimum"
            faults.append(Fault(where=f"seat {seat.role}", found=found, allowed=allowed))
    if not any(seat.minimum > 0 for seat in asked.seats):
        allowed = "give at least one seat a minimum of 1 or more"
        faults.append(Fault(where="seats", found="nobody is needed in the review team", allowed=allowed))
    return faults


def _unknown(asked: Round) -> list[Fault]:
    """Which standing assignments name somebody or something that is not in this round?"""
    found = [
        (place, what, number, allowed)
        for place in asked.standing
        for what, number, known, allowed in (
            ("reviewer", place.reviewer, asked.reviewers, "give the reviewer too, with capacity 0 if need be"),
            ("cycle", place.cycle, asked.everywhere, "give its visit too, among the visits or elsewhere"),
        )
        if number not in known
    ]
    return [
        Fault(where=f"already, cycle {place.cycle}", found=f"{what} {number} is not in this round", allowed=allowed)
        for place, what, number, allowed in found
    ]


def _kept_in_breach(asked: Round) -> list[Fault]:
    """Which rules do the kept seats of these visits break? Capacity aside: it may be lowered after the fact."""
    elsewhere = [place for place in asked.standing if place.cycle not in asked.visits]
    kept = [place for place in asked.standing if place.cycle in asked.visits]
    roomy = {number: replace(one, capacity=len(asked.standing)) for number, one in asked.reviewers.items()}
    return [
        Fault(where="already", found=sentence, allowed="take that assignment back first, then match again")
        for sentence in broken(asked=replace(asked, reviewers=roomy), before=elsewhere, added=kept)
    ]
