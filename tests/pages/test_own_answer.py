"""What a form's fields say as an answer, and an answer as a form's fields."""

import pytest

from accreditation.errors import Fault, Invalid
from accreditation.scheme.answer import Answer, Point
from accreditation.views.own_criterion import Asked
from api.inputs.own_answer import Typed
from api.presenting.team.answers import typed_of

TABLE = "\n".join(["A, 2026-1, 82.5, 80", "B, 2026-1, 79, 80.25"])
OF_TABLE = Answer(
    series=(
        Point(at={"ward": "A", "quarter": "2026-1"}, value="82.5", benchmark="80"),
        Point(at={"ward": "B", "quarter": "2026-1"}, value="79", benchmark="80.25"),
    )
)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (Typed(choice="rating:met", note=" So. "), Answer(rating="met", note="So.")),
        (Typed(choice="level:B"), Answer(level="B")),
        (Typed(choice="not_applicable", note="a\r\nb", number="7"), Answer(state="not_applicable", note="a\nb")),
        (Typed(choice="too_few_cases"), Answer(state="too_few_cases")),
        (Typed(choice="number", number=" 92.50 % "), Answer(measured="92.50")),
        (Typed(number="7"), Answer(measured="7")),  # who types a number need not choose as well
        (Typed(points=f"\n{TABLE}\n\n", steps="ward,quarter", compared=True), OF_TABLE),
        (Typed(note="Later."), Answer(state="not_answered", note="Later.")),
        (Typed(choice="none of these"), Answer(state="not_answered")),
    ],
)
def test_fields_as_an_answer(typed: Typed, answer: Answer) -> None:
    assert typed.answer() == answer


def test_an_answer_as_fields_is_the_same_answer_again() -> None:
    asked = Asked(
        scale={}, unit="%", steps=("ward", "quarter"), benchmark=True, levels=(), threshold="", period="",
        not_applicable=True, too_few=True,
    )  # fmt: skip
    for answer in (
        Answer(rating="met", note="So."), Answer(level="B"), Answer(measured="92.50"), OF_TABLE,
        Answer(state="not_applicable", note="No."), Answer(state="too_few_cases"), Answer(state="not_answered"),
    ):  # fmt: skip
        typed = typed_of(answer, asked, version=3)
        assert (typed.answer(), typed.given().seen_version) == (answer, 3)


def test_every_line_of_a_table_that_is_wrong_is_named() -> None:
    typed = Typed(points="A, 2026-1, 82.5, 80\nB, 79\nC, 2026-1, many, 80", steps="ward,quarter", compared=True)
    with pytest.raises(Invalid) as refusal:
        typed.answer()
    allowed = "4 parts with a comma between them: ward, quarter, number, benchmark"
    assert refusal.value.faults == (
        Fault(where="points", found="line 2: 2 parts", allowed=allowed),
        Fault(where="points", found="line 3: 'many'", allowed="a number, like 82.5"),
    )


@pytest.mark.parametrize(("seen", "version"), [("7", 7), ("", 0), ("-1", 0), ("x", 0), ("9" * 30, 0), ("²", 0)])
def test_the_version_that_was_seen(seen: str, version: int) -> None:
    assert Typed(choice="rating:met", seen=seen).given().seen_version == version
