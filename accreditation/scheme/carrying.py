"""What a running cycle may carry over from one edition to another: each criterion, each answer, each fact."""

from typing import Literal

from accreditation.scheme.answer import Answer
from accreditation.scheme.criterion import Criterion
from accreditation.scheme.measure import AuditLevel, Measure, Threshold
from accreditation.scheme.model import By, Scheme
from accreditation.scheme.scale import Scale
from accreditation.scheme.values import Part

Fate = Literal["none", "compatible", "incompatible"]
"""`none`: there is nothing to carry, the criterion is new or withdrawn. Else: does the answer as given still hold?"""

NEW = "it is new in this edition"
WITHDRAWN = "it is withdrawn in this edition"


class Carry(Part):
    """What a running cycle may carry over of one criterion, and why not, or what to look at where it may."""

    criterion: str
    title: str
    fate: Fate
    because: str = ""


def carries(old: Scheme, new: Scheme, *, by: By | None = None) -> tuple[Carry, ...]:
    """What may a cycle carry over of each criterion, in the new edition's order and then those withdrawn?

    `by` says whose answers are meant: a team's, a reviewer's, or, where it is left out, both: then a criterion is
    compatible where the answers of both are.
    """
    withdrawn = (
        Carry(criterion=one.id, title=one.title, fate="none", because=WITHDRAWN)
        for one in old.criteria
        if one.id not in new.by_id
    )
    return (*(_carry(old, new, one, by) for one in new.criteria), *withdrawn)


def _carry(old: Scheme, new: Scheme, criterion: Criterion, by: By | None) -> Carry:
    before = old.by_id.get(criterion.id)
    if before is None:
        return Carry(criterion=criterion.id, title=criterion.title, fate="none", because=NEW)
    for who in ("team", "reviewer"):
        if by in (None, who):
            why = _another_question(old, new, criterion.id) or _another_rating(old, new, criterion.id, who)
            if why:
                return Carry(criterion=criterion.id, title=criterion.title, fate="incompatible", because=why)
    return Carry(
        criterion=criterion.id, title=criterion.title, fate="compatible", because=to_look_at(before, criterion)
    )


def why_not_carried(*, old: Scheme, new: Scheme, criterion: str, answer: Answer, by: By) -> str:
    """Why would this answer, given under the old edition, not mean the same under the new one? Empty where it would.

    The criterion must be in both. Whether the answer fits the new criterion at all is for `rules.answering`.
    """
    if answer.state in ("not_answered", "not_applicable"):
        return ""
    why = _another_question(old, new, criterion)
    if why or answer.rating is None:
        return why
    return _ratings(old, new, criterion, by)


def why_fact_not_carried(*, old: Scheme, new: Scheme, fact: str) -> str:
    """Why would what was stated of this fact not mean the same under the new edition? Empty where it would."""
    if fact not in new.profile:
        return "the new edition does not ask for it"
    if fact not in old.profile:
        return "it is new in this edition"
    before, now = old.profile[fact], new.profile[fact]
    if before.kind != now.kind or before.unit != now.unit:
        return f"it was answered with {before.allowed}, and is now answered with {now.allowed}"
    if before.choices is not None and now.choices is not None:
        gone = [name for name in before.choices if name not in now.choices]
        reworded = [name for name, words in before.choices.items() if now.choices.get(name, words) != words]
        if gone or reworded:
            return f"its choices changed: {', '.join(gone or reworded)}"
    return ""


def to_look_at(before: Criterion, now: Criterion) -> str:
    """What should be read again although the answer may be carried over?"""
    if before.statement != now.statement:
        return "its statement is reworded: read whether the answer still says what is asked"
    if before.evidence != now.evidence:
        return "other evidence is asked for"
    return ""


def _another_rating(old: Scheme, new: Scheme, criterion: str, by: By) -> str:
    """Why would a rating not mean the same? Where a number is given in its place, the scale does not matter."""
    before = old.by_id[criterion]
    if before.measure is not None and (by == "team" or not _is_rated_too(before.measure)):
        return ""
    return _ratings(old, new, criterion, by)


def _ratings(old: Scheme, new: Scheme, criterion: str, by: By) -> str:
    """Why would a rating of this criterion not mean the same? On one that is measured it says: the number is enough."""
    before, now = old.by_id[criterion], new.by_id[criterion]
    if isinstance(before.measure, Threshold) and isinstance(now.measure, Threshold):
        if before.measure.bound != now.measure.bound:
            return "it was rated by another threshold"
    elif isinstance(before.measure, AuditLevel) and before.measure != now.measure:
        return "it was rated by another level of the audit"
    return _scales(old.scale_of(before, by), new.scale_of(now, by))


def _is_rated_too(measure: Measure) -> bool:
    """Does a reviewer rate it on the scale rather than give the number?"""
    return not isinstance(measure, Threshold) or (measure.bands is None and measure.formula is None)


def _scales(before: Scale, now: Scale) -> str:
    if list(before) != list(now):
        return f"another scale: {', '.join(before)} became {', '.join(now)}"
    turned = [name for name in now if before[name].counts_as_met != now[name].counts_as_met]
    if turned:
        return f"'{now[turned[0]].title}' {'now counts' if now[turned[0]].counts_as_met else 'counts no longer'} as met"
    return ""


def _another_question(old: Scheme, new: Scheme, criterion: str) -> str:
    """Why is something else measured, or measured otherwise, than before?"""
    before, now = old.by_id[criterion].measure, new.by_id[criterion].measure
    match before, now:
        case None, None:
            return ""
        case None, _:
            return f"it was rated, and is now measured ({_how(now)})"
        case _, None:
            return f"it was measured ({_how(before)}), and is now rated"
        case Threshold(), Threshold():
            return _thresholds(before, now)
        case AuditLevel(), AuditLevel():
            return _audits(old, new, before, now)
        case _:
            return f"it was measured by {_how(before)}, and is now measured by {_how(now)}"


def _how(measure: Measure | None) -> str:
    if isinstance(measure, AuditLevel):
        return f"the audit's level of {measure.indicator}"
    return "" if measure is None else f"a number in {measure.unit}"


def _thresholds(before: Threshold, now: Threshold) -> str:
    if before.unit != now.unit:
        return f"another unit: {before.unit} became {now.unit}"
    if before.period != now.period:
        return f"another period: '{before.period or 'none'}' became '{now.period or 'none'}'"
    over, now_over = [one.each for one in before.series], [one.each for one in now.series]
    if over != now_over:
        return f"another series: {_series(over)} became {_series(now_over)}"
    low, high = _direction(before), _direction(now)
    if low and high and low != high:
        return f"another kind of threshold: {low} became {high}"
    return ""


def _series(over: list[str]) -> str:
    return f"a value for each {' and '.join(over)}" if over else "one value"


def _direction(measure: Threshold) -> str:
    bound = measure.bound
    if bound is None:
        return ""
    return "more is better" if bound[0] in ("at_least", "above") else "less is better"


def _audits(old: Scheme, new: Scheme, before: AuditLevel, now: AuditLevel) -> str:
    if (before.audit, before.indicator) != (now.audit, now.indicator):
        return f"another indicator: {before.audit} {before.indicator} became {now.audit} {now.indicator}"
    levels, now_levels = old.audits[before.audit].levels, new.audits[now.audit].levels
    if levels != now_levels:
        return f"the audit's levels: {', '.join(levels)} became {', '.join(now_levels)}"
    return ""
