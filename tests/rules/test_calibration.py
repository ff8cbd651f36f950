"""What is told of a completed case: nothing that equals a known name, and no labels of wards."""

from accreditation.rules.calibration import Item, drafted
from accreditation.rules.names import BLANK
from accreditation.scheme.answer import Answer
from tests.building import small

NAMES = ("North", "North Trust", "Dr Ada Weir", "RX1")
SMALL = small()


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
