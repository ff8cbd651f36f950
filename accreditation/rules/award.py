"""What the rules recommend, with its working: a tree that a clinician can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accreditation.rules.improvement import Choice, Improvement, smallest
from accreditation.rules.program import CannotSay
from accreditation.rules.result import Limited, Result, result
from accreditation.rules.scoring import Score
from accreditation.rules.working import Graded, Working
from accreditation.scheme.award import Conditions, Outcome
from accreditation.scheme.values import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be put right: `needed` of these criteria (all of them where the numbers are equal), and by when.

    `when_met` and `when_missed` are the outcomes that follow then, where the scheme names them.
    """

    needed: int
    criteria: tuple[str, ...]
    within: Period
    when_met: str | None = None
    when_missed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What the rules recommend and why.

    `working` has one tree for every outcome that was tried, from the highest to the one that held; `limited` the
    limits that then took it down. `stands_in_the_way` names the criteria that keep the next higher outcome away;
    `improvements` has the smallest set of criteria to improve for every higher outcome that can be reached, the
    nearest first, and `not_worked_out` the outcomes for which that could not be said. `judgement` says that the
    rules are silent and people must decide.
    """

    outcome: str
    title: str
    awarded: bool
    judgement: bool
    valid_for: Period | None
    working: tuple[tuple[str, Working], ...]
    limited: tuple[Limited, ...]
    scores: tuple[Graded, ...]
    stands_in_the_way: tuple[str, ...]
    improvements: tuple[Improvement, ...]
    not_worked_out: tuple[str, ...]
    conditions: tuple[Condition, ...]


def award(score: Score) -> Award:
    """Which outcome follows from these standings by the scheme's rules, and why?

    Shares and figures are compared as exact fractions: 47 of 59 is not 80 %.
    """
    found = result(score)
    outcome = found.outcome
    found_ways = tuple(_improvements(higher(outcome, score), score))
    return Award(
        outcome=outcome.outcome,
        title=outcome.title,
        awarded=outcome.awarded,
        judgement=outcome.judgement,
        valid_for=found.valid_for,
        working=found.tried,
        limited=found.limited,
        scores=found.scores,
        stands_in_the_way=in_the_way(found),
        improvements=tuple(one for one in found_ways if isinstance(one, Improvement)),
        not_worked_out=tuple(one for one in found_ways if isinstance(one, str)),
        conditions=conditions_of(outcome, score),
    )


def in_the_way(found: Result) -> tuple[str, ...]:
    """What keeps the next higher outcome away: what a limit rests on, or what the rule just above lacks."""
    if found.limited:
        return tuple(dict.fromkeys(name for limit in found.limited for name in limit.in_the_way))
    return found.tried[-2][1].in_the_way if len(found.tried) > 1 else ()


def smallest_improvements(outcome: Outcome, score: Score) -> tuple[Improvement, ...]:
    """The smallest improvement to every outcome above this one that can be reached, the nearest first."""
    return tuple(one for one in _improvements(higher(outcome, score), score) if isinstance(one, Improvement))


def higher(outcome: Outcome, score: Score) -> tuple[Outcome, ...]:
    """The outcomes above this one, the nearest first. Above a judgement stand the awards: nothing else is promised."""
    above = score.scheme.award[: score.scheme.award.index(outcome)]
    ruled = [known for known in reversed(above) if not (known.judgement or known.follows_conditions)]
    return tuple(known for known in ruled if known.awarded or not outcome.judgement)


def conditions_of(outcome: Outcome, score: Score) -> tuple[Condition, ...]:
    """What must be put right after this outcome, by these standings?

    First the unmet criteria of the class that the scheme names, each a must; then, for the nearest award above,
    what else its rule lacks.
    """
    asked = outcome.conditions
    if asked is None:
        return ()
    must = tuple(name for name in score.counted(asked.on) if not score.met(name))
    choices = [Choice(needed=1, of=(name,)) for name in must]
    choices += _nearest_award(outcome, score.with_met(must))
    return tuple(asked_for(asked, needed=choice.needed, criteria=choice.of) for choice in choices)


def asked_for(conditions: Conditions, *, needed: int, criteria: tuple[str, ...]) -> Condition:
    """A condition on these criteria, with the time and the consequences that the outcome gives all its conditions."""
    return Condition(
        needed=needed,
        criteria=criteria,
        within=conditions.within,
        when_met=conditions.when_met,
        when_missed=conditions.when_missed,
    )


def _nearest_award(outcome: Outcome, score: Score) -> tuple[Choice, ...]:
    """What the lowest award above this outcome that can be reached lacks; nothing where it lacks nothing."""
    awards = (known for known in higher(outcome, score) if known.awarded)
    found = (one for one in _improvements(awards, score) if isinstance(one, Improvement))
    nearest = next(found, None)
    return () if nearest is None else nearest.choices


def _improvements(outcomes: Iterable[Outcome], score: Score) -> Iterator[Improvement | str]:
    """The smallest improvement to each of these outcomes that can be reached; its name where that cannot be said."""
    for known in outcomes:
        try:
            found = smallest(outcome=known, score=score)
        except CannotSay:
            yield known.outcome
        else:
            if found is not None:
                yield found
