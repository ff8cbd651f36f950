"""What the rules recommend, with its working: a tree that a clinician can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accreditation.rules.improvement import Choice, Improvement, smallest
from accreditation.rules.scoring import Score
from accreditation.rules.ways import needs
from accreditation.rules.working import Working, unmet, work
from accreditation.scheme.award import Outcome
from accreditation.scheme.values import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be put right: `needed` of these criteria (all of them where the numbers are equal), and by when."""

    needed: int
    criteria: tuple[str, ...]
    within: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What the rules recommend and why.

    `working` has one tree for every outcome that was tried, from the highest to the one that held.
    `stands_in_the_way` names the criteria that keep the next higher outcome away; `improvements` has the
    smallest set of criteria to improve for every higher outcome that can be reached, the nearest first.
    """

    outcome: str
    title: str
    awarded: bool
    valid_for: Period | None
    working: tuple[tuple[str, Working], ...]
    stands_in_the_way: tuple[str, ...]
    improvements: tuple[Improvement, ...]
    conditions: tuple[Condition, ...]


def award(score: Score) -> Award:
    """Which outcome follows from these standings by the scheme's rules, and why?

    Outcomes are tried from the highest; the first whose rule holds is the result. Shares are compared
    as exact fractions: 47 of 59 is not 80 %.
    """
    scheme = score.scheme
    tried: list[tuple[str, Working]] = []
    for outcome in scheme.award:
        working = _otherwise() if outcome.when is None else work(outcome.when, score)
        tried.append((outcome.outcome, working))
        if working.holds:
            return _award(outcome, tuple(tried), score)
    raise AssertionError("a checked scheme ends with 'otherwise'")  # pragma: no cover


def _otherwise() -> Working:
    return Working(rule="no higher outcome is reached", needed="nothing more", found="no higher rule holds", holds=True)


def _award(outcome: Outcome, tried: tuple[tuple[str, Working], ...], score: Score) -> Award:
    higher = score.scheme.award[: len(tried) - 1]
    return Award(
        outcome=outcome.outcome,
        title=outcome.title,
        awarded=outcome.awarded,
        valid_for=outcome.valid_for,
        working=tried,
        stands_in_the_way=tried[-2][1].in_the_way if len(tried) > 1 else (),
        improvements=tuple(_improvements(reversed(higher), score)),
        conditions=conditions_of(outcome, score),
    )


def conditions_of(outcome: Outcome, score: Score) -> tuple[Condition, ...]:
    """What must be put right after this outcome, by these standings?

    First the unmet criteria of the class that the scheme names, each a must; then, for the nearest award above,
    what else its rule lacks.
    """
    asked = outcome.conditions
    if asked is None:
        return ()
    must = unmet(score.counted(asked.on), score)
    choices = [Choice(needed=1, of=(name,)) for name in must]
    choices += _nearest_award(outcome, score.with_met(must))
    return tuple(Condition(needed=choice.needed, criteria=choice.of, within=asked.within) for choice in choices)


def _nearest_award(outcome: Outcome, score: Score) -> tuple[Choice, ...]:
    """What the lowest award above this outcome that can be reached lacks; nothing where it lacks nothing."""
    above = score.scheme.award[: score.scheme.award.index(outcome)]
    awards = (known for known in reversed(above) if known.awarded)
    nearest = next(_improvements(awards, score), None)
    return () if nearest is None else nearest.choices


def _improvements(outcomes: Iterable[Outcome], score: Score) -> Iterator[Improvement]:
    """The smallest improvement to each of these outcomes that can be reached."""
    for known in outcomes:
        if known.when is not None:
            found = smallest(outcome=known.outcome, title=known.title, alternatives=needs(known.when, score))
            if found is not None:
                yield found
