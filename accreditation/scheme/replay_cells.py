"""What a cell of a published table says: an answer, a fact, or a result to compare with."""

import re
from decimal import Decimal

from accreditation.errors import Fault
from accreditation.scheme.answer import Answer
from accreditation.scheme.case import NO_LEVEL
from accreditation.scheme.criterion import AuditLevel, Criterion, Threshold
from accreditation.scheme.explain import did_you_mean
from accreditation.scheme.facts import Fact, FactValue
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import FactColumn, Output, Replay
from accreditation.scheme.replay_reading import ratings_and_levels

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?\Z")
_UNREADABLE = "\ufffd"
"""What stands where bytes were no UTF-8 text."""

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def number(text: str) -> Decimal | None:
    """The exact number that is written here, with or without a percent sign; None where it is none."""
    plain = text.removesuffix("%").rstrip()
    return Decimal(plain) if _NUMBER.match(plain) else None


def answer(text: str, *, criterion: Criterion, scheme: Scheme, replay: Replay) -> Answer | None:
    """What does this cell answer to the criterion? None where it is nothing that the mapping and the scheme know."""
    named = replay.answers[criterion.id].words.get(text, text)
    measure = criterion.measure
    if isinstance(measure, AuditLevel) and named in scheme.audits[measure.audit].levels:
        return Answer(level=named)
    if named in scheme.scale_of(criterion, replay.by):
        return Answer(rating=named)
    state = replay.unrated.get(text)
    if state is not None:
        return Answer.model_validate({"state": state})
    measured = number(named) if isinstance(measure, Threshold) and not measure.series else None
    return None if measured is None else Answer(measured=measured)


def fault_of_answer(text: str, *, criterion: Criterion, scheme: Scheme, replay: Replay) -> Fault:
    """Why such a cell is no answer, and what is."""
    column = replay.answers[criterion.id]
    words = [*column.words, *ratings_and_levels(scheme, criterion.id, replay), *filter(None, replay.unrated)]
    measured = "a number, " if isinstance(criterion.measure, Threshold) else ""
    meant = did_you_mean(text, words)
    allowed = f"{measured}{', '.join(words)} or an empty cell are known; or write anything_else in the mapping"
    return fault(column.column, text, f"is no answer to {criterion.id}{meant}", allowed)


def fault(column: str, text: str, what: str, allowed: str) -> Fault:
    """What is wrong with this cell."""
    if _UNREADABLE in text:
        return Fault(where=f"column '{column}'", found="not UTF-8 text", allowed="save the table as CSV in UTF-8")
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return Fault(where=f"column '{column}'", found=f"'{shown}' {what}", allowed=allowed)


def fact(text: str, *, column: FactColumn, asked: Fact) -> FactValue | Fault | None:
    """What does this cell state? None where it is empty; a fault where it does not answer."""
    stated: FactValue | None = column.words.get(text)
    if stated is None and text:
        of_kind = {"yes_no": _TRUTHS.get(text.lower()), "choice": text, "number": number(text)}
        stated = of_kind[asked.kind]
    if stated is None and not text:
        return None
    if stated is None or not asked.takes(stated):
        return fault(column.column, text, f"does not answer '{asked.question}'", f"{asked.allowed} is known")
    return stated


def published(text: str, *, output: Output, scheme: Scheme, replay: Replay) -> Decimal | str | Fault | None:
    """What was published in this cell: a number, or an id; None where there is nothing to compare.

    `anything_else` is for answers only: a result that cannot be read is told, never passed over.
    """
    named = output.words.get(text, text)
    if output.kind == "score":
        found: Decimal | str | None = number(text)
        allowed = "a number"
    else:
        levels = [one.outcome for one in scheme.award] if output.kind == "outcome" else [*scheme.levels_of(output.of)]
        found = named if named in [*levels, *([NO_LEVEL] if output.words.get(text) else [])] else None
        allowed = ", ".join(dict.fromkeys([*output.words, *levels]))
    if found is not None:
        return found
    if text in replay.unrated:
        return None
    return fault(output.column, text, f"is no {output.kind}", f"{allowed} or an empty cell are known")
