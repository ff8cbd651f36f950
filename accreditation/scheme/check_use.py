"""What nothing uses: mostly a name misspelt somewhere else, or a rule that was forgotten."""

from collections.abc import Iterable, Iterator

from accreditation.scheme.check_scores import score_named
from accreditation.scheme.ends import Ends, FactLimit, NumberBy, ShareBy
from accreditation.scheme.figure import FactFigure
from accreditation.scheme.measure import Threshold
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem
from accreditation.scheme.rule import FactIs
from accreditation.scheme.walk import nodes


def problems_of_use(scheme: Scheme, *, shown: Iterable[str] = ()) -> Iterator[Problem]:
    """Which scales, band tables, scores, facts and types does nothing use?

    A score is used where it is published, where a rule or a figure looks at it, and where a worked case names it
    (`shown`). Sources and tags may wait for a use.
    """
    yield from _unused("types", scheme.types, {one.type for one in scheme.criteria}, "no criterion is of this type")
    yield from _unused("scales", scheme.scales, _scales(scheme), "nothing uses this scale")
    yield from _unused("bands", scheme.bands, _bands(scheme), "nothing uses this band table")
    yield from _unused("profile", scheme.profile, _facts(scheme), "nothing depends on this fact")
    used = {score_named(found.node) for found in nodes(scheme)} | set(shown)
    used |= {name for name, score in scheme.scores.items() if score.published}
    yield from _unused("scores", scheme.scores, used, "nothing uses this score")


_USES = {
    "types": "give a criterion this type",
    "scales": "name it in a criterion, with scale: or self_scale:",
    "bands": "name it in a score or a measure, with bands:",
    "profile": "name it under applies_when or in a rule, and ask nobody for what is not needed",
    "scores": "name it in a rule, show it with published: true, or expect it in a worked case",
}


def _unused(key: str, names: Iterable[str], used: Iterable[object], found: str) -> Iterator[Problem]:
    known = set(used)
    for name in names:
        if name not in known:
            yield Problem(path=(key, name), found=f"{found}: '{name}'", allowed=f"{_USES[key]}; or delete it")


def _scales(scheme: Scheme) -> set[str | None]:
    return {scheme.self_scale} | {name for one in scheme.criteria for name in (one.scale, one.self_scale)}


def _bands(scheme: Scheme) -> set[object]:
    measures = [one.measure for one in scheme.criteria]
    named = [one.bands for one in measures if isinstance(one, Threshold)]
    return {name for name in [*named, *(score.bands for score in scheme.scores.values())] if isinstance(name, str)}


def _facts(scheme: Scheme) -> set[str]:
    used = {fact for one in scheme.criteria for fact in one.applies_when}
    used |= {fact for one in scheme.holidays for fact in one.applies_when}
    for found in nodes(scheme):
        if isinstance(found.node, FactIs | FactFigure):
            used.add(found.node.fact)
        if isinstance(found.node, Ends):
            limits = found.node.given().values()
            used |= {one.fact for one in limits if isinstance(one, FactLimit)}
            used |= {one.by for one in limits if isinstance(one, NumberBy | ShareBy)}
    return used
