"""Outcomes that no team could ever reach: not by meeting everything, or only by way of a higher outcome."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from accreditation.scheme.award import AllOf, AnyOf, Class, Every, NumberOf, Outcome, Rule, ShareOf
from accreditation.scheme.model import Criterion, Scheme

MAX_PROFILE_FACTS = 12
"""All combinations of facts are tried, so a profile has at most this many (4,096 combinations)."""

MAX_WAYS = 1_000
"""A rule may be fulfilled in at most this many ways: `any` inside `all` multiplies them, and every one is
looked at for the smallest improvement."""


def unreachable(scheme: Scheme) -> Iterator[tuple[int, str, str]]:
    """Which outcomes can nobody ever reach? The position of each, what is wrong, and what is allowed.

    An outcome is out of reach where its rule fails for every profile even with everything met, or where
    a higher outcome's rule always holds when its own does. The second is told by the rules' structure:
    what is called unreachable is so, but a rule may be hidden in ways that are not found.
    """
    sets = _sets_of_criteria(scheme)
    for position, outcome in enumerate(scheme.award):
        hides = next((above for above in scheme.award[:position] if _hides(above, outcome, scheme)), None)
        if outcome.when is not None and not any(_reachable(outcome.when, scheme, criteria) for criteria in sets):
            yield (
                position,
                f"no team could ever reach '{outcome.outcome}', not even one that meets every criterion",
                "a rule that a team which meets everything satisfies; look at numbers and at classes without criteria",
            )
        elif hides is not None:
            yield (
                position,
                f"no team could ever be given '{outcome.outcome}': '{hides.outcome}' is higher and always holds too",
                "list outcomes from the highest to the lowest, each asking for less than the one before",
            )


def ways(rule: Rule) -> int:
    """In how many ways could the rule be fulfilled? Every `any` gives the choice of its parts."""
    match rule:
        case AllOf():
            count = 1
            for inner in rule.all:
                count *= ways(inner)
            return count
        case AnyOf():
            return sum(ways(inner) for inner in rule.any)
        case _:
            return 1


def _sets_of_criteria(scheme: Scheme) -> list[tuple[Criterion, ...]]:
    """The sets of criteria that can apply, each once. Facts that no criterion asks about make no difference."""
    asked = {fact for criterion in scheme.criteria for fact in criterion.applies_when}
    facts = [fact for fact in scheme.profile if fact in asked]
    sets = {}
    for values in product((True, False), repeat=len(facts)):
        criteria = scheme.applicable(dict(zip(facts, values, strict=True)))
        sets[tuple(criterion.id for criterion in criteria)] = criteria
    return list(sets.values())


def _reachable(rule: Rule, scheme: Scheme, criteria: tuple[Criterion, ...]) -> bool:
    """Does the rule hold where every one of these criteria is met?"""
    match rule:
        case Every():
            return bool(scheme.of_class(rule.every, criteria)) or rule.if_none_apply == "satisfied"
        case ShareOf():
            return bool(scheme.of_class(rule.share, criteria)) or rule.if_none_apply == "satisfied"
        case NumberOf():
            return len(scheme.of_class(rule.number, criteria)) >= rule.at_least
        case AllOf():
            return all(_reachable(inner, scheme, criteria) for inner in rule.all)
        case AnyOf():
            return any(_reachable(inner, scheme, criteria) for inner in rule.any)


def _hides(above: Outcome, outcome: Outcome, scheme: Scheme) -> bool:
    if above.when is None:
        return False  # an 'otherwise' that is not the last is a fault of its own
    return _always(above.when, scheme) or (outcome.when is not None and _implies(outcome.when, above.when))


def _always(rule: Rule, scheme: Scheme) -> bool:
    """Does the rule hold whatever is met?"""
    match rule:
        case Every():
            return rule.if_none_apply == "satisfied" and not scheme.of_class(rule.every, scheme.criteria)
        case ShareOf():
            nothing = rule.at_least == 0 or not scheme.of_class(rule.share, scheme.criteria)
            return rule.if_none_apply == "satisfied" and nothing
        case NumberOf():
            return False
        case AllOf():
            return all(_always(inner, scheme) for inner in rule.all)
        case AnyOf():
            return any(_always(inner, scheme) for inner in rule.any)


def _implies(rule: Rule, other: Rule) -> bool:
    """Does `other` hold wherever `rule` does? False where that cannot be told from their structure."""
    if isinstance(rule, AnyOf):
        return all(_implies(inner, other) for inner in rule.any)
    if isinstance(other, AllOf):
        return all(_implies(rule, inner) for inner in other.all)
    if isinstance(rule, AllOf):
        return any(_implies(inner, other) for inner in rule.all)
    if isinstance(other, AnyOf):
        return any(_implies(rule, inner) for inner in other.any)
    if isinstance(rule, NumberOf) and isinstance(other, NumberOf):
        return _within(rule.number, other.number) and rule.at_least >= other.at_least
    if isinstance(rule, NumberOf) or isinstance(other, NumberOf):
        return False
    return _share_implies(rule, other)


def _share_implies(rule: Every | ShareOf, other: Every | ShareOf) -> bool:
    mine, asked = _as_share(rule), _as_share(other)
    lenient = other.if_none_apply == "satisfied"
    if mine[0] == asked[0]:
        return mine[1] >= asked[1] and (lenient or rule.if_none_apply == "not_satisfied")
    return mine[1] == 1 and lenient and _within(asked[0], mine[0])


def _as_share(rule: Every | ShareOf) -> tuple[Class, Fraction]:
    return (rule.every, Fraction(1)) if isinstance(rule, Every) else (rule.share, rule.at_least)


def _within(narrow: Class, wide: Class) -> bool:
    """Does every criterion of the one class belong to the other?"""
    return wide.type in (None, narrow.type) and wide.domain in (None, narrow.domain)
