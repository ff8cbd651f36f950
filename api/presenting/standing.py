"""How a result stands on a day, in sentences of any language: in English just those that the view gives."""

from collections.abc import Sequence
from datetime import date

from accreditation.views.aftermath import ConditionShown
from accreditation.views.results import Result
from api.words import Words


def stands(one: Result, *, on: date, words: Words) -> str:
    """How does the result stand on this day?"""
    said = [_validity(one, on, words), _conditions(one.conditions, on, words)]
    if one.appeal is not None and one.appeal.answered_on is None:
        day = words.day(one.appeal.lodged_on)
        said.append(
            words("The team appealed on %(day)s. Until the appeal is answered the decision stands.", day=day)
            if one.appeal.decision_stands_meanwhile
            else words(
                "The team appealed on %(day)s. Until the appeal is answered the decision does not stand.", day=day
            )
        )
    return " ".join(filter(None, said))


def _validity(one: Result, on: date, words: Words) -> str:
    if not one.awarded:
        return words("No award is held.")
    if one.valid_until is None:
        return words("The award has no last day.")
    day = words.day(one.valid_until)
    if on <= one.valid_until:
        return words("The award is valid until %(day)s.", day=day)
    return words(
        "This award expired on %(day)s. It says how the service stood when it was decided, and nothing about today.",
        day=day,
    )


def _conditions(conditions: Sequence[ConditionShown], on: date, words: Words) -> str:
    left = [one for one in conditions if one.met_on is None]
    if not conditions:
        return ""
    if not left:
        return words("Every condition is met.")
    last = min(one.due_on for one in left)
    values = {"number": len(left), "of": len(conditions), "day": words.day(last)}
    if len(conditions) == 1:
        return (
            words("Its condition is still to be met by %(day)s.", day=values["day"])
            if on <= last
            else words("Its condition is still to be met though the time was over on %(day)s.", day=values["day"])
        )
    if on <= last:
        return words.many(
            "%(number)s of its %(of)s conditions is still to be met by %(day)s.",
            "%(number)s of its %(of)s conditions are still to be met by %(day)s.",
            len(left), of=len(conditions), day=values["day"],
        )  # fmt: skip
    return words.many(
        "%(number)s of its %(of)s conditions is still to be met though the time was over on %(day)s.",
        "%(number)s of its %(of)s conditions are still to be met though the time was over on %(day)s.",
        len(left), of=len(conditions), day=values["day"],
    )  # fmt: skip


def appeal_ended(one: Result, words: Words) -> str:
    """How the appeal ended; while it is open, `stands` says so."""
    if one.appeal is None or one.appeal.answered_on is None:
        return ""
    lodged = words("The team appealed on %(day)s.", day=words.day(one.appeal.lodged_on))
    day = {"day": words.day(one.appeal.answered_on)}
    if one.appeal.heard_by is None:
        ended = (
            words("The college upheld the appeal on %(day)s.", **day)
            if one.appeal.upheld
            else words("The college dismissed the appeal on %(day)s.", **day)
        )
    else:
        ended = (
            words(
                "The college upheld the appeal on %(day)s, heard by a panel of %(panel)s.",
                panel=one.appeal.heard_by,
                **day,
            )
            if one.appeal.upheld
            else words(
                "The college dismissed the appeal on %(day)s, heard by a panel of %(panel)s.",
                panel=one.appeal.heard_by,
                **day,
            )
        )
    return f"{lodged} {ended}"
