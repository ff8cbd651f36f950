"""Rules and figures in words that a clinician can read."""

from collections.abc import Iterable

from accreditation.scheme.answer import Answer
from accreditation.scheme.classes import Class, Counted
from accreditation.scheme.figure import (
    Constant,
    Difference,
    EachFigure,
    FactFigure,
    Figure,
    FirstOf,
    Highest,
    HighestOf,
    LevelPoints,
    Lowest,
    LowestOf,
    Mean,
    MeanOf,
    MeasuredFigure,
    NumberFigure,
    PercentOfPoints,
    Points,
    ProductOf,
    Quotient,
    ScoreFigure,
    ShareFigure,
    SumOf,
)
from accreditation.scheme.model import Criterion, Scheme, Threshold
from accreditation.scheme.values import written_number


def class_words(wanted: Class, scheme: Scheme) -> str:
    """The class as people say it, as in 'essential criteria of domain 2 (Arrival)'."""
    kinds = " or ".join(scheme.types[kind].title.lower() for kind in wanted.type or ())
    words = " ".join(part for part in ("critical" if wanted.critical else "", kinds, "criteria") if part)
    if wanted.critical is False:
        words += " that are not critical"
    if wanted.criteria is not None:
        words += f" {_listed(wanted.criteria)}"
    if wanted.tag is not None:
        words += f" marked {_listed(tag.replace('_', ' ') for tag in wanted.tag)}"
    for level, names in (("standard", wanted.standard), ("domain", wanted.domain)):
        if names is not None:
            words += f" of {level} {_listed(_titled(scheme, level, name) for name in names)}"
    return words


def _titled(scheme: Scheme, level: str, name: str) -> str:
    groups = scheme.groups("domain" if level == "domain" else "standard")
    group = groups.get(name) or scheme.groups("section")[name]
    return f"{name} ({group.title})"


def _listed(names: Iterable[str]) -> str:
    return " or ".join(names)


def counted_words(counted: Counted, scheme: Scheme) -> str:
    """What is counted, as in 'met' or 'rated Good or better'."""
    if counted.rated is not None:
        return f"rated {_listed(rating_words(name, scheme) for name in counted.rated)}"
    if counted.rated_at_least is not None:
        return f"rated {rating_words(counted.rated_at_least, scheme)} or better"
    return (counted.counting or "met").replace("_", " ")


def rating_words(name: str, scheme: Scheme) -> str:
    """The title of a rating, whichever scale has it."""
    scales = (scheme.scale, *scheme.scales.values())
    return next((scale[name].title for scale in scales if name in scale), name)


def answer_words(answer: Answer, *, criterion: Criterion, scheme: Scheme) -> str:
    """What was answered to this criterion, or found of it, as people say it, without the note."""
    if answer.state != "rated":
        return answer.state.replace("_", " ").capitalize()
    if answer.rating is not None:
        return rating_words(answer.rating, scheme)
    if answer.level is not None:
        return f"level {answer.level}"
    unit = criterion.measure.unit if isinstance(criterion.measure, Threshold) else ""
    if answer.measured is not None:
        return f"{written_number(answer.measured)} {unit}".strip()
    return f"a series of {len(answer.series)} numbers"


def figure_words(figure: Figure, scheme: Scheme) -> str:
    """The figure as people say it, as in 'the mean points of the core criteria'."""
    match figure:
        case Mean():
            return f"the mean points of the {class_words(figure.mean, scheme)}{_over(figure)}"
        case Points():
            return f"the points of the {class_words(figure.points, scheme)}"
        case PercentOfPoints():
            return f"the percentage of possible points of the {class_words(figure.percent_of_points, scheme)}"
        case Lowest():
            return f"the lowest points of any of the {class_words(figure.lowest, scheme)}"
        case Highest():
            return f"the highest points of any of the {class_words(figure.highest, scheme)}"
        case NumberFigure():
            return f"the number of {class_words(figure.number, scheme)} that are {counted_words(figure, scheme)}"
        case ShareFigure():
            return f"the percentage of {class_words(figure.share, scheme)} that are {counted_words(figure, scheme)}"
        case ScoreFigure():
            return _score_words(figure.score, figure.of, scheme)
        case LevelPoints():
            return f"the points for the level of {_score_words(figure.level_points, figure.of, scheme)}"
        case MeasuredFigure():
            return f"the measured value of {figure.measured} ({scheme.by_id[figure.measured].title})"
        case FactFigure():
            return f"the service's '{figure.fact.replace('_', ' ')}'"
        case Constant():
            return written_number(figure.constant)
        case EachFigure():
            return f"the {figure.take}, over every {figure.each}, of {figure_words(figure.figure, scheme)}"
        case Difference():
            return "the first less the second"
        case Quotient():
            return "the first divided by the second"
        case _:
            return _of_list(figure)


def _of_list(figure: MeanOf | SumOf | ProductOf | LowestOf | HighestOf | FirstOf) -> str:
    match figure:
        case MeanOf():
            weights = ", ".join(written_number(weight) for weight in figure.weights or ())
            return f"the mean of these, weighted {weights}" if weights else "the mean of these"
        case SumOf():
            return "the sum of these"
        case ProductOf():
            return "the product of these"
        case LowestOf():
            return "the lowest of these"
        case HighestOf():
            return "the highest of these"
        case FirstOf():
            return "the first of these that has a value"


def _over(figure: Mean) -> str:
    if not figure.groups:
        return ", all taken together"
    return "".join(f", as the mean of the means of every {level}" for level in figure.groups)


def _score_words(score: str, of: str | None, scheme: Scheme) -> str:
    about = scheme.scores[score]
    if of is not None and about.per is not None:
        return f"{about.title} of {scheme.groups(about.per)[of].title}"
    return about.title
