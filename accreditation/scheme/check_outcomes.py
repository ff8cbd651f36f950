"""Faults in what can follow: outcomes out of order, limits that limit nothing, no length of time."""

from collections.abc import Iterator

from accreditation.scheme.award import Conditions, Outcome
from accreditation.scheme.document import Path
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, repeated, unknown


def problems_of_outcomes(scheme: Scheme) -> Iterator[Problem]:
    """Do the outcomes go from the highest to the lowest, and can each of them follow?"""
    yield from repeated(("award",), [outcome.outcome for outcome in scheme.award], "")
    for position, outcome in enumerate(scheme.award):
        path: Path = ("award", position)
        yield from _place(path, position, scheme)
        yield from _valid_for((*path, "valid_for"), outcome)
        if outcome.conditions is not None:
            yield from _conditions((*path, "conditions"), position, outcome.conditions, scheme)
    yield from _limits(scheme)


def _place(path: Path, position: int, scheme: Scheme) -> Iterator[Problem]:
    outcome = scheme.award[position]
    ruled = [place for place, known in enumerate(scheme.award) if not known.follows_conditions]
    last = ruled[-1] if ruled else len(scheme.award) - 1
    if outcome.follows_conditions and not any(outcome.outcome in _follow(known) for known in scheme.award):
        yield Problem(
            path=(*path, "follows_conditions"),
            found=f"no conditions lead to '{outcome.outcome}'",
            allowed="name it as when_met or when_missed of an outcome's conditions, or give it a rule",
        )
    if position == last and outcome.otherwise is None and not outcome.follows_conditions:
        yield Problem(
            path=path,
            found=f"'{outcome.outcome}' is the last outcome and has a rule",
            allowed="the last outcome is what is left: write otherwise: true instead of when",
        )
    if position < last and outcome.otherwise is not None:
        yield Problem(
            path=(*path, "otherwise"),
            found=f"nothing after '{outcome.outcome}' could ever be the result",
            allowed="only the last outcome says otherwise: true",
        )
    if outcome.awarded and any(not above.awarded and not above.judgement for above in scheme.award[:position]):
        yield Problem(
            path=path,
            found=f"'{outcome.outcome}' is an award and stands below an outcome that is none",
            allowed="list outcomes from the highest to the lowest",
        )


def _follow(outcome: Outcome) -> tuple[str | None, ...]:
    """What follows of this outcome's conditions."""
    return () if outcome.conditions is None else (outcome.conditions.when_met, outcome.conditions.when_missed)


def _valid_for(path: Path, outcome: Outcome) -> Iterator[Problem]:
    steps = outcome.valid_for if isinstance(outcome.valid_for, tuple) else ()
    for position, step in enumerate(steps):
        last = position == len(steps) - 1
        if last and step.otherwise is None:
            yield Problem(
                path=(*path, position),
                found="the last length of time has a rule: where none holds, nobody knows how long",
                allowed="write otherwise: true instead of when",
            )
        if not last and step.otherwise is not None:
            yield Problem(
                path=(*path, position, "otherwise"),
                found="what stands below could never be taken",
                allowed="only the last length of time says otherwise: true",
            )


def _conditions(path: Path, position: int, conditions: Conditions, scheme: Scheme) -> Iterator[Problem]:
    """Once put right, a higher outcome follows; once the time is over, a lower one."""
    order = [outcome.outcome for outcome in scheme.award]
    for key, name, side in (
        ("when_met", conditions.when_met, order[:position]),
        ("when_missed", conditions.when_missed, order[position + 1 :]),
    ):
        if name is None:
            continue
        where = "above" if key == "when_met" else "below"
        yield from unknown((*path, key), [name], order, "outcome", at_key=False)
        if name in order and name not in side:
            yield Problem(
                path=(*path, key),
                found=f"'{name}' does not stand {where} '{order[position]}'",
                allowed=f"an outcome {where} it: {', '.join(side) or 'there is none'}",
            )
        elif name in side and scheme.outcome(name).judgement:
            yield Problem(
                path=(*path, key), found=f"'{name}' is a judgement", allowed="an outcome that follows by rule"
            )


def _limits(scheme: Scheme) -> Iterator[Problem]:
    order = [outcome.outcome for outcome in scheme.award]
    for position, limit in enumerate(scheme.limits):
        path: Path = ("limits", position, "at_best")
        yield from unknown(path, [limit.at_best], order, "outcome", at_key=False)
        if limit.at_best == order[0]:
            found = f"'{limit.at_best}' is the highest outcome: it limits nothing"
            yield Problem(path=path, found=found, allowed=f"a lower outcome: {', '.join(order[1:])}")
        elif limit.at_best in order and scheme.outcome(limit.at_best).judgement:
            found = f"'{limit.at_best}' is a judgement, and people decide it"
            yield Problem(path=path, found=found, allowed="an outcome that follows by rule")
