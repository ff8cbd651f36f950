"""In which ways a rule could be made to hold: what is lacking, and among which criteria."""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from accreditation.rules.improvement import Need
from accreditation.rules.scoring import Score
from accreditation.rules.working import unmet
from accreditation.scheme.award import AllOf, AnyOf, Class, Every, NumberOf, Rule, ShareOf


def needs(rule: Rule, score: Score) -> tuple[tuple[Need, ...], ...]:
    """In which alternative ways could the rule be made to hold? Each way is a list of needs, all to be filled.

    A way has one need a class, the strictest, and is given once. There is no way at all where nothing a team
    improves would help (an empty class that is not satisfied). A checked scheme has at most `reach.MAX_WAYS`.
    """
    match rule:
        case Every():
            return _share(score, rule.every, share=Fraction(1), if_none=rule.if_none_apply)
        case ShareOf():
            return _share(score, rule.share, share=rule.at_least, if_none=rule.if_none_apply)
        case NumberOf():
            return _need(score, rule.number, rule.at_least)
        case AllOf():
            ways: tuple[tuple[Need, ...], ...] = ((),)
            for inner in rule.all:
                ways = _distinct((*one, *other) for one in ways for other in needs(inner, score))
            return ways
        case AnyOf():
            return _distinct(way for inner in rule.any for way in needs(inner, score))


def _distinct(ways: Iterable[tuple[Need, ...]]) -> tuple[tuple[Need, ...], ...]:
    found: dict[frozenset[Need], tuple[Need, ...]] = {}
    for way in ways:
        strictest: dict[Class, Need] = {}
        for need in way:
            known = strictest.get(need.wanted)
            if known is None or known.lacking < need.lacking:
                strictest[need.wanted] = need
        found.setdefault(frozenset(strictest.values()), tuple(strictest.values()))
    return tuple(found.values())


def _share(score: Score, wanted: Class, *, share: Fraction, if_none: str) -> tuple[tuple[Need, ...], ...]:
    counted = score.counted(wanted)
    if not counted:
        return ((),) if if_none == "satisfied" else ()
    return _need(score, wanted, ceil(share * len(counted)))


def _need(score: Score, wanted: Class, asked: int) -> tuple[tuple[Need, ...], ...]:
    counted = score.counted(wanted)
    open_ = unmet(counted, score)
    lacking = asked - (len(counted) - len(open_))
    if lacking > len(open_):
        return ()
    return ((Need(wanted=wanted, lacking=lacking, among=open_),) if lacking > 0 else (),)
