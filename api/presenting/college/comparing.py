"""Two editions side by side: what was added, removed, renumbered and reworded, with the words that differ marked."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from accreditation.rules.rule_words import InWords, RuleReader
from accreditation.scheme.change import AREAS, Area, Change, Kind
from accreditation.scheme.compare import Comparison, compare
from accreditation.scheme.model import Scheme
from api.presenting.college.written import PROSE, Author
from api.words import Words, capital, marked

_ABOUT = re.compile(r"criterion (\S+) \(")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_OUTCOME = re.compile(r"outcome ([a-z0-9_]+)")
_LIKE = re.compile(r"; it reads like (\S+), which is withdrawn")

MOST_ALIKE = 400
"""Tokens of a text in which single words are looked for; of longer ones the whole is told as old and new."""

LEAST_ALIKE = 0.35
"""Where less than this is the same, single words marked here and there help nobody."""

KINDS: Mapping[Kind, tuple[str, str]] = {
    "added": (marked("New"), "green"),
    "withdrawn": (marked("Removed"), "red"),
    "reworded": (marked("Reworded"), "blue"),
    "moved": (marked("Moved"), "grey"),
    "retyped": (marked("Another type"), "orange"),
    "rescaled": (marked("Another scale"), "orange"),
    "remeasured": (marked("Measured otherwise"), "orange"),
    "applicability": (marked("Concerns others"), "orange"),
    "evidence": (marked("Other evidence"), "orange"),
    "weight": (marked("Another weight"), "orange"),
    "tags": (marked("Other tags"), "grey"),
    "critical": (marked("Critical or not"), "orange"),
    "not_applicable": (marked("Not applicable"), "orange"),
    "mapping": (marked("Maps elsewhere"), "grey"),
    "changed": (marked("Changed"), "orange"),
    "reordered": (marked("Another order"), "grey"),
}
"""What happened -> its tag."""

TITLES: Mapping[Area, str] = {
    "edition": marked("The edition as a whole"),
    "criteria": marked("Criteria"),
    "award": marked("Award"),
    "scores": marked("Scores and bands"),
    "scales": marked("Scales, and what counts"),
    "profile": marked("Facts about a service"),
    "process": marked("Review and timetable"),
    "sources": marked("Sources and audits"),
}
"""What changes are about -> the heading over them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of a text; `marked` where the other text has not got them."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One change: what it is about, and the old and the new words by pieces; none where there is no such text."""

    kind: str
    colour: str
    about: str
    words: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The changes of one part of a scheme."""

    key: str
    title: str
    changes: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A whole comparison."""

    lead: str
    same: bool
    sections: tuple[Section, ...]
    kept: str
    again: tuple[str, ...]


def compared(before: Scheme, after: Scheme, words: Words) -> Compared:
    """What changed from one edition to the other, by parts of the scheme, and what a running cycle could keep."""
    found = compare(before, after)
    renumbered = {new: old for one in found.changes for new, old in _renumbered(one)}
    rules = _Rules(before, after, words)
    sections = []
    for area in AREAS:
        told = [one for one in found.changes if one.area == area and _id(one) not in renumbered.values()]
        if told:
            shown = [_shown(one, renumbered, rules, words) for one in told]
            once = tuple(dict.fromkeys(shown))  # a rule that differs in several places is told whole, once
            sections.append(Section(key=area, title=words(TITLES[area]), changes=once))
    return Compared(
        lead=_lead(found, len(renumbered), words), same=not found.changes, sections=tuple(sections),
        kept=_kept(found, words),
        again=tuple(
            f"{one.criterion} {one.title}: {one.because}" for one in found.carries if one.fate == "incompatible"
        ),
    )  # fmt: skip


def _id(change: Change) -> str:
    """The id of the criterion that this change is about, if it is about one."""
    about = _ABOUT.match(change.about)
    return "" if about is None else about[1]


def _renumbered(change: Change) -> Iterator[tuple[str, str]]:
    """The new and the old id of a criterion that only has another one."""
    like = _LIKE.search(change.words)
    if change.kind == "added" and like is not None:
        yield _id(change), like[1]


def _lead(found: Comparison, renumbered: int, words: Words) -> str:
    if not found.changes:
        return words("Nothing differs: both say the same.")
    criteria = [one for one in found.changes if _id(one)]
    by_kind = {kind: len({one.about for one in criteria if one.kind == kind}) for kind in ("added", "withdrawn")}
    other = len({one.about for one in criteria if one.kind not in by_kind})
    rest = len(found.changes) - len(criteria)
    said = [
        words.many(one, more, number)
        for one, more, number in (
            ("%(number)s new criterion", "%(number)s new criteria", by_kind["added"] - renumbered),
            ("%(number)s criterion removed", "%(number)s criteria removed", by_kind["withdrawn"] - renumbered),
            ("%(number)s criterion renumbered", "%(number)s criteria renumbered", renumbered),
            ("%(number)s criterion changed", "%(number)s criteria changed", other),
            ("%(number)s other change", "%(number)s other changes", rest),
        )
        if number
    ]
    return f"{', '.join(said)}."


