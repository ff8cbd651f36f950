"""The places that one rule alone keeps out are exactly the pairs whose only obstacle it is."""

from hypothesis import given, settings

from accreditation.rules.matching.eligible import prepare
from accreditation.rules.matching.fit import fit
from accreditation.rules.matching.obstacles import Obstacles
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.relaxing import WITHOUT, barred_by_one
from tests.rules.matching.asking import questions


@settings(max_examples=50, deadline=None)
@given(asked=questions())
def test_they_are_the_pairs_that_only_this_rule_keeps_apart(asked: Question) -> None:
    prepared, pool = prepare(asked), Obstacles(asked)
    cycles = {visit.cycle for visit in asked.visits[:2]}
    found = barred_by_one(asked, prepared, cycles=cycles)
    rows = zip(found.places.visit.tolist(), found.places.reviewer.tolist(), strict=True)
    named = [(prepared.cycles[visit], prepared.reviewers[who]) for visit, who in rows]
    rules = [found.rules[rule] for rule in found.rule.tolist()]
    expected = {}
    for visit in asked.visits:
        for one in asked.reviewers:
            stands = [obstacle.kind for obstacle in pool.between(reviewer=one.id, cycle=visit.cycle)]
            if visit.cycle in cycles and len(stands) == 1 and stands[0] in WITHOUT:
                whole = fit(
                    reviewer=one, visit=visit, rules=asked.rules, minutes=asked.travel.between(one, visit)
                ).whole
                expected[visit.cycle, one.id] = (stands[0], whole)
    assert dict(zip(named, zip(rules, found.places.fit.tolist(), strict=True), strict=True)) == expected
    assert named == sorted(expected)
