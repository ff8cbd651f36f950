"""Faults in scores: levels said twice, circles, a score of a group where no group is looked at."""

from collections.abc import Iterator, Mapping

from accreditation.scheme.document import Path
from accreditation.scheme.figure import LevelPoints, ScoreFigure
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, missing, unknown
from accreditation.scheme.rule import LevelIs
from accreditation.scheme.score import Score
from accreditation.scheme.walk import Found, nodes

NO_LEVEL = "none"


def problems_of_scores(scheme: Scheme) -> Iterator[Problem]:
    """Is every score worked out from others alone, and every level of it said once?"""
    for name, score in scheme.scores.items():
        path: Path = ("scores", name)
        if score.per is not None and not scheme.groups(score.per):
            yield _no_such_groups((*path, "per"), score.per)
        yield from _levels(path, score)
    yield from _circles(scheme)


def _no_such_groups(path: Path, level: str) -> Problem:
    return Problem(path=path, found=f"the scheme has no {level}s", allowed="a kind of group that criteria belong to")


def _levels(path: Path, score: Score) -> Iterator[Problem]:
    key, steps = next(
        ((key, steps) for key in ("ladder", "levels", "bands") if isinstance(steps := getattr(score, key), tuple)),
        ("", ()),
    )
    before: set[str] = set()
    for position, step in enumerate(steps):
        here = (*path, key, position, "level")
        if step.level == NO_LEVEL:
            yield Problem(path=here, found=f"'{NO_LEVEL}' is the word for no level at all", allowed="any other id")
        if step.level is not None and step.level in before:
            yield Problem(path=here, found=f"the level '{step.level}' is here a second time", allowed="each once")
        before |= {step.level} if step.level is not None else set()


def uses(scheme: Scheme) -> Mapping[str, tuple[tuple[Path, str], ...]]:
    """Which scores does each score refer to, and where?"""
    found: dict[str, list[tuple[Path, str]]] = {name: [] for name in scheme.scores}
    for one in nodes(scheme):
        name = score_named(one.node)
        if one.path[0] == "scores" and name in scheme.scores:
            found[str(one.path[1])].append((one.path, name))
    return {name: tuple(others) for name, others in found.items()}


def score_named(node: object) -> str | None:
    """Which score does this rule or figure look at?"""
    match node:
        case ScoreFigure():
            return node.score
        case LevelPoints():
            return node.level_points
        case LevelIs():
            return node.level
        case _:
            return None


def _circles(scheme: Scheme) -> Iterator[Problem]:
    """Every ring of scores that are worked out from each other, told once, at the first of them."""
    refers = uses(scheme)
    done: set[str] = set()
    for start in scheme.scores:
        ring = _ring(start, refers, done)
        if ring:
            place = next(path for path, other in refers[ring[0]] if other == ring[1 % len(ring)])
            words = " -> ".join([*ring, ring[0]])
            found = f"a circle: {words}" if len(ring) > 1 else f"'{ring[0]}' is worked out from itself"
            yield Problem(path=place, found=found, allowed="scores that are worked out from others, and end somewhere")


def _ring(start: str, refers: Mapping[str, tuple[tuple[Path, str], ...]], done: set[str]) -> list[str]:
    """A circle that can be reached from here and was not told yet; what was looked at is done."""
    way = [] if start in done else [start]
    left = {name: [other for _, other in others] for name, others in refers.items()}
    while way:
        name = way[-1]
        if not left[name]:
            done.add(way.pop())
            continue
        follows = left[name].pop()
        if follows in way:
            done.update(way)
            return way[way.index(follows) :]
        if follows not in done:
            way.append(follows)
    return []


def problems_of_score_used(found: Found, scheme: Scheme) -> Iterator[Problem]:
    """Is the score there that this rule or figure looks at, is it clear of which group, and does it have the level?"""
    name = score_named(found.node)
    if name is None:
        return
    key = next(key for key in ("score", "level_points", "level") if getattr(found.node, key, None) == name)
    if name not in scheme.scores:
        yield missing((*found.path, key), name, scheme.scores, "score")
        return
    score = scheme.scores[name]
    yield from _of_group(found, key, name, scheme)
    has_levels = score.figure is None or score.bands is not None
    if key != "score" and not has_levels:
        allowed = "a score with bands, ladder or levels; or compare its number, with score:"
        yield Problem(path=(*found.path, key), found=f"the score '{name}' has no levels", allowed=allowed)
    elif isinstance(found.node, LevelIs) and not (isinstance(score.bands, str) and score.bands not in scheme.bands):
        levels = scheme.levels_of(name)
        node, where = found.node, f" in '{name}'"
        asked = [node.at_least] if node.at_least is not None else []
        yield from unknown((*found.path, "at_least"), asked, levels, "level", where=where, at_key=False)
        yield from unknown((*found.path, "is"), node.is_ or (), levels, "level", where=where, at_key=False)


def _of_group(found: Found, key: str, name: str, scheme: Scheme) -> Iterator[Problem]:
    per, of = scheme.scores[name].per, found.node.of
    if per is None and of is not None:
        said = f"'{name}' is one for the whole, and has no '{of}'"
        yield Problem(path=(*found.path, "of"), found=said, allowed="leave of out, or write per: in the score")
    elif per is not None and of is not None:
        yield from unknown((*found.path, "of"), [of], scheme.groups(per), per, at_key=False)
    elif per is not None and per not in found.groups:
        said = f"'{name}' is worked out for every {per}, and it is not said for which"
        allowed = f"of: one {per}, or look at it within each: {per}"
        yield Problem(path=(*found.path, key), found=said, allowed=allowed)
