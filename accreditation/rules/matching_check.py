"""An independent check of assignments: it knows nothing of how answers are found."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from accreditation.rules.conflicts import Declared, Reviewer, Visit, reciprocal
from accreditation.rules.matching_round import Place, Round
from accreditation.rules.matching_values import Seat, Standing


def violations(
    *,
    visits: Collection[Visit],
    reviewers: Collection[Reviewer],
    seats: Collection[Seat],
    declared: Collection[Declared],
    assigned: Collection[Standing],
) -> tuple[str, ...]:
    """Which rules do these assignments of one round break? Empty where none; knows nothing of how they were found."""
    people, teams = {one.id: one for one in reviewers}, {one.cycle: one for one in visits}
    interests = {(one.reviewer, one.organisation) for one in declared}
    known = [one for one in assigned if one.reviewer in people and one.cycle in teams]
    pairs = [(people[one.reviewer], teams[one.cycle]) for one in known]
    found = [
        f"reviewer {one.reviewer} or cycle {one.cycle} is not in this round"
        for one in assigned
        if one.reviewer not in people or one.cycle not in teams
    ]
    for (person, visit), one in zip(pairs, known, strict=True):
        found += _unfit(person=person, visit=visit, role=one.role, interests=interests)
    found += _too_often(people=people, teams=teams, assigned=known)
    found += _too_many(seats=seats, teams=teams, assigned=assigned)
    return (*sorted(found), *(pair.reason for pair in reciprocal(pairs=pairs)))


def _unfit(*, person: Reviewer, visit: Visit, role: str, interests: Collection[tuple[int, int]]) -> Iterator[str]:
    """Why may this person not sit in this seat, whoever else sits where?"""
    if role not in person.roles:
        yield f"{person.name} does not hold the role {role.replace('_', ' ')} in {visit.team_name}"
    if person.organisation == visit.organisation:
        yield f"{person.name} is employed by the organisation of {visit.team_name}"
    if (person.id, visit.organisation) in interests:
        yield f"{person.name} has a declared conflict of interest with {visit.team_name}"


def _too_often(
    *, people: Mapping[int, Reviewer], teams: Mapping[int, Visit], assigned: Collection[Standing]
) -> Iterator[str]:
    """Who sits twice in a team, or has more visits than they have capacity for?"""
    for (number, cycle), times in Counter((one.reviewer, one.cycle) for one in assigned).items():
        if times > 1:
            yield f"{people[number].name} sits {times} times in {teams[cycle].team_name}"
    for number, load in Counter(one.reviewer for one in assigned).items():
        if load > people[number].capacity:
            yield f"{people[number].name} has {load} visits and capacity for {people[number].capacity}"


def _too_many(*, seats: Collection[Seat], teams: Mapping[int, Visit], assigned: Collection[Standing]) -> Iterator[str]:
    """Which seats hold more people than they have room for?"""
    maximum = {seat.role: seat.maximum for seat in seats}
    for (cycle, role), held in Counter((one.cycle, one.role) for one in assigned if one.cycle in teams).items():
        room = maximum.get(role, 0)
        if held > room:
            yield f"{teams[cycle].team_name} has {held} in the seat {role.replace('_', ' ')} and room for {room}"


def hold(*, asked: Round, added: Sequence[Place]) -> None:
    """Do these places hold beside the standing ones? Raises AssertionError, a fault of this program, where not."""
    unsound = broken(asked=asked, before=asked.standing, added=added)
    if len({*asked.standing, *added}) != len(asked.standing) + len(added):
        unsound.append("a place is taken twice")
    if unsound:
        raise AssertionError(f"the solver's answer breaks the rules it was given: {'; '.join(unsound)}")


def broken(*, asked: Round, before: Sequence[Place], added: Sequence[Place]) -> list[str]:
    """Which rules are broken with the added places that were not broken before?"""

    def check(assigned: Sequence[Place]) -> Counter[str]:
        visits, reviewers = list(asked.everywhere.values()), list(asked.reviewers.values())
        return Counter(
            violations(
                visits=visits, reviewers=reviewers, seats=asked.seats, declared=asked.declared, assigned=assigned
            )
        )

    return sorted(check([*before, *added]) - check(before))