def _kept(found: Comparison, words: Words) -> str:
    kept, again = found.fates.get("compatible", 0), found.fates.get("incompatible", 0)
    if not again:
        return words(
            "If the office carries a running cycle over, it keeps its answers to %(kept)s criteria. Cycles that are "
            "not carried over stay on their edition.", kept=kept,
        )  # fmt: skip
    return words(
        "If the office carries a running cycle over, it keeps its answers to %(kept)s criteria and answers %(again)s "
        "again. Cycles that are not carried over stay on their edition.",
        kept=kept, again=again,
    )  # fmt: skip


def _shown(change: Change, renumbered: Mapping[str, str], rules: "_Rules", words: Words) -> Shown:
    said, colour = KINDS[change.kind]
    name, told, texts = _id(change), change.words, (change.old, change.new)
    about = capital(rules.author.about(change.about))
    if change.kind == "added" and name in renumbered:
        said, colour = marked("Renumbered"), "yellow"
        told = words("The words are the same. Under another number no answer is carried over.")
        texts = (renumbered[name], name)
    elif change.kind in ("added", "withdrawn"):
        told = ""
        if name:
            texts = (rules.criterion(rules.before, name, change.old), rules.criterion(rules.after, name, change.new))
    elif rules.both(change) is not None:
        about, texts = rules.title(change), rules.both(change) or texts
        told = words("its rule")
    elif change.area == "edition":
        about, told = capital(told), ""
    if texts == (change.old, change.new) and not _prose(change):
        texts = (rules.author.value(change.old), rules.author.value(change.new))
    old, new = pieces(*(_day(text, words) for text in texts))
    return Shown(kind=words(said), colour=colour, about=about, words=capital(told), old=old, new=new)


def _prose(change: Change) -> bool:
    """Are the texts of this change titles, sentences or days, and not values in the language of standards?"""
    if change.kind in ("added", "withdrawn"):
        return not (change.old or change.new).startswith("{")
    return change.words.rpartition(", ")[2] in PROSE or _ISO.fullmatch(change.new or change.old) is not None


def _day(text: str, words: Words) -> str:
    """A day as people read it; other text as it is."""
    return words.day(date.fromisoformat(text)) if _ISO.fullmatch(text) else text


class _Rules:
    """What an outcome asks in either edition, in words, and what a criterion does."""

    def __init__(self, before: Scheme, after: Scheme, words: Words) -> None:
        self.before, self.after = before, after
        self.author = Author((before, after), words)
        self._readers: dict[str, RuleReader] = {}

    def both(self, change: Change) -> tuple[str, str] | None:
        """The rule of an outcome before and after; None where the change is of something else."""
        outcome = _OUTCOME.fullmatch(change.about)
        if outcome is None or not change.words.startswith("its rule"):
            return None
        return self._rule(self.before, outcome[1]), self._rule(self.after, outcome[1])

    def title(self, change: Change) -> str:
        """What the outcome is called now."""
        return self.after.outcome(change.about.partition(" ")[2]).title

    def criterion(self, scheme: Scheme, name: str, place: str) -> str:
        """What a criterion of this edition asks, and where it stands; nothing where the edition has none of this id."""
        return f"{scheme.by_id[name].statement} ({place})" if name in scheme.by_id else ""

    def _rule(self, scheme: Scheme, outcome: str) -> str:
        when = scheme.outcome(outcome).when
        if when is None:
            return ""
        reader = self._readers.setdefault(scheme.digest, RuleReader(scheme))
        return "\n".join(_lines(reader.rule(when), 0))


def _lines(rule: InWords, depth: int) -> Iterator[str]:
    """A rule as lines, those that it is made of behind dashes."""
    yield f"{'– ' * depth}{rule.words}"
    for part in rule.parts:
        yield from _lines(part, depth + 1)


def pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts by pieces, those marked that the other has not got. Word by word, where they are alike."""
    before, after = (re.findall(r"\s+|[^\s]+", one) for one in (old, new))
    if not before or not after:
        return _whole(old), _whole(new)
    if max(len(before), len(after)) > MOST_ALIKE:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return _whole(old), _whole(new)
    steps = matcher.get_opcodes()
    return (
        _joined((before[a:b], tag != "equal") for tag, a, b, _, _ in steps if a < b),
        _joined((after[c:d], tag != "equal") for tag, _, _, c, d in steps if c < d),
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(words=text, marked=True),) if text else ()


def _joined(parts: Iterable[tuple[Sequence[str], bool]]) -> tuple[Piece, ...]:
    return tuple(Piece(words="".join(tokens), marked=differs) for tokens, differs in parts)
