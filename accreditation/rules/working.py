"""One rule at work: what it needed, what was found, whether it holds, and what stands in its way, in words."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from accreditation.rules.scoring import Score
from accreditation.scheme.award import AllOf, AnyOf, Class, Every, NumberOf, Rule, ShareOf
from accreditation.scheme.model import Criterion, Scheme
from accreditation.scheme.values import shown_share, written_share


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """One rule at work: what it needed, what was found, whether it holds, what stands in its way."""

    rule: str
    needed: str
    found: str
    holds: bool
    in_the_way: tuple[str, ...] = ()
    parts: tuple["Working", ...] = ()


def work(rule: Rule, score: Score) -> Working:
    """Does this rule hold, and why?"""
    match rule:
        case Every():
            return _every(rule, score)
        case ShareOf():
            return _share(rule, score)
        case NumberOf():
            return _number(rule, score)
        case AllOf():
            parts = tuple(work(inner, score) for inner in rule.all)
            return _joined("all of these hold", f"all {len(parts)}", parts, holds=all(part.holds for part in parts))
        case AnyOf():
            parts = tuple(work(inner, score) for inner in rule.any)
            return _joined("at least one of these holds", "1", parts, holds=any(part.holds for part in parts))


def _joined(rule: str, needed: str, parts: tuple[Working, ...], *, holds: bool) -> Working:
    held = sum(part.holds for part in parts)
    names = {name: None for part in parts if not part.holds for name in part.in_the_way}
    return Working(
        rule=rule,
        needed=needed,
        found=f"{held} of {len(parts)} hold",
        holds=holds,
        in_the_way=() if holds else tuple(names),
        parts=parts,
    )


def _every(rule: Every, score: Score) -> Working:
    what, counted = class_words(rule.every, score.scheme), score.counted(rule.every)
    if not counted:
        return _nothing(f"every one of the {what} is met", "every one", what, rule.if_none_apply)
    met = sum(score.met(criterion) for criterion in counted)
    return Working(
        rule=f"every one of the {what} is met",
        needed=f"{len(counted)} of {len(counted)}",
        found=f"{met} of {len(counted)}",
        holds=met == len(counted),
        in_the_way=unmet(counted, score),
    )


def _share(rule: ShareOf, score: Score) -> Working:
    what, counted = class_words(rule.share, score.scheme), score.counted(rule.share)
    asked = written_share(rule.at_least)
    words = f"at least {asked} of the {what} are met"
    if not counted:
        return _nothing(words, asked, what, rule.if_none_apply)
    met = sum(score.met(criterion) for criterion in counted)
    share = Fraction(met, len(counted))
    holds = share >= rule.at_least
    return Working(
        rule=words,
        needed=f"{ceil(rule.at_least * len(counted))} of {len(counted)} ({asked})",
        found=f"{met} of {len(counted)} ({shown_share(share)})",
        holds=holds,
        in_the_way=() if holds else unmet(counted, score),
    )


def _number(rule: NumberOf, score: Score) -> Working:
    what, counted = class_words(rule.number, score.scheme), score.counted(rule.number)
    met = sum(score.met(criterion) for criterion in counted)
    holds = met >= rule.at_least
    return Working(
        rule=f"at least {rule.at_least} of the {what} are met",
        needed=str(rule.at_least),
        found=f"{met} of {len(counted)}",
        holds=holds,
        in_the_way=() if holds else unmet(counted, score),
    )


def _nothing(rule: str, needed: str, what: str, then: str) -> Working:
    return Working(
        rule=rule,
        needed=needed,
        found=f"none of the {what} count here; the scheme calls that {then.replace('_', ' ')}",
        holds=then == "satisfied",
    )


def unmet(counted: tuple[Criterion, ...], score: Score) -> tuple[str, ...]:
    """Which of these criteria are not met? Ids in the order of the standard."""
    return tuple(criterion.id for criterion in counted if not score.met(criterion))


def class_words(wanted: Class, scheme: Scheme) -> str:
    """The class as people say it, as in 'essential criteria of domain 2 (Arrival)'."""
    words = "criteria" if wanted.type is None else f"{scheme.types[wanted.type].title.lower()} criteria"
    if wanted.domain is not None:
        title = next(domain.title for domain in scheme.domains if domain.id == wanted.domain)
        words += f" of domain {wanted.domain} ({title})"
    return words
