"""Whether an answer may be given to a criterion, and what is missing before a team can submit."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Literal

from accreditation.errors import Fault
from accreditation.scheme.answer import NOT_ANSWERED, Answer, Answers
from accreditation.scheme.model import AuditLevel, Criterion, Profile, Scheme, Threshold

By = Literal["team", "reviewer"]

MAX_MEASURED = Decimal(10) ** 9
"""No share, time, ratio or count that a clinical service measures is larger."""


def faults_of_answer(*, criterion: Criterion, answer: Answer, scheme: Scheme, by: By) -> tuple[Fault, ...]:
    """What is wrong with this answer to this criterion? Empty where nothing is.

    A team gives the measured value where the criterion is measured, or says that there are too few cases;
    a reviewer rates on the scale, or confirms that the cases of a measured criterion are too few.
    """
    where = f"criterion {criterion.id}"
    if answer.state != "rated":
        return tuple(_unrated(where, criterion, answer, scheme))
    if criterion.measure is None or by == "reviewer":
        return _on_the_scale(where, answer, scheme)
    return _measured(where, answer, criterion.measure, scheme)


def _unrated(where: str, criterion: Criterion, answer: Answer, scheme: Scheme) -> Iterator[Fault]:
    said = f"'{_words(answer)}'"
    extra = [name for name in ("rating", "measured", "level") if getattr(answer, name) is not None]
    if extra:
        yield _fault(where, f"{', '.join(extra)} beside {said}", f"{said} stands alone")
    if answer.state == "not_applicable" and scheme.not_applicable.needs_reason and not answer.note.strip():
        yield _fault(where, f"{said} without a reason", "say in the note why it does not apply to this service")
    if answer.state == "too_few_cases" and criterion.measure is None:
        yield _fault(where, f"{said} where nothing is counted", f"a rating of the scale: {', '.join(scheme.scale)}")


def missing_answers(*, scheme: Scheme, profile: Profile, answers: Answers) -> tuple[Fault, ...]:
    """Which criteria that apply are not answered yet, in the order of the standard?"""
    return tuple(
        _fault(
            f"criterion {criterion.id}",
            f"'{criterion.title}' is not answered",
            "answer it, or say why it does not apply",
        )
        for criterion in scheme.applicable(profile)
        if answers.get(criterion.id, NOT_ANSWERED).state == "not_answered"
    )


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
        and _claims(answers.get(criterion.id, NOT_ANSWERED), scheme)
    )


def _claims(answer: Answer, scheme: Scheme) -> bool:
    if answer.state != "rated":
        return False
    return answer.rating is None or scheme.scale[answer.rating].counts_as_met


def _asked(criterion: Criterion) -> str:
    return "; ".join(asked.title for asked in criterion.evidence if asked.required)


def _words(answer: Answer) -> str:
    return answer.state.replace("_", " ")


def _fault(where: str, found: str, allowed: str) -> Fault:
    return Fault(where=where, found=found, allowed=allowed)


def _shown(answer: Answer) -> str:
    given: Mapping[str, object] = {"rating": answer.rating, "measured": answer.measured, "level": answer.level}
    return ", ".join(f"{name} '{value}'" for name, value in given.items() if value is not None) or "nothing"


def _on_the_scale(where: str, answer: Answer, scheme: Scheme) -> tuple[Fault, ...]:
    if answer.rating in scheme.scale and answer.measured is None and answer.level is None:
        return ()
    return (_fault(where, _shown(answer), f"a rating of the scale: {', '.join(scheme.scale)}"),)


def _measured(where: str, answer: Answer, measure: Threshold | AuditLevel, scheme: Scheme) -> tuple[Fault, ...]:
    if isinstance(measure, AuditLevel):
        levels = scheme.audits[measure.audit].levels
        if answer.level in levels and answer.measured is None and answer.rating is None:
            return ()
        return (
            _fault(where, _shown(answer), f"the level in {scheme.audits[measure.audit].title}: {', '.join(levels)}"),
        )
    if answer.measured is None or answer.level is not None or answer.rating is not None:
        return (_fault(where, _shown(answer), f"the measured value in {measure.unit}"),)
    top = Decimal(100) if measure.unit == "%" else MAX_MEASURED
    if not 0 <= answer.measured <= top:
        return (_fault(where, f"{answer.measured} {measure.unit}", f"a number from 0 to {top}"),)
    return ()
