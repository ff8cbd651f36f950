"""An independent check of an answer: it knows nothing of how answers are found, and reads the rules again."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from accreditation.rules.conflicts import Conflict, Declared, Reviewer, Visit, conflicts_between, reciprocal
from accreditation.rules.matching.question import SET_ASIDE, Question, Seat, Seated


def violations(asked: Question, assigned: Collection[Seated]) -> tuple[str, ...]:
    """Which rules do these seats of one round break, all of them together? Empty where none.

    `bans` are no rules: whoever declined may be seated by a person who has talked to them. What is set aside
    (`waived`) for a reviewer and a visit, and may be, does not count between those two.
    """
    people = {one.id: one for one in asked.reviewers}
    visits = {one.cycle: one for one in (*asked.visits, *asked.elsewhere)}
    known = [one for one in assigned if one.reviewer in people and one.cycle in visits]
    found = [
        f"reviewer {one.reviewer} or cycle {one.cycle} is not in this round"
        for one in assigned
        if one.reviewer not in people or one.cycle not in visits
    ]
    pairs = [(people[one.reviewer], visits[one.cycle], one.role) for one in known]
    declared: dict[int, list[Declared]] = defaultdict(list)
    for said in asked.declared:
        declared[said.reviewer].append(said)
    for person, visit, role in pairs:
        apart = conflicts_between(
            reviewer=person, visit=visit, rules=asked.rules, declared=declared[person.id], at=asked.at
        )
        aside = {one.rule for one in asked.waived if (one.cycle, one.reviewer) == (visit.cycle, person.id)}
        aside &= {*SET_ASIDE}
        found += [_apart(one, person, visit) for one in apart if one.kind not in aside]
        found += [
            f"{person.name} {reason} in {visit.team_name}"
            for reason in _unfit(asked, person=person, visit=visit, role=role, aside=aside)
        ]
    found += [
        *_too_often(asked, pairs),
        *_too_many(asked, pairs),
        *_colleagues(asked, pairs),
        *_skilled_teams(asked, pairs),
        *_at_once(pairs),
    ]
    there = reciprocal(pairs=[(person, visit) for person, visit, _ in pairs])
    found += [pair.reason for pair in there] if asked.rules.reciprocal == "barred" else []
    return tuple(sorted(found))


Sits = tuple[Reviewer, Visit, str]


def _apart(one: Conflict, person: Reviewer, visit: Visit) -> str:
    """How is it told, beside all else that is wrong in a round, what sets a reviewer and a visit apart?"""
    if one.kind == "own_organisation":
        return f"{person.name} is employed by the organisation of {visit.team_name}"
    if one.kind == "in_service":
        return f"{person.name} has or had a role in {visit.team_name} or its organisation"
    if one.kind == "declared":
        return f"{person.name} has a declared conflict of interest with {visit.team_name}"
    if one.kind == "declared_by_service":
        return f"the service of {visit.team_name} has a conflict of interest with {person.name}"
    return f"{person.name} in {visit.team_name}: {one.reason}"


def _unfit(asked: Question, *, person: Reviewer, visit: Visit, role: str, aside: Collection[str]) -> Iterator[str]:
    """Why may this person not sit in this seat, whoever else sits where, with these rules set aside?"""
    seat = next((one for one in asked.seats if one.role == role), None)
    if role not in person.roles:
        yield f"does not hold the role {role.replace('_', ' ')}"
    elif seat is not None and seat.specialties and not {*seat.specialties} & person.specialties:
        yield f"has no specialty that the seat {role.replace('_', ' ')} asks for"
    region = "any" if "region" in aside else asked.rules.region
    if region != "any" and (
        not (person.region and visit.region) or (person.region == visit.region) != (region == "same")
    ):
        yield f"is not from {'the same' if region == 'same' else 'another'} region, as far as is known, and sits"
    if "travel" not in aside:
        yield from _too_far(asked, person, visit)
    days = visit.days
    if days and any(not (away.last < days.first or days.last < away.first) for away in person.unavailable):
        yield "is away on a day of the visit, and sits"


def _too_far(asked: Question, person: Reviewer, visit: Visit) -> Iterator[str]:
    limits = asked.rules.travel
    if limits is None:
        return
    minutes = asked.travel.between(person, visit)
    least, most = limits.at_least or 0, limits.at_most
    if minutes is None or minutes < least or (most is not None and minutes > most):
        yield f"would travel {'nobody knows how many' if minutes is None else minutes} minutes to sit"


def _too_often(asked: Question, pairs: Sequence[Sits]) -> Iterator[str]:
    """Who sits twice in a team, or makes more visits than they offer or the scheme allows?"""
    for (person, visit), times in Counter((one, visit) for one, visit, _ in pairs).items():
        if times > 1:
            yield f"{person.name} sits {times} times in {visit.team_name}"
    for person, load in Counter(one for one, _, _ in pairs).items():
        limit = asked.rules.most_visits
        most = person.capacity if limit is None else min(person.capacity, limit)
        if load > most:
            yield f"{person.name} has {load} {'visit' if load == 1 else 'visits'} and capacity for {most}"


def _too_many(asked: Question, pairs: Sequence[Sits]) -> Iterator[str]:
    """Which seats hold more people than they have room for, and which teams are larger than they may be?"""
    seats: dict[str, Seat] = {seat.role: seat for seat in asked.seats}
    held = Counter((visit, role) for _, visit, role in pairs)
    surplus: Counter[Visit] = Counter()
    for (visit, role), number in held.items():
        seat = seats.get(role)
        room = seat.maximum if seat else 0
        if number > room:
            yield f"{visit.team_name} has {number} in the seat {role.replace('_', ' ')} and room for {room}"
        if seat is not None and not seat.observes:
            surplus[visit] += max(min(number, room) - seat.minimum, 0)
    least = sum(seat.minimum for seat in asked.seats if not seat.observes)
    more = max((asked.rules.team_size or least) - least, 0)
    for visit, beyond in surplus.items():
        if beyond > more:
            yield f"{visit.team_name} has {beyond} people beyond what its seats need, and may have {more}"


def _colleagues(asked: Question, pairs: Sequence[Sits]) -> Iterator[str]:
    """In which teams do people of one employer sit beside each other, where they may not?"""
    if asked.rules.colleagues == "barred":
        beside = Counter((visit, one.organisation) for one, visit, _ in pairs if one.organisation is not None)
        for (visit, employer), number in beside.items():
            if number > 1:
                yield f"{visit.team_name} has {number} people of one employer, organisation {employer}"


def _at_once(pairs: Sequence[Sits]) -> Iterator[str]:
    """Who would be at two visits on one day, in this round or one of them outside?"""
    theirs: dict[Reviewer, dict[int, Visit]] = defaultdict(dict)
    for person, visit, _ in pairs:
        theirs[person][visit.cycle] = visit
    for person, visits in theirs.items():
        dated = [(one.team_name, one.days) for _, one in sorted(visits.items()) if one.days]
        others = [(f"{one.team_name} in another round", one.days) for one in person.engaged]
        for number, (name, days) in enumerate(dated):
            for other, then in (*dated[number + 1 :], *others):
                if not (then.last < days.first or days.last < then.first):
                    yield f"{person.name} cannot be at {name} and at {other}: their visits are on the same day"


def _skilled_teams(asked: Question, pairs: Sequence[Sits]) -> Iterator[str]:
    """Which teams lack experienced people, and where does somebody observe beside nobody experienced?"""
    wanted = asked.rules.experienced
    if wanted is None:
        return
    observes = {seat.role for seat in asked.seats if seat.observes}
    teams: dict[Visit, list[tuple[Reviewer, str]]] = defaultdict(list)
    for person, visit, role in pairs:
        teams[visit].append((person, role))
    for visit, team in teams.items():
        raters = [one for one, role in team if role not in observes]
        skilled = sum(one.visits_done >= wanted.after_visits for one in raters)
        if raters and skilled < wanted.at_least:
            yield f"{visit.team_name} has {skilled} experienced people and needs {wanted.at_least}"
        if len(raters) < len(team) and not skilled:
            yield f"{visit.team_name} has an observer and nobody experienced"
