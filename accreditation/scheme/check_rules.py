"""Faults in rules and figures: names that lead nowhere, classes of no criterion, numbers that cannot be worked out."""

from collections.abc import Iterable, Iterator, Mapping

from accreditation.scheme.check_facts import problems_of_facts
from accreditation.scheme.check_scales import BY, scales_are_known
from accreditation.scheme.check_scores import problems_of_score_used, score_named
from accreditation.scheme.check_tree import lost_criteria
from accreditation.scheme.classes import Class, Counted
from accreditation.scheme.document import Path
from accreditation.scheme.figure import EachFigure, Mean, MeasuredFigure, PercentOfPoints, Quotient
from accreditation.scheme.measure import Threshold
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, known_or_said, missing, unknown
from accreditation.scheme.rule import AnyOf, EachHolds
from accreditation.scheme.walk import Found, nodes, nodes_in


def problems_of_rules(scheme: Scheme) -> Iterator[Problem]:
    """Can every rule and figure be worked out, from things that are there?"""
    known = _known(scheme)
    for found in nodes(scheme):
        for key, wanted in classes_of(found.node):
            yield from _class((*found.path, key), wanted, scheme, known)
        yield from problems_of_facts(found, scheme)
        yield from problems_of_score_used(found, scheme)
        yield from _node(found, scheme)
    for position, outcome in enumerate(scheme.award):
        if outcome.conditions is not None:
            yield from _class(("award", position, "conditions", "on"), outcome.conditions.on, scheme, known)


def classes_of(node: object) -> Iterator[tuple[str, Class]]:
    """The classes that this node names, each with its key."""
    for key in getattr(type(node), "model_fields", ()):
        if isinstance(wanted := getattr(node, key), Class):
            yield key, wanted


def _known(scheme: Scheme) -> Mapping[str, Mapping[str, object]]:
    return {
        "type": scheme.types,
        "domain": dict.fromkeys(domain.id for domain in scheme.domains),
        "standard": {**scheme.groups("standard"), **scheme.groups("section")},
        "tag": scheme.groups("tag"),
        "criteria": scheme.by_id,
    }


_WORDS = {"criteria": "criterion", "standard": "standard or section"}


def _class(path: Path, wanted: Class, scheme: Scheme, known: Mapping[str, Mapping[str, object]]) -> Iterator[Problem]:
    """Does every name in this class lead somewhere, and is there a criterion in it?"""
    sound = True
    for key, names in known.items():
        asked = getattr(wanted, key)
        yield from unknown((*path, key), asked or (), names, _WORDS.get(key, key), at_key=False)
        sound = sound and known_or_said(asked, names)
    if sound and not scheme.members(wanted) and not _misplaced(wanted, scheme):
        words = " and ".join(_written(key, value) for key, value in wanted if value is not None)
        allowed = "a class that some criterion belongs to"
        yield Problem(path=path, found=f"no criterion is {words}", allowed=allowed)


def _misplaced(wanted: Class, scheme: Scheme) -> bool:
    """Could a criterion whose own type or standard leads nowhere have been meant for this class?"""
    by_type = wanted.type is not None and any(one.type not in scheme.types for one in scheme.criteria)
    return by_type or (wanted.standard is not None and lost_criteria(scheme))


def _written(key: str, value: object) -> str:
    if isinstance(value, tuple):
        names = " or ".join(map(str, value)) or "nothing"
        return f"among {names}" if key == "criteria" else f"of {key} {names}"
    return "critical" if value is True and key == "critical" else "there" if value is True else "not critical"


def _node(found: Found, scheme: Scheme) -> Iterator[Problem]:
    node, path = found.node, found.path
    if isinstance(node, Counted):
        yield from _rated(path, node, scheme)
    if isinstance(node, EachHolds | EachFigure) and not scheme.groups(node.each):
        yield _no_groups((*path, "each"), node.each)
    if isinstance(node, Mean):
        yield from _mean(path, node, scheme)
    if isinstance(node, MeasuredFigure):
        yield from _measured((*path, "measured"), node.measured, scheme)
    if isinstance(node, PercentOfPoints):
        yield from _capped((*path, "percent_of_points"), node.percent_of_points, scheme)
    if isinstance(node, Quotient):
        yield from _divisor((*path, "by"), node)
    if isinstance(node, AnyOf) and node.at_least > len(node.any):
        found_here = f"at least {node.at_least} of {len(node.any)} rules"
        yield Problem(path=(*path, "at_least"), found=found_here, allowed=f"at most {len(node.any)}")


