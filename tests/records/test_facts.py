from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from accreditation.records.facts import read_facts, written_facts
from accreditation.scheme.facts import FactValue

FACTS = some.one_of(
    some.booleans(),
    some.text(max_size=20),
    some.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False),
)


@given(profile=some.dictionaries(some.text(min_size=1, max_size=10), FACTS, max_size=4))
@settings(max_examples=100)
def test_a_profile_comes_back_as_it_was_stated(profile: dict[str, FactValue]) -> None:
    read = read_facts(written_facts(profile))
    assert read == profile
    assert {name: type(value) for name, value in read.items()} == {name: type(one) for name, one in profile.items()}


def test_a_number_keeps_every_digit_and_a_choice_that_looks_like_one_stays_a_choice() -> None:
    profile: dict[str, FactValue] = {"beds": Decimal("12.50"), "site": "12", "hasu": True, "limit": Decimal("1E+3")}
    assert written_facts(profile) == '{"beds": 12.50, "hasu": true, "limit": 1000, "site": "12"}'
    assert str(read_facts('{"beds": 12.50}')["beds"]) == "12.50"
