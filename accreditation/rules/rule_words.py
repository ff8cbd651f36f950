"""A scheme's own rules in words, before anybody has answered anything: what an outcome, a limit or a score asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from accreditation.rules import scoring
from accreditation.rules.figures import figure_of
from accreditation.rules.judging import work
from accreditation.rules.working import Working
from accreditation.scheme.bands import Band
from accreditation.scheme.classes import Level
from accreditation.scheme.model import Scheme
from accreditation.scheme.rule import AllOf, AnyOf, EachHolds, FactIs, Not, Rule
from accreditation.scheme.score import Score, Step
from accreditation.scheme.values import written_number


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """A rule or a figure as a sentence, and the rules or figures that it is made of."""

    words: str
    parts: tuple["InWords", ...] = ()


_LEVELS: tuple[Level, ...] = ("domain", "standard", "section", "type", "tag")


class RuleReader:
    """Says the rules of one scheme. A score that a rule looks at is named, and told among the scores."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._nothing = scoring.score(scheme=scheme, profile={}, answers={})
        self._scores = tuple(one.title for one in scheme.scores.values())
        self._of_one = {
            f"{title}: {group.title}": title
            for one in scheme.scores.values()
            if one.per is not None
            for title in [one.title]
            for group in scheme.groups(one.per).values()
        }
        self._groups = tuple(
            f"{level} {name} ({group.title})" for level in _LEVELS for name, group in scheme.groups(level).items()
        )

    def rule(self, rule: Rule) -> InWords:
        """What does this rule ask?"""
        return self._rule(rule, self._nothing)

    def score(self, about: Score) -> InWords:
        """How is this score worked out, and which levels does it have?"""
        return InWords(
            words=about.title if about.per is None else f"{about.title}, for every {about.per}",
            parts=tuple(self._ways(about)),
        )

    def _rule(self, rule: Rule, within: scoring.Score) -> InWords:
        working = work(rule, within)
        match rule:
            case AllOf():
                parts = tuple(self._rule(inner, within) for inner in rule.all)
            case AnyOf():
                parts = tuple(self._rule(inner, within) for inner in rule.any)
            case Not():
                parts = (self._rule(rule.not_, within),)
            case EachHolds():
                groups = within.groups(rule.each, rule.among)  # what is asked of one is asked of all
                parts = tuple(self._rule(rule.holds, within.of_group(rule.each, name)) for name in list(groups)[:1])
            case FactIs():
                return InWords(words=f"{working.rule} {working.needed}")
            case _:
                return self._told(working)
        return InWords(words=working.rule, parts=parts)

    def _ways(self, about: Score) -> Iterator[InWords]:
        within = self._nothing
        if about.per is not None:
            within = within.of_group(about.per, next(iter(within.groups(about.per))))
        if about.figure is not None:
            yield self._told(figure_of(about.figure, within))
        if about.bands is not None:
            bands = self._scheme.bands_of(about.bands)
            yield InWords(words="its levels", parts=tuple(InWords(words=_band(one)) for one in bands))
        for said, steps in (
            ("climbed from the lowest, as far as the rule of each step holds", about.ladder),
            ("the first whose rule holds", about.levels),
        ):
            if steps is not None:
                yield InWords(words=said, parts=tuple(self._step(one, within) for one in steps))
        if about.otherwise is not None:
            yield InWords(words=f"otherwise {plain(about.otherwise)}")

    def _step(self, step: Step, within: scoring.Score) -> InWords:
        return InWords(words=f"{plain(step.level)}, where this holds:", parts=(self._rule(step.when, within),))

    def _told(self, working: Working) -> InWords:
        """What is asked, without what was found. The figure that a rule compares is in the rule's own words."""
        if working.rule.startswith(self._scores):
            one = next((name for name in self._of_one if working.rule.startswith(name)), None)
            return InWords(words=working.rule if one is None else working.rule.replace(one, self._of_one[one], 1))
        inner = working.parts
        if len(inner) == 1 and working.rule.startswith(inner[0].rule):
            inner = inner[0].parts
        asked = (part for part in inner if not part.rule.startswith(self._groups))  # a mean says of which groups it is
        return InWords(words=working.rule, parts=tuple(self._told(part) for part in asked))


def plain(level: str) -> str:
    """How is a level's key written in a sentence?"""
    return level.replace("_", " ")


def _band(band: Band) -> str:
    points = None if band.points is None else f"{written_number(band.points)} points"
    gives = ", ".join(filter(None, (None if band.level is None else f"level {band.level}", points)))
    return f"{gives}: {band}"
