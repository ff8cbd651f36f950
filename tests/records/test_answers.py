from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from accreditation.actions.rate import rate
from accreditation.records import answers
from accreditation.records.answers import SelfRating
from accreditation.records.reviews import Settlement
from accreditation.scheme.answer import Answer, Point
from accreditation.wiring import House
from tests.api.watching import watched
from tests.walking import AT, CYCLE, LEAD, begin
from tests.walking import given as said
from tests.wide import FALLS, start

NUMBERS = some.decimals(min_value=0, max_value=10**9, allow_nan=False, places=4)
PLACES = some.dictionaries(some.sampled_from(["ward", "quarter"]), some.text(max_size=5), min_size=1)
POINTS = some.builds(Point, at=PLACES, value=NUMBERS, benchmark=some.none() | NUMBERS)
ANSWERS = some.one_of(
    some.builds(Answer, rating=some.sampled_from(["met", "not_met"]), note=some.text(max_size=20)),
    some.builds(Answer, measured=NUMBERS),
    some.builds(Answer, series=some.lists(POINTS, min_size=1, max_size=3).map(tuple)),
    some.builds(Answer, level=some.sampled_from("ABC")),
    some.builds(Answer, state=some.sampled_from(["not_applicable", "too_few_cases", "not_answered"])),
)


@given(answer=ANSWERS)
@settings(max_examples=50)
def test_an_answer_comes_back_from_its_columns_as_it_was(answer: Answer) -> None:
    row = SelfRating(cycle_id=1, criterion="1.01", version=1, by="somebody", at=AT, **answers.columns(answer))
    settled = Settlement(cycle_id=1, criterion="1.01", how="lead", by="somebody", at=AT, **answers.columns(answer))
    assert row.answer() == settled.answer() == answer


def test_a_measured_value_keeps_every_digit(any_house: House) -> None:
    begin(any_house)
    precise = Answer(measured=Decimal("79.660000000000001"))
    rate(any_house.database, principal=LEAD, cycle_id=CYCLE, given=said({"2.01": precise}), at=AT)
    with any_house.database.reading() as session:
        assert answers.self_ratings(session, [CYCLE])[CYCLE]["2.01"].answer() == precise


@pytest.mark.parametrize("asked", [None, ["1.01"]])
def test_the_highest_version_stands(house: House, asked: list[str] | None) -> None:
    begin(house)
    for version, rating in enumerate(["met", "not_met"]):
        rate(
            house.database,
            principal=LEAD,
            cycle_id=CYCLE,
            given=said({"1.01": Answer(rating=rating)}, seen=version),
            at=AT,
        )
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=said({"2.02": Answer(level="A")}), at=AT)
    with watched(house.database) as work, house.database.reading() as session:
        standing = answers.self_ratings(session, [CYCLE, 99], asked)
    assert sum(len(one.rows) for one in work) == len(standing[CYCLE]), "versions were read that do not stand"
    assert {name: row.version for name, row in standing[CYCLE].items()} == {"1.01": 2} | ({} if asked else {"2.02": 1})
    assert standing[99] == {}


def test_a_series_comes_back_with_every_digit(any_house: House) -> None:
    start(any_house)
    series = Answer(series=(FALLS[0].model_copy(update={"value": Decimal("1.250000000000000001")}), *FALLS[1:]))
    rate(any_house.database, principal=LEAD, cycle_id=CYCLE, given=said({"1.03": series}), at=AT)
    with any_house.database.reading() as session:
        kept = answers.self_ratings(session, [CYCLE])[CYCLE]["1.03"].answer()
    assert (kept, str(kept.series[0].value)) == (series, "1.250000000000000001")
