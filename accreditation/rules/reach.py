"""What a scheme can never give: outcomes and levels that no ratings lead to, whatever the service.

First many services that could exist are scored, also such in which criteria do not apply or are not answered. What
none of them got is stated as an integer program, which says for certain whether any ratings of all that applies
would lead there. Only what fails both is called out of reach: with every criterion rated that is proved; with gaps
between the ratings it was tried.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice

from accreditation.rules.grading import grades
from accreditation.rules.modelling import Model
from accreditation.rules.monotone import doubts
from accreditation.rules.options import Option, is_better
from accreditation.rules.program import CannotSay, total
from accreditation.rules.requiring import levels, require
from accreditation.rules.result import outcome_of
from accreditation.rules.scoring import Score, Scored, Standing
from accreditation.rules.support import looked_at_by_rule, looked_at_by_score
from accreditation.rules.worlds import all_profiles, facts_in_rules, profiles, rated, services
from accreditation.scheme.award import Outcome
from accreditation.scheme.document import Path
from accreditation.scheme.figure import MeasuredFigure
from accreditation.scheme.model import Scheme, Threshold
from accreditation.scheme.problem import Problem
from accreditation.scheme.walk import nodes

_MOST_TRIED = 2_000
"""So many better ratings are tried when an example against a promise is looked for."""


def problems_of_reach(scheme: Scheme) -> Iterator[Problem]:
    """Outcomes and levels that nobody could ever be given, and a promise about better ratings that does not hold."""
    seen, looked_at = _Unseen(scheme), set[object]()
    for profile in profiles(scheme):
        if not seen.missing_outcomes and not seen.missing_levels:
            break
        blank, known = rated(scheme, profile)
        alike = (tuple(blank.by_id), tuple(profile.get(fact) for fact in facts_in_rules(scheme)))
        if alike not in looked_at:
            looked_at.add(alike)
            seen.look(blank, known)
            seen.prove(blank, known)
    if all_profiles(scheme):
        yield from seen.problems()
    if scheme.better_never_lowers:
        yield from _promise(scheme)


class _Unseen:
    """What no service was given yet: outcomes with their positions, levels of scores."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.missing_outcomes = {
            one.outcome: place for place, one in enumerate(scheme.award) if not one.follows_conditions
        }
        self.missing_levels = dict.fromkeys((name, level) for name in scheme.scores for level in scheme.levels_of(name))

    def look(self, blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> None:
        """Score services that could exist and strike off what they are given."""
        for service in services(blank, known):
            if not self.missing_outcomes and not self.missing_levels:
                return
            self.missing_outcomes.pop(outcome_of(service).outcome, None)
            for one in grades(service):
                self.missing_levels.pop((one.score, str(one.level)), None)

    def prove(self, blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> None:
        """Strike off what some ratings of this profile would give."""
        for outcome in tuple(self.missing_outcomes):
            if _possible_outcome(self.scheme.outcome(outcome), blank, known):
                del self.missing_outcomes[outcome]
        for name, level in tuple(self.missing_levels):
            if _possible_level(name, level, blank, known):
                del self.missing_levels[name, level]

    def problems(self) -> Iterator[Problem]:
        """What is left."""
        for outcome, place in self.missing_outcomes.items():
            found = f"no team could ever be given '{outcome}', whatever its ratings"
            allowed = "a rule that some ratings fulfil and that no higher outcome's rule covers; look at the numbers"
            yield Problem(path=("award", place, "when"), found=found, allowed=allowed)
        for name, level in self.missing_levels:
            found = f"'{name}' can never have the level '{level}', whatever the ratings"
            allowed = "levels that some ratings lead to; look at the bands or rules above it"
            yield Problem(path=_place_of_level(self.scheme, name, level), found=found, allowed=allowed)


def _place_of_level(scheme: Scheme, name: str, level: str) -> Path:
    score = scheme.scores[name]
    named: tuple[tuple[str, list[str | None]], ...] = (
        ("ladder", [step.level for step in score.ladder or ()]),
        ("levels", [step.level for step in score.levels or ()]),
        ("bands", [band.level for band in score.bands] if isinstance(score.bands, tuple) else []),
    )
    return next((("scores", name, key, of.index(level)) for key, of in named if level in of), ("scores", name))


def _model(blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> Model:
    """The program of a service that can be rated in every way."""
    return Model(blank, lambda name: [Option(scored=one, steps=1, to="") for one in known[name][1:]])


def _possible_outcome(outcome: Outcome, blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> bool:
    """Do any ratings give exactly this outcome? Also True where that cannot be told."""
    scheme, order = blank.scheme, [one.outcome for one in blank.scheme.award]
    place = order.index(outcome.outcome)
    ways = [(place, False)] + [(higher, True) for higher in range(place) if not scheme.award[higher].judgement]
    rules = [one.when for one in scheme.award[: place + 1] if one.when is not None]
    rules += [limit.when for limit in scheme.limits]
    if any(_continuous(scheme) & looked_at_by_rule(rule, blank) for rule in rules):
        return True
    try:
        return any(_feasible(blank, known, place, reached, limited=by_limit) for reached, by_limit in ways)
    except CannotSay:
        return True


def _continuous(scheme: Scheme) -> frozenset[str]:
    """Criteria with more possible points or values than can be tried: about these nothing is claimed."""
    formula = (
        criterion.id
        for criterion in scheme.criteria
        if isinstance(criterion.measure, Threshold) and criterion.measure.formula is not None
    )
    values = (found.node.measured for found in nodes(scheme) if isinstance(found.node, MeasuredFigure))
    return frozenset((*formula, *values))


def _feasible(
    blank: Score, known: Mapping[str, tuple[Scored, ...]], place: int, reached: int, *, limited: bool
) -> bool:
    """Can the rules give the outcome at `reached`, and the limits then leave it at `place`?"""
    scheme = blank.scheme
    order = [one.outcome for one in scheme.award]
    at_best = [order.index(limit.at_best) for limit in scheme.limits]
    if limited and place not in at_best:
        return False
    model = _model(blank, known)
    always = model.program.unknown()
    model.program.at_least(model.program.one(always), Fraction(1))
    for position in range(reached + 1):
        rule = scheme.award[position].when
        if rule is None and position == reached and scheme.award[position].follows_conditions:
            return False
        if rule is not None:
            require(model, rule, blank, always, holds=position == reached)
    limiting = []
    for limit, best in zip(scheme.limits, at_best, strict=True):
        if best > place and not scheme.award[reached].judgement:
            require(model, limit.when, blank, always, holds=False)
        elif best == place and limited:
            limiting.append(model.program.unknown())
            require(model, limit.when, blank, limiting[-1])
    if limited:
        model.program.at_least(total(model.program.one(one) for one in limiting), Fraction(1))
    return model.program.solve(cost={}) is not None


def _possible_level(name: str, level: str, blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> bool:
    """Do any ratings give this score this level, in any of its groups? Also True where that cannot be told."""
    per = blank.scheme.scores[name].per
    groups = (None,) if per is None else blank.groups(per)
    if any(_continuous(blank.scheme) & looked_at_by_score(name, group, blank) for group in groups):
        return True
    try:
        return any(_has_level(name, level, group, blank, known) for group in groups)
    except CannotSay:
        return True


def _has_level(name: str, level: str, group: str | None, blank: Score, known: Mapping[str, tuple[Scored, ...]]) -> bool:
    """Do any ratings give this score this level in this group?"""
    model = _model(blank, known)
    found = levels(model, name, blank.of_score(name, group)[1])
    chosen = [expression for one, _, expression in found if one == level]
    model.program.at_least(total(chosen), Fraction(1))
    return bool(chosen) and model.program.solve(cost={}) is not None


def _promise(scheme: Scheme) -> Iterator[Problem]:
    """`better_never_lowers` is said: is it so? An example against it is the best answer there is."""
    open_doubts = doubts(scheme)
    if not open_doubts:
        return
    example = _example(scheme)
    for doubt in open_doubts:
        yield Problem(
            path=doubt.path,
            found=f"the scheme says better_never_lowers, but {doubt.why}{example and f'; for example, {example}'}",
            allowed="a rule that a better rating can only help, or leave better_never_lowers out",
        )


def _example(scheme: Scheme) -> str:
    """A service that would be given less if one criterion were rated better; empty where none was found."""
    order = [outcome.outcome for outcome in scheme.award]
    for service, one in islice(_bettered(scheme), _MOST_TRIED):
        before, after = outcome_of(service).outcome, outcome_of(service.with_scored([one])).outcome
        if order.index(after) > order.index(before):
            return f"with {one.criterion} {one.why} a service would be '{after}' instead of '{before}'"
    return ""


def _bettered(scheme: Scheme) -> Iterator[tuple[Score, Scored]]:
    """Services that could exist, each with one rating that would be better."""
    for profile in profiles(scheme):
        blank, known = rated(scheme, profile)
        for service in services(blank, known):
            for name in service.standing(Standing.MET, Standing.NOT_MET):
                better = (one for one in known[name] if is_better(one, service.by_id[name], service))
                yield from ((service, one) for one in islice(better, 1))
