"""What a decision asks a team to put right, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accreditation.views.aftermath import ConditionShown
from accreditation.views.awards import DecisionShown
from api.presenting.register_list import Choice
from api.words import Words, marked

SAID: Mapping[str, str] = {"condition": marked("Choose the condition that is met.")}
LABELS: Mapping[str, str] = {
    "reason": marked("How do you know?"), "criteria": marked("Which of them were put right?")
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The page: conditions that can be recorded as met, those that cannot (any more), and criteria to choose from.

    `some` are the criteria of conditions that ask for some of them only: there one says which were put right.
    """

    left: tuple[Choice, ...]
    others: tuple[str, ...]
    some: tuple[Choice, ...]
    then: tuple[str, ...]


def conditions(one: DecisionShown, words: Words, *, on: date) -> Conditions:
    """The conditions as they stand on this day."""
    left = [each for each in one.conditions if each.met_on is None and on <= each.due_on]
    then = []
    if one.conditions and one.conditions[0].when_met is not None:
        title = one.conditions[0].when_met.title
        then.append(words("Once all are met in time, the result becomes: %(title)s.", title=title))
    if one.conditions and one.conditions[0].when_missed is not None:
        title = one.conditions[0].when_missed.title
        then.append(words("If not all are met in time, the result becomes: %(title)s.", title=title))
    return Conditions(
        left=tuple((str(each.id), _words(each, words)) for each in left),
        others=tuple(_over(each, words, on) for each in one.conditions if each not in left),
        some=tuple(
            (of.id, f"{of.id} {of.title}") for each in left if each.needed < len(each.criteria) for of in each.criteria
        ),
        then=tuple(then),
    )  # fmt: skip


def _words(one: ConditionShown, words: Words) -> str:
    named, day = "; ".join(f"{each.id} {each.title}" for each in one.criteria), words.day(one.due_on)
    if one.needed < len(one.criteria):
        return words("%(number)s of these, by %(day)s: %(criteria)s", number=one.needed, day=day, criteria=named)
    return words("By %(day)s: %(criteria)s", day=day, criteria=named)


def condition_words(one: ConditionShown, words: Words) -> str:
    """The condition, and when it was met, where it was."""
    if one.met_on is None:
        return _words(one, words)
    return words("%(what)s – met on %(day)s", what=_words(one, words), day=words.day(one.met_on))


def _over(one: ConditionShown, words: Words, on: date) -> str:
    if one.met_on is not None or on <= one.due_on:
        return condition_words(one, words)
    return words("%(what)s – the time is over", what=_words(one, words))
