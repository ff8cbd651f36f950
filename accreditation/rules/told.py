"""An award and its working as plain data: what is kept with a recommendation, and what is shown."""

from typing import Any

from accreditation.rules.award import Award
from accreditation.rules.improvement import Choice, Improvement
from accreditation.rules.result import Limited
from accreditation.rules.working import Graded, Working


def told_working(working: Working) -> dict[str, Any]:
    """One rule or figure at work, as data. `holds` is None for a figure, which is no statement."""
    return {
        "rule": working.rule,
        "needed": working.needed,
        "found": working.found,
        "holds": working.holds,
        "in_the_way": list(working.in_the_way),
        "parts": [told_working(part) for part in working.parts],
    }


def told_score(graded: Graded) -> dict[str, Any]:
    """One score of the scheme, as data: as it is published, its level where it has one, and its working."""
    return {
        "score": graded.score,
        "title": graded.title,
        "group": graded.group,
        "shown": graded.shown,
        "level": graded.level,
        "working": told_working(graded.working),
    }


def improvement_words(improvement: Improvement) -> str:
    """Which criteria to improve, and to what, as in '1.01 to Met; 1 of 2.01, 2.02 to 90 %'."""
    words = "; ".join(_choice_words(choice) for choice in improvement.choices)
    told = any(choice.needed < len(choice.of) for choice in improvement.choices)
    return f"{words} (other sets as small would do as well)" if improvement.several and not told else words


def _choice_words(choice: Choice) -> str:
    names = ", ".join(choice.of)
    some = names if choice.needed == len(choice.of) else f"{choice.needed} of {names}"
    return f"{some} to {choice.to}" if choice.to else some


def _told_limit(limited: Limited) -> dict[str, Any]:
    return {
        "instead_of": limited.instead_of,
        "at_best": limited.at_best,
        "because": limited.because,
        "working": told_working(limited.working),
        "in_the_way": list(limited.in_the_way),
    }


def told_award(award: Award) -> dict[str, Any]:
    """An award with everything that explains it, as data."""
    return {
        "outcome": award.outcome,
        "title": award.title,
        "awarded": award.awarded,
        "judgement": award.judgement,
        "valid_for": None if award.valid_for is None else award.valid_for.model_dump(mode="json", exclude_none=True),
        "working": [{"outcome": outcome, **told_working(working)} for outcome, working in award.working],
        "limited": [_told_limit(one) for one in award.limited],
        "scores": [told_score(one) for one in award.scores],
        "stands_in_the_way": list(award.stands_in_the_way),
        "improvements": [improvement.model_dump(mode="json") for improvement in award.improvements],
        "conditions": [
            {
                "needed": one.needed,
                "criteria": list(one.criteria),
                "within": str(one.within),
                "when_met": one.when_met,
                "when_missed": one.when_missed,
            }
            for one in award.conditions
        ],
    }
