"""What follows from the standings by the scheme's rules: the outcome, why, what limited it, how long it lasts."""

from dataclasses import dataclass

from accreditation.rules.grading import grades
from accreditation.rules.judging import work
from accreditation.rules.scoring import Score
from accreditation.rules.support import open_in
from accreditation.rules.working import Graded, Working
from accreditation.scheme.award import Limiter, Outcome
from accreditation.scheme.values import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """A limit of the scheme that held, and the outcome it took away."""

    instead_of: str
    at_best: str
    because: str
    working: Working
    in_the_way: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome that follows. `tried` has one working for every outcome from the highest to the one that held."""

    outcome: Outcome
    tried: tuple[tuple[str, Working], ...]
    limited: tuple[Limited, ...]
    valid_for: Period | None
    scores: tuple[Graded, ...]


def outcome_of(score: Score) -> Outcome:
    """The outcome alone, without the scores that are shown beside it."""
    return _decided(score)[0]


def result(score: Score) -> Result:
    """Which outcome follows from these standings, and why?

    Outcomes are tried from the highest; the first whose rule holds is taken. Then every limit is looked at: where
    its rule holds, the outcome is at best the one it names. A judgement is never limited: there the rules are silent.
    """
    taken, tried, limited = _decided(score)
    return Result(outcome=taken, tried=tried, limited=limited, valid_for=validity(taken, score), scores=grades(score))


def _decided(score: Score) -> tuple[Outcome, tuple[tuple[str, Working], ...], tuple[Limited, ...]]:
    tried: list[tuple[str, Working]] = []
    for outcome in score.scheme.award:
        if outcome.follows_conditions:
            continue
        working = _otherwise() if outcome.when is None else work(outcome.when, score)
        tried.append((outcome.outcome, working))
        if working.holds:
            break
    taken, limited = _limited(score.scheme.outcome(tried[-1][0]), score)
    return taken, tuple(tried), limited


def _otherwise() -> Working:
    return Working(rule="no higher outcome is reached", needed="nothing more", found="no higher rule holds", holds=True)


def _limited(outcome: Outcome, score: Score) -> tuple[Outcome, tuple[Limited, ...]]:
    order = [known.outcome for known in score.scheme.award]
    held = []
    for limit in () if outcome.judgement else score.scheme.limits:
        if order.index(limit.at_best) > order.index(outcome.outcome):
            working = work(limit.when, score)
            if working.holds:
                held.append(_told(limit, outcome, working, open_in(limit.when, score)))
                outcome = score.scheme.outcome(limit.at_best)
    return outcome, tuple(held)


def _told(limit: Limiter, outcome: Outcome, working: Working, in_the_way: tuple[str, ...]) -> Limited:
    return Limited(
        instead_of=outcome.outcome,
        at_best=limit.at_best,
        because=limit.because,
        working=working,
        in_the_way=in_the_way,
    )


def validity(outcome: Outcome, score: Score) -> Period | None:
    """How long is this outcome valid, by these standings? None where it is no award."""
    if not isinstance(outcome.valid_for, tuple):
        return outcome.valid_for
    steps = (step for step in outcome.valid_for if step.when is None or work(step.when, score).holds)
    return next((step.period for step in steps), None)
