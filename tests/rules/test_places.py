import pytest

from accreditation.rules.conflicts import Point
from accreditation.rules.places import district_of, point_of


@pytest.mark.parametrize("written", ["51.38, -2.39", "51.38 -2.39", " 51.38;-2.39 ", "+51.38,  -2.39"])
def test_latitude_and_longitude_are_a_point(written: str) -> None:
    assert point_of(written) == Point(latitude=51.38, longitude=-2.39)


@pytest.mark.parametrize("written", ["", "BA1 3NG", "51.38", "91.0, 2.0", "51.0, 181.0", "nan, nan", "1e5, 2", "51,38"])
def test_anything_else_is_no_point_or_another_one(written: str) -> None:
    assert point_of(written) in (None, Point(latitude=51.0, longitude=38.0))


def test_a_decimal_comma_is_read_as_two_numbers() -> None:
    assert point_of("51,38") == Point(latitude=51.0, longitude=38.0)


@pytest.mark.parametrize(
    ("written", "district"),
    [("AA1 1AA", "AA1"), (" aa1 1aa ", "AA1"), ("aa11aa", "AA1"), ("AA11", "AA11"), ("a1a 1aa", "A1A")],
)
def test_a_postcode_is_in_a_district(written: str, district: str) -> None:
    assert district_of(written) == district


@pytest.mark.parametrize(
    "written", ["", "Ayr", "AA", "AA1 1A", "AA1 board", "1AA", "AAA1 1AA", "51.38, -2.39", "ÄA1 1AA"]
)
def test_what_is_no_postcode_is_in_no_district(written: str) -> None:
    assert district_of(written) is None
