"""What is asked of a figure, in words: the number to reach, the level, or the table that turns it into points."""

from accreditation.scheme.model import AuditLevel, Criterion

_ENDS = {"at_least": "at least", "above": "more than", "at_most": "at most", "below": "less than"}


def asked_words(criterion: Criterion) -> str:
    """What does this criterion ask of its figure? Empty where it is not measured."""
    measure = criterion.measure
    if measure is None:
        return ""
    if isinstance(measure, AuditLevel):
        return f"level {measure.level} or better"
    bound = [f"{_ENDS[measure.bound[0]]} {measure.bound[1]} {measure.unit}"] if measure.bound is not None else []
    points = [
        *(["points by a table"] if measure.bands is not None else []),
        *(["points by a formula"] if measure.formula is not None else []),
    ]
    return ", ".join([*bound, *points])
