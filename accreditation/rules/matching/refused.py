"""What is wrong with what the matching is asked: every fault at once, each with what to do about it."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from accreditation.errors import Fault
from accreditation.rules.matching.composition import lacking
from accreditation.rules.matching.obstacles import Obstacles
from accreditation.rules.matching.question import SET_ASIDE, Question, Seated
from accreditation.rules.matching.values import value_faults


def faults(asked: Question) -> list[Fault]:
    """Which faults has what is asked? Those of locked seats only where the rest does not contradict itself."""
    found = [*_repeated(asked), *value_faults(asked), *_composition(asked), *_unknown(asked)]
    return found or list(_locks(asked))


def _repeated(asked: Question) -> Iterator[Fault]:
    """Which ids are given twice?"""
    named: dict[str, Collection[int | str]] = {
        "cycle": [visit.cycle for visit in (*asked.visits, *asked.elsewhere)],
        "reviewer": [reviewer.id for reviewer in asked.reviewers],
        "seat": [seat.role for seat in asked.seats],
    }
    for what, ids in named.items():
        for one, times in sorted(Counter(ids).items(), key=lambda item: str(item[0])):
            if times > 1:
                yield Fault(where=f"{what} {one}", found=f"given {times} times", allowed="name each once")


def _composition(asked: Question) -> Iterator[Fault]:
    """Could any team be put together as the seats and rules say?"""
    for seat in asked.seats:
        if not 0 <= seat.minimum <= seat.maximum:
            found = f"minimum {seat.minimum}, maximum {seat.maximum}"
            allowed = "a minimum is 0 or more and a maximum no less than its minimum"
            yield Fault(where=f"seat {seat.role}", found=found, allowed=allowed)
    raters = [seat for seat in asked.seats if not seat.observes]
    size = lacking(rules=asked.rules, seats=raters, held=[0] * len(raters)).size if raters else 0
    if size <= 0:
        allowed = "give at least one seat a minimum of 1 or more"
        yield Fault(where="seats", found="nobody is needed in the review team", allowed=allowed)
    most = sum(seat.maximum for seat in raters)
    if size > max(most, 0) and raters:
        found = f"a team of {size} where the seats take {most}"
        yield Fault(where="seats", found=found, allowed="raise a maximum, or lower the size of the team")


def _unknown(asked: Question) -> Iterator[Fault]:
    """Which seats, kept or locked, and which bans name somebody or something that is not in this round?"""
    visits, everywhere = {one.cycle for one in asked.visits}, {one.cycle for one in (*asked.visits, *asked.elsewhere)}
    people, roles = {one.id for one in asked.reviewers}, {seat.role for seat in asked.seats}
    named = (("already", asked.already, everywhere), ("locks", asked.locks, visits), ("stays", asked.stays, visits))
    for what, seated, cycles in named:
        for one in sorted(seated):
            where = f"{what}, cycle {one.cycle}"
            if one.reviewer not in people:
                allowed = "give the reviewer too, with capacity 0 if need be"
                yield Fault(where=where, found=f"reviewer {one.reviewer} is not in this round", allowed=allowed)
            if one.cycle not in cycles:
                allowed = "give its visit too, among the visits or elsewhere"
                yield Fault(where=where, found=f"cycle {one.cycle} is not in this round", allowed=allowed)
            if what == "locks" and one.role not in roles:
                found = f"the review team has no role {one.role}"
                yield Fault(where=where, found=found, allowed=f"one of {', '.join(sorted(roles))}")


def _locks(asked: Question) -> Iterator[Fault]:
    """Which locked seats break a rule, each beside whatever stands and the locks before it?"""
    people = {one.id: one.name for one in asked.reviewers}
    teams = {one.cycle: one.team_name for one in asked.visits}
    observes = {seat.role: seat.observes for seat in asked.seats}
    for number, lock in enumerate(sorted(asked.locks)):
        before = replace(asked, locks=tuple(sorted(asked.locks)[:number]))
        if lock in asked.already:
            continue
        for words in broken_by(before, lock, observing=observes[lock.role]):
            where = f"{people[lock.reviewer]} as {lock.role.replace('_', ' ')} of {teams[lock.cycle]}"
            yield Fault(where=where, found=words, allowed="take this lock back, or choose somebody whom nothing bars")


def broken_by(asked: Question, seat: Seated, *, observing: bool = False) -> list[str]:
    """Why may this seat not be taken beside all seats that stand? In words fit for anybody."""
    pool = Obstacles(asked, observing=observing)
    waived = {one.rule for one in asked.waived if (one.cycle, one.reviewer) == (seat.cycle, seat.reviewer)}
    between = pool.between(reviewer=seat.reviewer, cycle=seat.cycle)
    found = [one.reason for one in between if one.kind not in waived & {*SET_ASIDE}]
    if found:
        return found
    roles = [one.role for one in pool.seats]
    person, plain = pool.reviewers[seat.reviewer], seat.role.replace("_", " ")
    if seat.role not in person.roles:
        return [f"does not hold the role {plain}"]
    if not pool.lacking(seat.cycle).open[roles.index(seat.role)]:
        return [f"the seat {plain} is taken"]
    return []