def _no_groups(path: Path, level: str) -> Problem:
    there = "domain, type" if level not in ("domain", "type") else "standard, section, tag"
    return Problem(path=path, found=f"the scheme has no {level}s", allowed=f"write them in, or group by {there}")


def _rated(path: Path, node: Counted, scheme: Scheme) -> Iterator[Problem]:
    """Is every rating that is counted on a scale of one of the criteria among which it is counted?"""
    if node.rated is None and node.rated_at_least is None:
        return
    members = {name for _, wanted in classes_of(node) for name in scheme.members(wanted)}
    rated = [one for one in scheme.criteria if one.id in members and scales_are_known(one, scheme)]
    ratings = dict.fromkeys(rating for one in rated for by in BY for rating in scheme.scale_of(one, by))
    if ratings:
        where = " on any scale of these criteria"
        least = [node.rated_at_least] if node.rated_at_least is not None else []
        yield from unknown((*path, "rated"), node.rated or (), ratings, "rating", where=where, at_key=False)
        yield from unknown((*path, "rated_at_least"), least, ratings, "rating", where=where, at_key=False)


def _mean(path: Path, node: Mean, scheme: Scheme) -> Iterator[Problem]:
    """Is there every kind of group that the mean goes over, and does no criterion of it stand outside?"""
    for level in node.groups:
        position, groups = node.over.index(level), scheme.groups(level)
        if not groups:
            yield _no_groups((*path, "over", position), level)
            continue
        inside = {name for group in groups.values() for name in group.criteria}
        outside = sorted(scheme.members(node.mean) - inside)
        if outside and not lost_criteria(scheme):
            found = f"criterion {_some(outside)} in no {level}, and would be left out of the mean"
            yield Problem(path=(*path, "over", position), found=found, allowed=f"{level}: in each of these criteria")


def _some(names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]} is"
    return f"{', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''} are"


def _measured(path: Path, name: str, scheme: Scheme) -> Iterator[Problem]:
    criterion = scheme.by_id.get(name)
    if criterion is None:
        yield missing(path, name, scheme.by_id, "criterion")
    elif not isinstance(criterion.measure, Threshold) or criterion.measure.series:
        allowed = "a criterion whose measure has a unit, and is no series"
        yield Problem(path=path, found=f"no single number is measured for criterion {name}", allowed=allowed)


def _capped(path: Path, wanted: Class, scheme: Scheme) -> Iterator[Problem]:
    open_ended = [name for name in _of_class(wanted, scheme) if _without_cap(name, scheme)]
    if open_ended:
        found = f"criterion {open_ended[0]} earns points by a formula without a cap: of how many, nobody can say"
        yield Problem(path=path, found=found, allowed="at_most in its formula, or another class")


def _of_class(wanted: Class, scheme: Scheme) -> Iterable[str]:
    members = scheme.members(wanted)
    return (criterion.id for criterion in scheme.criteria if criterion.id in members)


def _without_cap(name: str, scheme: Scheme) -> bool:
    measure = scheme.by_id[name].measure
    return isinstance(measure, Threshold) and measure.formula is not None and measure.formula.at_most is None


def _divisor(path: Path, node: Quotient) -> Iterator[Problem]:
    """What is divided by is the same whatever is rated: or a better rating could make the whole worse."""
    for inner in nodes_in(node.by, path):
        key = next((key for key, _ in classes_of(inner.node)), None)
        name = score_named(inner.node)
        if key is not None or name is not None:
            said = f"divided by {f'the score {name!r}' if name is not None else key}, which depends on ratings"
            allowed = (
                "a constant, a fact or what is measured; for a part of a whole write mean, share, percent_of_points"
            )
            yield Problem(path=inner.path, found=said, allowed=allowed)
            return
