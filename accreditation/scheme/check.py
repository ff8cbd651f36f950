"""Faults beyond shape: names that lead nowhere, things said twice, an award that nobody could ever reach."""

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from accreditation.scheme.answer import State
from accreditation.scheme.award import AllOf, AnyOf, Class, Every, NumberOf, Rule, ShareOf
from accreditation.scheme.document import Path
from accreditation.scheme.model import AuditLevel, Criterion, Scheme
from accreditation.scheme.problem import Problem, unknown
from accreditation.scheme.reach import MAX_PROFILE_FACTS, MAX_WAYS, unreachable, ways

STATES = frozenset(get_args(State)) - {"rated"}


def problems_of_scheme(scheme: Scheme) -> tuple[Problem, ...]:
    """What is wrong with this scheme although every part of it has the right shape? All of it.

    Whether outcomes can be reached is asked only where every name leads somewhere: else one wrong name
    would be told twice.
    """
    dangling = tuple(_dangling(scheme))
    return (
        *_repeats(scheme),
        *_scale(scheme),
        *_profile(scheme),
        *_outcomes(scheme),
        *_team(scheme),
        *(dangling or _unreachable(scheme)),
    )


def _criteria(scheme: Scheme) -> Iterator[tuple[Path, Criterion]]:
    for d, domain in enumerate(scheme.domains):
        for c, criterion in enumerate(domain.criteria):
            yield ("domains", d, "criteria", c), criterion


def _repeats(scheme: Scheme) -> Iterator[Problem]:
    times = Counter(criterion.id for criterion in scheme.criteria)
    for path, criterion in _criteria(scheme):
        if times[criterion.id] > 1:
            yield Problem(
                path=(*path, "id"),
                found=f"the id '{criterion.id}' is used {times[criterion.id]} times",
                allowed="each id once",
            )
        if criterion.id == "default":
            yield Problem(
                path=(*path, "id"),
                found="'default' is the word for all other criteria in a worked case",
                allowed="any other id",
            )
    for key, ids in (
        ("domains", [domain.id for domain in scheme.domains]),
        ("award", [outcome.outcome for outcome in scheme.award]),
        ("review_team", [seat.role for seat in scheme.review_team]),
    ):
        for position, name in enumerate(ids):
            if name in ids[:position]:
                yield Problem(path=(key, position), found=f"'{name}' is here a second time", allowed="each once")


def _dangling(scheme: Scheme) -> Iterator[Problem]:
    for path, criterion in _criteria(scheme):
        yield from unknown((*path, "type"), [criterion.type], list(scheme.types), "type", at_key=False)
        yield from unknown((*path, "sources"), criterion.sources, list(scheme.sources), "source", at_key=False)
        facts = list(scheme.profile)
        yield from unknown((*path, "applies_when"), criterion.applies_when, facts, "fact of the profile")
        if isinstance(criterion.measure, AuditLevel):
            yield from _audit(scheme, (*path, "measure"), criterion.measure)
    for path, wanted in _classes(scheme):
        if wanted.type is not None:
            yield from unknown((*path, "type"), [wanted.type], list(scheme.types), "type", at_key=False)
        if wanted.domain is not None:
            ids = [domain.id for domain in scheme.domains]
            yield from unknown((*path, "domain"), [wanted.domain], ids, "domain", at_key=False)


def _audit(scheme: Scheme, path: Path, measure: AuditLevel) -> Iterator[Problem]:
    yield from unknown((*path, "audit"), [measure.audit], list(scheme.audits), "audit", at_key=False)
    audit = scheme.audits.get(measure.audit)
    if audit is not None:
        yield from unknown((*path, "level"), [measure.level], list(audit.levels), "level", at_key=False)


def _classes(scheme: Scheme) -> Iterator[tuple[Path, Class]]:
    for position, outcome in enumerate(scheme.award):
        if outcome.when is not None:
            yield from _classes_of(("award", position, "when"), outcome.when)
        if outcome.conditions is not None:
            yield ("award", position, "conditions", "on"), outcome.conditions.on


