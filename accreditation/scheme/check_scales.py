"""Faults in rating scales and in what criteria are measured by."""

from collections.abc import Iterator
from typing import get_args

from accreditation.scheme.answer import State
from accreditation.scheme.criterion import Criterion
from accreditation.scheme.document import Path
from accreditation.scheme.measure import AuditLevel, Formula, Threshold
from accreditation.scheme.model import By, Scheme
from accreditation.scheme.problem import Problem, repeated, unknown
from accreditation.scheme.scale import Scale

STATES = frozenset(get_args(State)) - {"rated"}
BY: tuple[By, ...] = get_args(By)


def problems_of_scales(scheme: Scheme) -> Iterator[Problem]:
    """Do ratings go from the best to the worst, tell met from not met, and are they not called like a state?"""
    yield from _scale(("scale",), scheme.scale)
    for name, scale in scheme.scales.items():
        yield from _scale(("scales", name), scale)
    if scheme.self_scale is not None:
        yield from unknown(("self_scale",), [scheme.self_scale], scheme.scales, "scale", at_key=False)


def _scale(path: Path, scale: Scale) -> Iterator[Problem]:
    met = [rating.counts_as_met for rating in scale.values()]
    if len(set(met)) < 2:
        found = "the scale cannot tell met from not met"
        yield Problem(path=path, found=found, allowed="at least one rating of each")
    if met != sorted(met, reverse=True):
        found = "a rating that counts as met stands below one that does not"
        yield Problem(path=path, found=found, allowed="list ratings from the best to the worst")
    points = [rating.points for rating in scale.values() if rating.points is not None]
    if points and len(points) < len(scale):
        lacking = ", ".join(name for name, rating in scale.items() if rating.points is None)
        yield Problem(
            path=path, found=f"points for some ratings, none for {lacking}", allowed="points for all, or none"
        )
    elif points not in (sorted(points, reverse=True), sorted(points)):  # penalties rise
        found = "the points neither fall nor rise from the first rating to the last"
        yield Problem(path=path, found=found, allowed="list ratings from the best to the worst")
    for name in scale:
        if name in STATES:
            found = f"'{name}' is not a rating but a state of its own"
            yield Problem(path=(*path, name), found=found, allowed="any other id; this state is always there")


def scales_are_known(criterion: Criterion, scheme: Scheme) -> bool:
    """Does every name of a scale that concerns this criterion lead somewhere?"""
    named = (criterion.scale, criterion.self_scale, scheme.self_scale)
    return all(name is None or name in scheme.scales for name in named)


def problems_of_measure(path: Path, criterion: Criterion, scheme: Scheme) -> Iterator[Problem]:
    """Can this criterion be rated and measured as it says?"""
    for key, name in (("scale", criterion.scale), ("self_scale", criterion.self_scale)):
        yield from unknown((*path, key), [name] if name else [], scheme.scales, "scale", at_key=False)
    here = (*path, "measure")
    match criterion.measure:
        case AuditLevel() as asked:
            yield from _audit(here, asked, scheme)
        case Threshold() as asked:
            yield from repeated((*here, "series"), [step.each for step in asked.series], "")
            if asked.formula is not None:
                yield from _formula((*here, "formula"), asked.formula, bound=asked.bound is not None)
            if isinstance(asked.bands, str):
                yield from unknown((*here, "bands"), [asked.bands], scheme.bands, "band table", at_key=False)
            if scales_are_known(criterion, scheme):
                yield from _levels((*here, "bands"), criterion, asked, scheme)


def _audit(path: Path, asked: AuditLevel, scheme: Scheme) -> Iterator[Problem]:
    yield from unknown((*path, "audit"), [asked.audit], scheme.audits, "audit", at_key=False)
    audit = scheme.audits.get(asked.audit)
    if audit is not None:
        yield from unknown((*path, "level"), [asked.level], audit.levels, "level", at_key=False)


def _formula(path: Path, formula: Formula, *, bound: bool) -> Iterator[Problem]:
    if formula.times == 0:
        found = "times 0: every value would earn the same points"
        yield Problem(path=(*path, "times"), found=found, allowed="any other number")
    low, high = formula.at_least, formula.at_most
    if low is not None and high is not None and low >= high:
        found = f"at_least {low} is not below at_most {high}"
        yield Problem(path=(*path, "at_least"), found=found, allowed="at_least below at_most")
    if high is None and not bound:
        found = "points without a cap, and no number to reach: nothing would ever count as met"
        yield Problem(path=path, found=found, allowed="at_most in the formula, or at_least or at_most in the measure")


def _levels(path: Path, criterion: Criterion, asked: Threshold, scheme: Scheme) -> Iterator[Problem]:
    """A band's level is a rating: of the scale that a reviewer rates on, and of the team's."""
    if asked.bands is None or (isinstance(asked.bands, str) and asked.bands not in scheme.bands):
        return
    for position, band in enumerate(scheme.bands_of(asked.bands)):
        at = path if isinstance(asked.bands, str) else (*path, position, "level")
        for by in BY:
            scale = scheme.scale_of(criterion, by)
            if band.level is not None and band.level not in scale:
                where = f" on the scale of criterion {criterion.id}"
                yield from unknown(at, [band.level], scale, "rating", where=where, at_key=False)
                break
