"""Which teams lack people together: a group of seats that needs more than all who are eligible for it can give."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from accreditation.rules.matching_round import Place, Round

Seating = tuple[int, str]  # a cycle's seat


def shortages(*, asked: Round, places: Collection[Place], chosen: Collection[Place]) -> dict[Seating, str]:
    """What is said of the group behind each seat that stays empty, where several teams lack people together?

    `places` are those that could be taken, `chosen` those that were. A group is a seat, everybody eligible for it, the
    seats they sit in, everybody eligible for those, and so on. Nothing is said of a group that could do better but for
    reciprocity or people who hold two roles: then the number of people is not what is lacking.
    """
    need, left = asked.missing(asked.standing), asked.left()
    candidates: dict[Seating, set[int]] = defaultdict(set)
    taken: dict[int, set[Seating]] = defaultdict(set)
    for place in places:
        candidates[place.cycle, place.role].add(place.reviewer)
    for place in chosen:
        taken[place.reviewer].add((place.cycle, place.role))
    said: dict[Seating, str] = {}
    short = asked.missing([*asked.standing, *chosen])
    for key in short:
        group, people = _group(key, candidates=candidates, taken=taken)
        room, teams = sum(left[one] for one in people), {cycle for cycle, _ in group}
        wanted, lacking = sum(need[one] for one in group), sum(short.get(one, 0) for one in group)
        if len(teams) > 1 and people and wanted - room == lacking:
            roles = sorted({role.replace("_", " ") for _, role in group})
            said[key] = _sentence(teams=len(teams), wanted=wanted, roles=roles, people=len(people), room=room)
    return said


def _group(
    key: Seating, *, candidates: dict[Seating, set[int]], taken: dict[int, set[Seating]]
) -> tuple[set[Seating], set[int]]:
    """Which seats and people hang together with this empty seat?"""
    group, people, new = {key}, set[int](), [key]
    while new:
        for one in candidates[new.pop()] - people:
            people.add(one)
            new += taken[one] - group
            group |= taken[one]
    return group, people


def _sentence(*, teams: int, wanted: int, roles: Sequence[str], people: int, room: int) -> str:
    """How is a group's shortage said?"""
    places = f"{wanted} in the roles {' and '.join(roles)}" if len(roles) > 1 else f"{wanted} {roles[0]}"
    visits = "visit" if room == 1 else "visits"
    return (
        f"{teams} teams together need {places}, {people} eligible with room for {room} {visits}, "
        f"short by {wanted - room}"
    )
