"""What is told of a completed case: nothing that equals a known name, and no labels of wards."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.calibration import BLANK, Item, blanked, drafted, names_in
from accreditation.scheme.answer import Answer
from tests.building import small

NAMES = ("North", "North Trust", "Dr Ada Weir", "RX1")
SMALL = small()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The rota at North Trust is new.", f"The rota at {BLANK} is new."),
        ("NORTH trust and north; RX1.", f"{BLANK} and {BLANK}; {BLANK}."),
        ("Dr  Ada\nWeir leads.", f"{BLANK} leads."),
        ("Northern wards face northwards.", "Northern wards face northwards."),
        ("(North)'s plan", f"({BLANK})'s plan"),
        ("", ""),
    ],
)
def test_a_known_name_is_blanked_however_it_is_written(text: str, told: str) -> None:
    assert blanked(text, NAMES) == told
    assert (blanked(told, NAMES), names_in(told, NAMES)) == (told, ())


def test_names_are_told_as_they_are_written_and_no_names_find_nothing() -> None:
    assert names_in("At NORTH, by Dr Ada Weir, at NORTH.", NAMES) == ("NORTH", "Dr Ada Weir")
    assert (names_in("North", ()), blanked("North", ["", "  "])) == ((), "North")


@settings(max_examples=50)
@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_whatever_is_written_no_name_is_left_and_blanking_again_changes_nothing(text: str, names: list[str]) -> None:
    names = [name for name in names if name.casefold() not in ("name", "[name]", "[name", "name]")]
    told = blanked(text, names)
    assert names_in(told.replace(BLANK, "\n"), [name for name in names if name.isalnum()]) == ()
    assert blanked("", names) == ""


def draft(team: Answer, settled: Answer, *, evidence: tuple[str, ...] = ()) -> tuple[Item, ...]:
    return drafted(
        criteria=SMALL.criteria, team={"1.01": team, "2.01": Answer(state="not_answered")},
        settled={"1.01": settled, "2.01": Answer(rating="met"), "2.02": Answer(level="A")},
        evidence={"1.01": evidence}, names=NAMES,
    )  # fmt: skip


def test_every_text_of_a_draft_is_blanked_and_only_what_was_answered_and_settled_is_in_it() -> None:
    found = draft(
        Answer(rating="met", note="Dr Ada Weir is the lead."), Answer(rating="not_met", note="North has none."),
        evidence=("Job plan of Dr Ada Weir", "Photo"),
    )  # fmt: skip
    assert found == (
        Item(
            criterion="1.01", team=Answer(rating="met", note=f"{BLANK} is the lead."),
            evidence=f"Job plan of {BLANK}; Photo", reference=Answer(rating="not_met", note=f"{BLANK} has none."),
        ),
    )  # fmt: skip


def test_the_places_of_a_series_become_numbers_and_its_values_stay() -> None:
    series = [
        {"at": {"ward": ward, "quarter": quarter}, "value": value, "benchmark": 3}
        for ward, quarter, value in (("Elm", "2026-1", 1), ("Oak", "2026-1", 2), ("Elm", "2026-2", 3))
    ]
    answer = Answer.model_validate({"series": series})
    told = draft(answer, answer)[0]
    assert [(point.at, int(point.value), int(point.benchmark or 0)) for point in told.team.series] == [
        ({"ward": "ward 1", "quarter": "quarter 1"}, 1, 3), ({"ward": "ward 2", "quarter": "quarter 1"}, 2, 3),
        ({"ward": "ward 1", "quarter": "quarter 2"}, 3, 3),
    ]  # fmt: skip
    assert told.reference.series == told.team.series
