"""One rule at work: what it needed, what was found, whether it holds, and what stands in its way, in words."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from accreditation.rules import figures, grading  # as modules: figures of scores have rules, and levels have
from accreditation.rules.counting import Tally, tally
from accreditation.rules.scoring import Score
from accreditation.rules.support import open_criteria, open_in
from accreditation.rules.words import class_words, counted_words
from accreditation.rules.working import Working
from accreditation.scheme.ends import (
    Between,
    Ends,
    FactLimit,
    Fixed,
    Limit,
    NumberBy,
    ShareBy,
    fixed,
    inside,
    words_of_ends,
)
from accreditation.scheme.facts import is_so, number_of
from accreditation.scheme.figure import Figure, ScoreFigure
from accreditation.scheme.rule import (
    AllOf,
    AnyOf,
    Compared,
    EachHolds,
    Every,
    FactIs,
    FigureIs,
    LevelIs,
    MeanIs,
    MeasuredIs,
    Not,
    NumberOf,
    PercentIs,
    PointsAre,
    Rule,
    ScoreIs,
    ShareOf,
    Valued,
)
from accreditation.scheme.values import written_share


def work(rule: Rule, score: Score) -> Working:
    """Does this rule hold, and why?"""
    match rule:
        case Every():
            return _every(rule, score)
        case ShareOf():
            return _share(rule, score)
        case NumberOf():
            return _number(rule, score)
        case LevelIs():
            return _level(rule, score)
        case FactIs():
            return _fact(rule, score)
        case EachHolds():
            return _each(rule, score)
        case AllOf():
            parts = tuple(work(inner, score) for inner in rule.all)
            return joined("all of these hold", len(parts), parts)
        case AnyOf():
            parts = tuple(work(inner, score) for inner in rule.any)
            words = "at least one of these holds" if rule.at_least == 1 else f"at least {rule.at_least} of these hold"
            return joined(words, rule.at_least, parts)
        case Not():
            return _not(rule, score)
        case _:
            return _compared(rule, score)


def joined(rule: str, needed: int, parts: tuple[Working, ...]) -> Working:
    """So many of these parts must hold."""
    held = sum(part.holds is True for part in parts)
    names = {name: None for part in parts if not part.holds for name in part.in_the_way}
    return Working(
        rule=rule,
        needed=f"all {len(parts)}" if needed == len(parts) else str(needed),
        found=f"{held} of {len(parts)} hold",
        holds=held >= needed,
        in_the_way=() if held >= needed else tuple(names),
        parts=parts,
    )


def limits(ends: Ends, score: Score) -> tuple[Fixed | None, str]:
    """The ends as exact numbers for this service, or None and the fact that is not stated."""
    known = {}
    for name, limit in ends.given().items():
        number = _limit(limit, score)
        if number is None:
            fact = limit.fact if isinstance(limit, FactLimit) else getattr(limit, "by", "")
            return None, f"'{fact.replace('_', ' ')}' is not stated"
        known[name] = number
    return known, ""


def _limit(limit: Limit, score: Score) -> Fraction | None:
    match limit:
        case FactLimit():
            return number_of(score.profile.get(limit.fact))
        case NumberBy() | ShareBy():
            fact = score.scheme.profile.get(limit.by)
            stated = score.profile.get(limit.by, False if fact is not None and fact.kind == "yes_no" else "")
            found = limit.limits.get(str(stated).lower() if isinstance(stated, bool) else str(stated))
            return None if found is None else Fraction(found)
        case _:
            return Fraction(limit)


def _every(rule: Every, score: Score) -> Working:
    what, found = class_words(rule.every, score.scheme), tally(rule, rule.every, score)
    words = f"every one of the {what} is {counted_words(rule, score.scheme)}"
    if not found.counted:
        return _nothing(words, "every one", what, rule.if_none_apply)
    return Working(
        rule=words,
        needed=f"{len(found.counted)} of {len(found.counted)}",
        found=f"{len(found.fulfil)} of {len(found.counted)}",
        holds=not found.lacking,
        in_the_way=found.lacking,
    )


def _share(rule: ShareOf, score: Score) -> Working:
    what, found = class_words(rule.share, score.scheme), tally(rule, rule.share, score, weighted=rule.weighted)
    ends, missing = limits(rule, score)
    asked = "the share that the profile asks for" if ends is None else words_of_ends(ends, share=True)
    words = f"{asked} of the {what} are {counted_words(rule, score.scheme)}"
    if ends is None:
        return Working(rule=words, needed="what depends on the profile", found=missing, holds=False)
    if found.share is None:
        return _nothing(words, asked.removeprefix("at least "), what, rule.if_none_apply)
    holds = inside(found.share, ends)
    return Working(
        rule=words,
        needed=_needed(ends, found, weighted=rule.weighted),
        found=found.words,
        holds=holds,
        in_the_way=() if holds else _way(found, found.share, ends),
    )


def _needed(ends: Fixed, found: Tally, *, weighted: bool) -> str:
    if weighted or set(ends) - {"at_least", "above"}:
        return words_of_ends(ends, share=True)
    number = len(found.counted)
    if "at_least" in ends:
        return f"{ceil(ends['at_least'] * number)} of {number} ({written_share(ends['at_least'])})"
    return f"{floor(ends['above'] * number) + 1} of {number} (more than {written_share(ends['above'])})"


def _way(found: Tally, value: Fraction, ends: Fixed) -> tuple[str, ...]:
    """What stands in the way: those that lack, or, where fewer are asked for, those that are too many."""
    low = {name: end for name, end in ends.items() if name in ("at_least", "above")}
    return found.lacking if low and not inside(value, low) else found.fulfil


def _number(rule: NumberOf, score: Score) -> Working:
    what, found = class_words(rule.number, score.scheme), tally(rule, rule.number, score)
    ends, missing = limits(rule, score)
    asked = "as many as the profile allows" if ends is None else words_of_ends(ends)
    words = f"{asked} of the {what} are {counted_words(rule, score.scheme)}"
    if ends is None:
        return Working(rule=words, needed="what depends on the profile", found=missing, holds=False)
    number = Fraction(len(found.fulfil))
    holds = inside(number, ends)
    return Working(
        rule=words,
        needed=asked.removeprefix("at least "),
        found=f"{number} of {len(found.counted)}",
        holds=holds,
        in_the_way=() if holds else _way(found, number, ends),
    )


def _nothing(rule: str, needed: str, what: str, then: str) -> Working:
    return Working(
        rule=rule,
        needed=needed,
        found=f"none of the {what} count here; the scheme calls that {then.replace('_', ' ')}",
        holds=then == "satisfied",
    )


def figure_in(rule: Compared) -> Figure:
    """The figure that this rule compares: what is written under `figure`, or else the rule itself is one."""
    return rule.figure if isinstance(rule, FigureIs) else rule


def _compared(rule: PointsAre | MeanIs | PercentIs | ScoreIs | MeasuredIs | FigureIs, score: Score) -> Working:
    working = figures.figure_of(figure_in(rule), score)
    ends, missing = limits(rule, score)
    if ends is None:
        return Working(
            rule=f"{working.rule}: within what the profile allows",
            needed="what depends on the profile",
            found=missing,
            holds=False,
            parts=(working,),
        )
    asked = words_of_ends(ends)
    words = f"{working.rule}: {asked}"
    if working.value is None:
        then = rule.if_no_value if isinstance(rule, Valued) else "not_satisfied"
        found, holds = f"no value; the scheme calls that {then.replace('_', ' ')}", then == "satisfied"
    else:
        found, holds = working.found, inside(working.value, ends)
    return Working(
        rule=words,
        needed=asked,
        found=found,
        holds=holds,
        in_the_way=() if holds else open_criteria(figure_in(rule), score),
        parts=(working,),
    )


def _level(rule: LevelIs, score: Score) -> Working:
    graded = grading.grade(rule.level, score, of=rule.of)
    order = score.scheme.levels_of(rule.level)
    if rule.at_least is not None:
        allowed, asked = order[: order.index(rule.at_least) + 1], f"level {_said(rule.at_least)} or better"
    else:
        allowed, asked = rule.is_ or (), f"level {_said(rule.is_ or ())}"
    words = f"{graded.title}: {asked}"
    if graded.level is None:
        found = f"no level; the scheme calls that {rule.if_no_value.replace('_', ' ')}"
        holds = rule.if_no_value == "satisfied"
    else:
        found, holds = f"level {_said(graded.level)}", graded.level in allowed
    return Working(
        rule=words,
        needed=asked,
        found=found,
        holds=holds,
        in_the_way=() if holds else open_criteria(ScoreFigure(score=rule.level, of=rule.of), score),
        parts=(graded.working,),
    )


def _fact(rule: FactIs, score: Score) -> Working:
    about = score.scheme.profile[rule.fact]
    stated = score.profile.get(rule.fact)
    return Working(
        rule=f"of the service: {about.question}",
        needed=_said(rule.is_),
        found="not stated" if stated is None else _said(stated),
        holds=is_so(rule.is_, stated),
    )


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " or ".join(str(one).replace("_", " ") for one in value)
    return words_of_ends(fixed(value)) if isinstance(value, Between) else str(value).replace("_", " ")


def _each(rule: EachHolds, score: Score) -> Working:
    names = score.groups(rule.each, rule.among)
    if not names:
        return _nothing(f"in every {rule.each} this holds", "every one", f"{rule.each}s", rule.if_none_apply)
    parts = tuple(_in_group(rule, name, score) for name in names)
    needed = rule.needed(len(names))
    everywhere = rule.at_least is None and rule.above is None
    where = f"in every {rule.each}" if everywhere else f"in at least {needed} of {len(names)} {rule.each}s"
    return joined(f"{where} this holds", needed, parts)


def _in_group(rule: EachHolds, name: str, score: Score) -> Working:
    working = work(rule.holds, score.of_group(rule.each, name))
    title = score.scheme.groups(rule.each)[name].title
    return replace(working, rule=f"{rule.each} {name} ({title}): {working.rule}")


def _not(rule: Not, score: Score) -> Working:
    part = work(rule.not_, score)
    return Working(
        rule="this does not hold",
        needed="it does not hold",
        found="it holds" if part.holds else "it does not hold",
        holds=not part.holds,
        in_the_way=open_in(rule.not_, score) if part.holds else (),
        parts=(part,),
    )
