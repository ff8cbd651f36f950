"""A filling that breaks rules, less what breaks them: an answer to begin with where a search finds none."""

from collections import Counter, defaultdict

import numpy as np

from accreditation.rules.matching.arrays import Filling, Instance


def trimmed(asked: Instance, found: Filling) -> Filling:
    """Which places of this filling may stay? The better of two that cannot both; none where experience is lacking.

    `found` keeps every rule of the network.
    """
    places, crossing = asked.places, asked.crossing
    on: dict[int, list[int]] = defaultdict(list)
    for number, together in enumerate(crossing.same_days):
        for one in together:
            on[one].append(number)
    employers, going = set(crossing.seated), set(crossing.going)
    stay, at = [], set[tuple[int, int]]()
    for row in np.lexsort((places.lot[found.place], -places.fit[found.place])).tolist():
        place = int(found.place[row])
        visit, employer = int(places.visit[place]), int(asked.supply.employer[places.reviewer[place]])
        there, who = int(asked.demand.organisation[visit]), int(places.reviewer[place])
        then = {(who, number) for number in on.get(visit, ())}
        if at & then:
            continue
        if employer >= 0:
            back = (there, employer) in going and there != employer and (employer, there) not in crossing.going
            if (crossing.one_per_employer and (visit, employer) in employers) or (crossing.one_way and back):
                continue
            employers.add((visit, employer))
            going.add((employer, there))
        stay.append(row)
        at |= then
    rows = np.array(sorted(stay), dtype=np.int64)
    if crossing.experienced:
        rows = rows[_led(asked, Filling(place=found.place[rows], role=found.role[rows]))]
    return Filling(place=found.place[rows], role=found.role[rows])


def _led(asked: Instance, found: Filling) -> list[bool]:
    """Which of these places are in a visit with as many experienced people as it lacks?"""
    visits = asked.places.visit[found.place].tolist()
    skilled = asked.supply.experienced[asked.places.reviewer[found.place]].tolist()
    held = Counter(visit for visit, experienced in zip(visits, skilled, strict=True) if experienced)
    return [held[visit] >= asked.demand.experienced[visit] for visit in visits]
