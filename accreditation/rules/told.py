"""An award and its working as plain data: what is kept with a recommendation, and what is shown."""

from typing import Any

from accreditation.rules.award import Award
from accreditation.rules.working import Working


def told_working(working: Working) -> dict[str, Any]:
    """One rule at work, as data."""
    return {
        "rule": working.rule,
        "needed": working.needed,
        "found": working.found,
        "holds": working.holds,
        "in_the_way": list(working.in_the_way),
        "parts": [told_working(part) for part in working.parts],
    }


def told_award(award: Award) -> dict[str, Any]:
    """An award with everything that explains it, as data."""
    return {
        "outcome": award.outcome,
        "title": award.title,
        "awarded": award.awarded,
        "working": [{"outcome": outcome, **told_working(working)} for outcome, working in award.working],
        "stands_in_the_way": list(award.stands_in_the_way),
        "improvements": [improvement.model_dump(mode="json") for improvement in award.improvements],
        "conditions": [
            {"needed": one.needed, "criteria": list(one.criteria), "within": str(one.within)}
            for one in award.conditions
        ],
    }
