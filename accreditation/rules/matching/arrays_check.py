"""An independent check of a filling: it knows nothing of how it was found, and counts everything again."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from accreditation.rules.matching.arrays import Filling, Instance


def breaches(*, asked: Instance, found: Filling) -> list[str]:
    """Which rules does this filling break? Empty where none; a seat left empty is no breach."""
    places = list(found.place.tolist())
    wrong = ["a place is taken twice"] if len(set(places)) < len(places) else []
    sitting = [
        (int(asked.places.visit[place]), int(asked.places.reviewer[place]), role, place)
        for place, role in zip(places, found.role.tolist(), strict=True)
    ]
    wrong += [
        f"reviewer {who} may not hold role {role} in visit {visit}"
        for visit, who, role, place in sitting
        if not int(asked.places.roles[place]) >> role & 1
    ]
    wrong += _too_many(asked, [(visit, who, role) for visit, who, role, _ in sitting])
    return sorted([*wrong, *_crossed(asked, [(visit, who) for visit, who, _, _ in sitting])])


def _too_many(asked: Instance, sitting: list[tuple[int, int, int]]) -> Iterator[str]:
    """Who goes too often, which role or team has too many, which team leaves no room for a minimum?"""
    for who, times in Counter(who for _, who, _ in sitting).items():
        if times > asked.supply.left[who]:
            yield f"reviewer {who} has {times} visits and {asked.supply.left[who]} left"
    held = Counter((visit, role) for visit, _, role in sitting)
    for (visit, role), number in held.items():
        if number > asked.demand.room[visit, role]:
            yield f"role {role} is held {number} times in visit {visit}, with room for {asked.demand.room[visit, role]}"
    for visit, number in Counter(visit for visit, _, _ in sitting).items():
        needed = [int(one) for one in asked.demand.need[visit]]
        surplus = sum(max(held[visit, role] - one, 0) for role, one in enumerate(needed))
        if surplus > asked.demand.size[visit] - sum(needed):
            yield f"visit {visit} has {number} people, {surplus} of them beyond what its roles need"


def _crossed(asked: Instance, sitting: list[tuple[int, int]]) -> Iterator[str]:
    """Which rules that cross the roles are broken?"""
    employers: dict[int, list[int]] = defaultdict(list)
    for visit, employer in asked.crossing.seated:
        employers[visit].append(employer)
    going = set(asked.crossing.going)
    for visit, who in sitting:
        employer = int(asked.supply.employer[who])
        if employer >= 0:
            employers[visit].append(employer)
            going.add((employer, int(asked.demand.organisation[visit])))
    if asked.crossing.one_per_employer:
        for visit, them in employers.items():
            for employer, times in Counter(them).items():
                if times > 1:
                    yield f"visit {visit} has {times} people of employer {employer}"
    if asked.crossing.one_way:
        known = set(asked.crossing.going)
        for there, back in going:
            if there < back and (back, there) in going and not {(there, back), (back, there)} <= known:
                yield f"staff of {there} and {back} visit each other"
    for who in sorted({who for _, who in sitting}):
        theirs = {visit for visit, one in sitting if one == who}
        for together in asked.crossing.same_days:
            if len(theirs & together) > 1:
                yield f"reviewer {who} is at visits {sorted(theirs & together)} on the same day"
    if asked.crossing.experienced:
        skilled = Counter(visit for visit, who in sitting if asked.supply.experienced[who])
        for visit in {visit for visit, _ in sitting}:
            needed = int(asked.demand.experienced[visit])
            if skilled[visit] < needed:
                yield f"visit {visit} has {skilled[visit]} experienced people and needs {needed}"
