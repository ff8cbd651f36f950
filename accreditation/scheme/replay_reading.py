"""Reads the mapping of a replay beside its scheme and the headings of the table: whole, or all its faults at once."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from accreditation.errors import StandardsFaulty
from accreditation.scheme.case import NO_LEVEL
from accreditation.scheme.criterion import AuditLevel
from accreditation.scheme.document import Document, Path
from accreditation.scheme.explain import explain
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, unknown
from accreditation.scheme.replay import AnswerColumn, FactColumn, Replay, ScoreColumn, WordColumn
from accreditation.scheme.source import read_document

AnyColumn = AnswerColumn | FactColumn | ScoreColumn | WordColumn


def read_replay(*, file: str, content: bytes, scheme: Scheme, headings: Sequence[str]) -> Replay:
    """What does this mapping say? Raises StandardsFaulty with every fault by file, line and column.

    Criteria, facts, scores, levels, outcomes and ratings must be those of the scheme, and columns those of the table.
    """
    document = read_document(file=file, content=content)
    replay = None if document.data is None else _shaped(document)
    if replay is not None and not document.faults:
        for problem in (*_of_scheme(replay, scheme), *_of_headings(replay, headings)):
            fault = document.nearest(problem.path).fault(found=problem.found, allowed=problem.allowed)
            document.faults.append(fault)
    if replay is None or document.faults:
        raise StandardsFaulty(tuple(dict.fromkeys(document.faults)))
    return replay


def _shaped(document: Document) -> Replay | None:
    """The mapping, or None with the faults of shape noted in the document."""
    try:
        return Replay.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if not document.is_spoiled(detail["loc"]):
                found, allowed = explain(Replay, detail)
                document.faults.append(document.nearest(detail["loc"]).fault(found=found, allowed=allowed))
    return None


def _columns(replay: Replay) -> Iterator[tuple[Path, AnyColumn]]:
    """Every column that the mapping names, but those that name a row, with the path it is written at."""
    yield from ((("profile", name), fact) for name, fact in replay.profile.items())
    yield from ((("answers", name), answer) for name, answer in replay.answers.items())
    kinds: Mapping[str, Mapping[str, object]] = {"scores": replay.expect.scores, "levels": replay.expect.levels}
    for kind, named in kinds.items():
        for name, found in named.items():
            if isinstance(found, ScoreColumn | WordColumn):
                yield ("expect", kind, name), found
            elif isinstance(found, dict):
                yield from ((("expect", kind, name, group), one) for group, one in found.items())
    if replay.expect.outcome is not None:
        yield ("expect", "outcome"), replay.expect.outcome


def _of_headings(replay: Replay, headings: Sequence[str]) -> Iterator[Problem]:
    """Columns that the table does not have, or has twice."""
    named: list[tuple[Path, str]] = [(("row", place), heading) for place, heading in enumerate(replay.row)]
    named += [((*path, "column"), found.column) for path, found in _columns(replay)]
    for path, heading in named:
        yield from unknown(path, [heading], list(headings), "column", at_key=False)
        if headings.count(heading) > 1:
            found = f"the table has {headings.count(heading)} columns '{heading}'"
            yield Problem(path=path, found=found, allowed="give each its own heading in the table")


def _of_scheme(replay: Replay, scheme: Scheme) -> Iterator[Problem]:
    """Names that lead nowhere in the scheme, and words that do not answer."""
    yield from unknown(("profile",), replay.profile, list(scheme.profile), "fact of the profile")
    yield from unknown(("answers",), replay.answers, list(scheme.by_id), "criterion")
    for name, fact in replay.profile.items():
        asked = scheme.profile.get(name)
        for word, stated in fact.words.items():
            if asked is not None and not asked.takes(stated):
                path = ("profile", name, "words", word)
                yield Problem(path=path, found=f"'{stated}' does not answer '{asked.question}'", allowed=asked.allowed)
    for name, answer in replay.answers.items():
        if name in scheme.by_id:
            known = ratings_and_levels(scheme, name, replay)
            yield from _words(("answers", name), answer.words, known, "rating")
    yield from _of_scores(replay, scheme)
    if replay.expect.outcome is not None:
        outcomes = [known.outcome for known in scheme.award]
        yield from _words(("expect", "outcome"), replay.expect.outcome.words, outcomes, "outcome")


def ratings_and_levels(scheme: Scheme, criterion: str, replay: Replay) -> list[str]:
    """What a cell may say of this criterion, but for numbers: the ratings of its scale, the levels of its audit."""
    about = scheme.by_id[criterion]
    levels = scheme.audits[about.measure.audit].levels if isinstance(about.measure, AuditLevel) else ()
    return [*levels, *scheme.scale_of(about, replay.by)]


def _words(path: Path, words: Mapping[str, str], known: list[str], what: str) -> Iterator[Problem]:
    for word, meant in words.items():
        yield from unknown((*path, "words", word), [meant], known, what, at_key=False)


def _of_scores(replay: Replay, scheme: Scheme) -> Iterator[Problem]:
    kinds: Mapping[str, Mapping[str, object]] = {"scores": replay.expect.scores, "levels": replay.expect.levels}
    for kind, named in kinds.items():
        yield from unknown(("expect", kind), named, list(scheme.scores), "score")
        for name, found in named.items():
            if name in scheme.scores:
                yield from _of_groups(("expect", kind, name), name, found, scheme)
    for path, column in _columns(replay):
        if path[:2] == ("expect", "levels") and isinstance(column, WordColumn) and path[2] in scheme.scores:
            yield from _words(path, column.words, [NO_LEVEL, *scheme.levels_of(str(path[2]))], "level")


def _of_groups(path: Path, name: str, found: object, scheme: Scheme) -> Iterator[Problem]:
    per = scheme.scores[name].per
    if per is None and isinstance(found, dict):
        yield Problem(path=path, found=f"'{name}' is one for the whole", allowed="write its column alone")
    elif per is not None and isinstance(found, dict):
        yield from unknown(path, found, list(scheme.groups(per)), per)
    elif per is not None:
        first = next(iter(scheme.groups(per)), per)
        said = f"'{name}' is worked out for every {per}"
        yield Problem(path=path, found=said, allowed=f"write which: {{{first}: its column}}")
