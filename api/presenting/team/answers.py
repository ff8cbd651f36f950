"""An answer in words, and as the fields of the form in which it is given."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from accreditation.scheme.answer import Answer, Point
from accreditation.scheme.scale import ScaleRating
from accreditation.scheme.values import written_number
from accreditation.views.own_criterion import Asked
from api.inputs.own_answer import LEVEL, NUMBER, POINTS, RATING, STATES, Typed
from api.words import Words, capital, marked

OURS = {
    NUMBER: marked("We have measured it"), POINTS: marked("We have measured it"),
    "too_few_cases": marked("We have too few cases to say"),
    "not_applicable": marked("This does not apply to our service"),
}  # fmt: skip
"""What a team chooses beside ratings and levels."""

THEIRS = {
    NUMBER: marked("The number that I accept is"), POINTS: marked("The numbers that I accept are"),
    "too_few_cases": marked("There are too few cases to say"), "not_applicable": marked("This does not apply to them"),
}  # fmt: skip
"""What a reviewer chooses in their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that may be chosen: what is sent, what is read, a hint, and the field that belongs to it, if any."""

    value: str
    words: str
    hint: str = ""
    field: str = ""


def answer_words(answer: Answer, *, scale: Mapping[str, ScaleRating], unit: str, words: Words) -> str:
    """What was answered, without its note."""
    if answer.state != "rated":
        return {
            "not_applicable": words("Does not apply"), "too_few_cases": words("Too few cases"),
            "not_answered": words("Not answered yet"),
        }[answer.state]  # fmt: skip
    if answer.rating is not None:
        return scale[answer.rating].title if answer.rating in scale else answer.rating
    if answer.measured is not None:
        return f"{answer.measured} {unit}".strip()
    if answer.level is not None:
        return words("Level %(level)s", level=answer.level)
    return words.many("A table of %(number)s number", "A table of %(number)s numbers", len(answer.series))


def options(asked: Asked, words: Words) -> tuple[Option, ...]:
    """What may be chosen to answer this."""
    found = [
        Option(value=f"{RATING}{name}", words=rating.title, hint=rating.meaning) for name, rating in asked.scale.items()
    ]
    found += [Option(value=f"{LEVEL}{name}", words=words("Level %(level)s", level=name)) for name in asked.levels]
    if asked.unit:
        field = POINTS if asked.steps else NUMBER
        found.append(Option(value=field, words=words(OURS[NUMBER]), field=field))
    if asked.too_few:
        found.append(Option(value="too_few_cases", words=words(OURS["too_few_cases"])))
    if asked.not_applicable:
        hint = words("Say in the note why.")
        found.append(Option(value="not_applicable", words=words(OURS["not_applicable"]), hint=hint))
    return tuple(found)


def choices(asked: Asked) -> frozenset[str]:
    """What may be sent as the choice."""
    found = [*(f"{RATING}{name}" for name in asked.scale), *(f"{LEVEL}{name}" for name in asked.levels)]
    states = {"too_few_cases": asked.too_few, "not_applicable": asked.not_applicable}
    return frozenset([*found, NUMBER, POINTS, *(state for state, may in states.items() if may)])


def chosen_words(choice: str, words: Words, *, reviews: bool) -> str:
    """What was chosen in the form, where nobody can look up how its scheme calls it; empty for nothing."""
    if choice in OURS:
        return words((THEIRS if reviews else OURS)[choice])
    if choice.startswith(LEVEL):
        return words("Level %(level)s", level=choice.removeprefix(LEVEL))
    return capital(choice.removeprefix(RATING).replace("_", " "))


def typed_of(answer: Answer, asked: Asked, *, version: int) -> Typed:
    """This answer as the fields of its form."""
    choice = str(answer.state) if answer.state in STATES else ""
    if answer.rating is not None:
        choice = f"{RATING}{answer.rating}"
    elif answer.level is not None:
        choice = f"{LEVEL}{answer.level}"
    elif answer.measured is not None:
        choice = NUMBER
    elif answer.series:
        choice = POINTS
    return Typed(
        choice=choice, number="" if answer.measured is None else str(answer.measured),
        points="\n".join(_line(point, asked) for point in answer.series), steps=",".join(asked.steps),
        compared=asked.benchmark, note=answer.note, seen=str(version),
    )  # fmt: skip


def differs(typed: Typed, standing: Typed) -> bool:
    """Does the form hold something else than what is saved? Browsers end lines in their own way."""

    def said(one: Typed) -> tuple[str, ...]:
        return one.choice, one.number.strip(), *(each.replace("\r\n", "\n").strip() for each in (one.points, one.note))

    return said(typed) != said(standing)


def in_form(sent: Typed | None, beside: Typed | None, standing: Typed, *, stale: bool) -> Typed:
    """What stands in the form: what was refused, what is not saved yet, or what stands.

    Where both answers were told (`stale`), sending one's own once more puts it over the other.
    """
    given = sent or (beside if beside is not None and differs(beside, standing) else None)
    if given is None:
        return standing
    return replace(given, seen=standing.seen) if stale else given


def columns(asked: Asked, words: Words) -> str:
    """What a line of the table of numbers consists of."""
    parts = [*(step.replace("_", " ") for step in asked.steps), words("number")]
    return ", ".join([*parts, words("benchmark")] if asked.benchmark else parts)


def _line(point: Point, asked: Asked) -> str:
    numbers = [point.value] if point.benchmark is None else [point.value, point.benchmark]
    return ", ".join([*(point.at.get(step, "") for step in asked.steps), *map(written_number, numbers)])
