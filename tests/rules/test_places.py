import pytest

from accreditation.rules.conflicts import Point
from accreditation.rules.places import point_of


@pytest.mark.parametrize("written", ["51.38, -2.39", "51.38 -2.39", " 51.38;-2.39 ", "+51.38,  -2.39"])
def test_latitude_and_longitude_are_a_point(written: str) -> None:
    assert point_of(written) == Point(latitude=51.38, longitude=-2.39)


@pytest.mark.parametrize("written", ["", "BA1 3NG", "51.38", "91.0, 2.0", "51.0, 181.0", "nan, nan", "1e5, 2", "51,38"])
def test_anything_else_is_no_point_or_another_one(written: str) -> None:
    assert point_of(written) in (None, Point(latitude=51.0, longitude=38.0))


def test_a_decimal_comma_is_read_as_two_numbers() -> None:
    assert point_of("51,38") == Point(latitude=51.0, longitude=38.0)