def _classes_of(path: Path, rule: Rule) -> Iterator[tuple[Path, Class]]:
    match rule:
        case Every():
            yield (*path, "every"), rule.every
        case ShareOf():
            yield (*path, "share"), rule.share
        case NumberOf():
            yield (*path, "number"), rule.number
        case AllOf():
            for position, inner in enumerate(rule.all):
                yield from _classes_of((*path, "all", position), inner)
        case AnyOf():
            for position, inner in enumerate(rule.any):
                yield from _classes_of((*path, "any", position), inner)


def _outcomes(scheme: Scheme) -> Iterator[Problem]:
    last = len(scheme.award) - 1
    for position, outcome in enumerate(scheme.award):
        path = ("award", position)
        if position == last and outcome.otherwise is None:
            yield Problem(
                path=path,
                found=f"'{outcome.outcome}' is the last outcome and has a rule",
                allowed="the last outcome is what is left: write otherwise: true instead of when",
            )
        if position != last and outcome.otherwise is not None:
            yield Problem(
                path=(*path, "otherwise"),
                found=f"nothing after '{outcome.outcome}' could ever be the result",
                allowed="only the last outcome says otherwise: true",
            )
        if outcome.awarded and any(not above.awarded for above in scheme.award[:position]):
            yield Problem(
                path=path,
                found=f"'{outcome.outcome}' is an award and stands below an outcome that is none",
                allowed="list outcomes from the highest to the lowest",
            )
        if outcome.when is not None and ways(outcome.when) > MAX_WAYS:
            yield Problem(
                path=(*path, "when"),
                found=f"a rule that can be fulfilled in {ways(outcome.when)} ways",
                allowed=f"at most {MAX_WAYS}; fewer 'any' inside 'all'",
            )


def _scale(scheme: Scheme) -> Iterator[Problem]:
    """Ratings go from the best to the worst, tell met from not met, and are not called like a state."""
    met = [rating.counts_as_met for rating in scheme.scale.values()]
    if len(set(met)) < 2:
        yield Problem(
            path=("scale",), found="the scale cannot tell met from not met", allowed="at least one rating of each"
        )
    if met != sorted(met, reverse=True):
        yield Problem(
            path=("scale",),
            found="a rating that counts as met stands below one that does not",
            allowed="list ratings from the best to the worst",
        )
    for name in scheme.scale:
        if name in STATES:
            yield Problem(
                path=("scale", name),
                found=f"'{name}' is not a rating but a state of its own",
                allowed="any other id; this state is always there",
            )


def _profile(scheme: Scheme) -> Iterator[Problem]:
    if len(scheme.profile) > MAX_PROFILE_FACTS:
        yield Problem(path=("profile",), found=f"{len(scheme.profile)} facts", allowed=f"at most {MAX_PROFILE_FACTS}")


def _team(scheme: Scheme) -> Iterator[Problem]:
    settles = scheme.consensus.settled_by
    roles = [seat.role for seat in scheme.review_team]
    yield from unknown(("consensus", "settled_by"), [settles], roles, "role in the review team", at_key=False)
    for position, seat in enumerate(scheme.review_team):
        path = ("review_team", position)
        if seat.minimum > seat.maximum:
            yield Problem(
                path=path,
                found=f"minimum {seat.minimum} is more than maximum {seat.maximum}",
                allowed="minimum at most maximum",
            )
        if seat.role == settles and seat.minimum < 1:
            yield Problem(
                path=(*path, "minimum"),
                found="nobody would be there to settle differences",
                allowed="at least 1, or name another role under consensus",
            )


def _unreachable(scheme: Scheme) -> Iterator[Problem]:
    if len(scheme.profile) > MAX_PROFILE_FACTS:
        return
    for position, found, allowed in unreachable(scheme):
        yield Problem(path=("award", position, "when"), found=found, allowed=allowed)
