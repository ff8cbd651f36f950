"""What a team's form says of one criterion: the fields as they were typed, and the answer that they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from accreditation.actions.rate import Given
from accreditation.errors import Fault, Invalid
from accreditation.scheme.answer import Answer, Point
from api.inputs.assessment import MOST_POINTS
from api.inputs.bounds import LARGEST_ID, MeasuredSent

NUMBER, POINTS, LEVEL, RATING = "number", "points", "level:", "rating:"
"""What may be chosen: a number, a table of numbers, a level or a rating (with its name behind it), or a state."""

STATES = ("not_applicable", "too_few_cases")

_EXACT: TypeAdapter[Decimal] = TypeAdapter(MeasuredSent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields of the form. `steps` and `compared` come with it and say what a line of `points` consists of."""

    choice: str = ""
    number: str = ""
    points: str = ""
    steps: str = ""
    compared: bool = False
    note: str = ""
    seen: str = "0"

    def given(self) -> Given:
        """The answer, and the version that stood on the page. Raises Invalid, whose faults name the field."""
        seen = (
            self.seen
            if self.seen.isascii() and self.seen.isdecimal() and len(self.seen) < len(str(LARGEST_ID))
            else "0"
        )
        return Given(answer=self.answer(), seen_version=int(seen))

    def answer(self) -> Answer:
        """The answer. Words without a choice are kept, and answer nothing yet."""
        choice, note = self.choice, self.note.replace("\r\n", "\n").strip()
        if not choice and (self.number.strip() or self.points.strip()):
            choice = NUMBER if self.number.strip() else POINTS
        if choice in STATES:
            return Answer.model_validate({"state": choice, "note": note})
        if choice.startswith(RATING):
            return Answer(rating=choice.removeprefix(RATING), note=note)
        if choice.startswith(LEVEL):
            return Answer(level=choice.removeprefix(LEVEL), note=note)
        if choice == NUMBER:
            return Answer(measured=_number("number", self.number), note=note)
        if choice == POINTS:
            return Answer(series=_points(self), note=note)
        return Answer(state="not_answered", note=note)


def _number(field: str, text: str, where: str = "") -> Decimal:
    try:
        return _EXACT.validate_python(text.strip().removesuffix("%").strip())
    except ValidationError:
        if not (where or text.strip()):
            raise Invalid([Fault(where=field, found="nothing", allowed="type the number, like 82.5")]) from None
        found = repr(text.strip()[:40]) if text.strip() else "nothing"
        raise Invalid([Fault(where=field, found=f"{where}{found}", allowed="a number, like 82.5")]) from None


def _points(typed: Typed) -> tuple[Point, ...]:
    """A table of numbers: a line each, with where it stands, the number and, where it is compared, the benchmark."""
    lines = [line for line in typed.points.splitlines() if line.strip()]
    if len(lines) > MOST_POINTS:
        raise Invalid([Fault(where="points", found=f"{len(lines)} lines", allowed=f"at most {MOST_POINTS}")])
    points: list[Point] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        try:
            points.append(_point(typed, number, line))
        except Invalid as refusal:
            faults += refusal.faults
    if faults or not points:
        raise Invalid(faults or [Fault(where="points", found="nothing", allowed="type a line for each number")])
    return tuple(points)


def _point(typed: Typed, number: int, line: str) -> Point:
    steps, parts = typed.steps.split(","), [part.strip() for part in line.split(",")]
    wanted = len(steps) + 1 + typed.compared
    if len(parts) != wanted:
        allowed = f"{wanted} parts with a comma between them: {', '.join(_columns(steps, compared=typed.compared))}"
        raise Invalid([Fault(where="points", found=f"line {number}: {len(parts)} parts", allowed=allowed)])
    numbers = [_number("points", part, f"line {number}: ") for part in parts[len(steps) :]]
    return Point.model_validate({
        "at": dict(zip(steps, parts, strict=False)), "value": numbers[0],
        "benchmark": numbers[1] if typed.compared else None,
    })  # fmt: skip


def _columns(steps: list[str], *, compared: bool) -> Iterator[str]:
    yield from (step.replace("_", " ") for step in steps)
    yield "number"
    if compared:
        yield "benchmark"
