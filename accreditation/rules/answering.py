"""Whether an answer may be given to a criterion, and what is missing before a team can submit."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from accreditation.errors import Fault
from accreditation.scheme.answer import NOT_ANSWERED, Answer, Answers
from accreditation.scheme.model import AuditLevel, By, Criterion, Profile, Scheme, Threshold
from accreditation.scheme.series import faults_of_series, shape_of

__all__ = [
    "MAX_MEASURED", "By", "as_draft", "claims", "faults_of_answer", "faults_of_draft", "incomplete_answers",
    "missing_answers", "missing_evidence",
]  # fmt: skip

MAX_MEASURED = Decimal(10) ** 9
"""No share, time, ratio or count that a clinical service measures is larger."""

_GIVEN = ("rating", "measured", "level", "series")


def most_measured(unit: str) -> Decimal:
    """The largest number that can be measured in this unit; the smallest is always 0."""
    return Decimal(100) if unit == "%" else MAX_MEASURED


def faults_of_answer(*, criterion: Criterion, answer: Answer, scheme: Scheme, by: By) -> tuple[Fault, ...]:
    """What is wrong with this answer to this criterion? Empty where nothing is.

    A team gives what is measured where the criterion is measured, or says that there are too few cases. A reviewer
    gives it too, as they accept it, or rates: met or not met is enough where one number is the whole question, but
    not where bands or a formula turn the number into points.
    """
    where = f"criterion {criterion.id}"
    if answer.state != "rated":
        return tuple(_unrated(where, criterion, answer, scheme, by))
    measure = criterion.measure
    given = _given(answer)
    if measure is None or (by == "reviewer" and given in ([], ["rating"]) and not _needs_its_value(measure)):
        return _on_the_scale(where, criterion, answer, scheme, by)
    if isinstance(measure, AuditLevel):
        return _published(where, answer, measure, scheme)
    return _series(where, answer, measure) if measure.series else _measured(where, answer, measure)


def as_draft(answer: Answer) -> Answer:
    """The answer as a draft keeps it: a comment without a rating is kept, and says that nothing is rated yet."""
    bare = answer.state == "rated" and not _given(answer)
    return answer.model_copy(update={"state": "not_answered"}) if bare else answer


def faults_of_draft(*, criterion: Criterion, answer: Answer, scheme: Scheme, by: By) -> tuple[Fault, ...]:
    """What is wrong with this answer that nothing added to it later could mend?

    Not that something is lacking, such as a reason: a draft is kept as it is, and asked for the rest when it is
    handed in.
    """
    whole = answer if answer.note.strip() else answer.model_copy(update={"note": "(to be said)"})
    return faults_of_answer(criterion=criterion, answer=whole, scheme=scheme, by=by)


def _needs_its_value(measure: Threshold | AuditLevel) -> bool:
    """Is a rating too little, because points follow from the number itself?"""
    return isinstance(measure, Threshold) and (measure.bands is not None or measure.formula is not None)


def _unrated(where: str, criterion: Criterion, answer: Answer, scheme: Scheme, by: By) -> Iterator[Fault]:
    said = f"'{_words(answer)}'"
    extra = _given(answer)
    if extra:
        yield _fault(where, f"{', '.join(extra)} beside {said}", f"{said} stands alone")
    if answer.state == "not_applicable" and not criterion.can_be_not_applicable:
        yield _fault(where, said, "this criterion applies to every service that is asked it: say how it stands")
    elif answer.state == "not_applicable" and scheme.not_applicable.needs_reason and not answer.note.strip():
        yield _fault(where, f"{said} without a reason", "say in the note why it does not apply to this service")
    if answer.state == "too_few_cases" and criterion.measure is None:
        yield _fault(where, f"{said} where nothing is counted", _a_rating(criterion, scheme, by))


def missing_answers(*, scheme: Scheme, profile: Profile, answers: Answers) -> tuple[Fault, ...]:
    """Which criteria that apply are not answered yet, in the order of the standard?"""
    return tuple(
        _fault(
            f"criterion {criterion.id}",
            f"'{criterion.title}' is not answered",
            "answer it, or say why it does not apply" if criterion.can_be_not_applicable else "answer it",
        )
        for criterion in scheme.applicable(profile)
        if answers.get(criterion.id, NOT_ANSWERED).state == "not_answered"
    )


def incomplete_answers(*, scheme: Scheme, profile: Profile, answers: Answers, by: By) -> tuple[Fault, ...]:
    """Which criteria that apply are not answered yet, or not wholly, in the order of the standard?"""
    missing = {fault.where: fault for fault in missing_answers(scheme=scheme, profile=profile, answers=answers)}
    faults: list[Fault] = []
    for criterion in scheme.applicable(profile):
        lacking = missing.get(f"criterion {criterion.id}")
        answer = answers.get(criterion.id, NOT_ANSWERED)
        given = faults_of_answer(criterion=criterion, answer=answer, scheme=scheme, by=by)
        faults += given if lacking is None else [lacking]
    return tuple(faults)


def missing_evidence(
    *, scheme: Scheme, profile: Profile, answers: Answers, attached: Collection[str]
) -> tuple[Fault, ...]:
    """Which criteria need evidence that is not attached?

    Evidence is required for what a team says it meets or has measured: nothing is asked for a
    criterion that it says does not apply, has too few cases, or is not met.
    """
    return tuple(
        _fault(f"criterion {criterion.id}", "required evidence is not attached", f"attach: {_asked(criterion)}")
        for criterion in scheme.applicable(profile)
        if criterion.requires_evidence
        and criterion.id not in attached
        and claims(criterion, answers.get(criterion.id, NOT_ANSWERED), scheme)
    )


def claims(criterion: Criterion, answer: Answer, scheme: Scheme) -> bool:
    """Does the team say that it meets this, on its own scale, or has it measured it?"""
    if answer.state != "rated":
        return False
    return answer.rating is None or scheme.scale_of(criterion, "team")[answer.rating].counts_as_met


def _asked(criterion: Criterion) -> str:
    return "; ".join(asked.title for asked in criterion.evidence if asked.required)


def _words(answer: Answer) -> str:
    return answer.state.replace("_", " ")


def _fault(where: str, found: str, allowed: str) -> Fault:
    return Fault(where=where, found=found, allowed=allowed)


def _given(answer: Answer) -> list[str]:
    """Which of rating, measured, level and series the answer carries."""
    return [name for name in _GIVEN if getattr(answer, name) not in (None, ())]


def _shown(answer: Answer) -> str:
    words = {"series": f"a series of {len(answer.series)}"}
    return ", ".join(words.get(name, f"{name} '{getattr(answer, name)}'") for name in _given(answer)) or "nothing"


def _a_rating(criterion: Criterion, scheme: Scheme, by: By) -> str:
    return f"a rating of the scale: {', '.join(scheme.scale_of(criterion, by))}"


def _on_the_scale(where: str, criterion: Criterion, answer: Answer, scheme: Scheme, by: By) -> tuple[Fault, ...]:
    if _given(answer) == ["rating"] and answer.rating in scheme.scale_of(criterion, by):
        return ()
    return (_fault(where, _shown(answer), _a_rating(criterion, scheme, by)),)


def _published(where: str, answer: Answer, measure: AuditLevel, scheme: Scheme) -> tuple[Fault, ...]:
    audit = scheme.audits[measure.audit]
    if _given(answer) == ["level"] and answer.level in audit.levels:
        return ()
    return (_fault(where, _shown(answer), f"the level in {audit.title}: {', '.join(audit.levels)}"),)


def _measured(where: str, answer: Answer, measure: Threshold) -> tuple[Fault, ...]:
    if _given(answer) != ["measured"] or answer.measured is None:
        return (_fault(where, _shown(answer), f"the measured value in {measure.unit}"),)
    return _bounded(where, [answer.measured], measure)


def _bounded(where: str, values: Sequence[Decimal], measure: Threshold) -> tuple[Fault, ...]:
    """Which of these numbers no service can measure?"""
    top = Decimal(100) if measure.unit == "%" else MAX_MEASURED
    return tuple(
        _fault(where, f"{value} {measure.unit}", f"a number from 0 to {top}")
        for value in values
        if not 0 <= value <= top
    )


def _series(where: str, answer: Answer, measure: Threshold) -> tuple[Fault, ...]:
    """Every value stands at its own place, with its benchmark where one is asked, and could have been measured."""
    if _given(answer) != ["series"]:
        return (_fault(where, _shown(answer), shape_of(measure)),)
    wrong = faults_of_series(series=answer.series, measure=measure)
    faults: list[Fault] = []
    for position, point in enumerate(answer.series):
        here = f"{where}, value {position + 1}"
        faults += [_fault(here, one.found, one.allowed) for one in wrong if one.position == position]
        numbers = [point.value] if point.benchmark is None else [point.value, point.benchmark]
        faults += _bounded(here, numbers, measure)
    return tuple(faults)
