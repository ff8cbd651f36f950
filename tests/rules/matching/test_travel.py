"""How long journeys take: as the table says, by distance where it says nothing, and what a table may not say."""

from dataclasses import dataclass
from math import asin, cos, inf, nan, radians, sin, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.conflicts import Point
from accreditation.rules.matching.travel import Travel, farthest_square, lies_nowhere, minutes_of, whole

LONDON, CARDIFF = Point(latitude=51.5074, longitude=-0.1278), Point(latitude=51.4816, longitude=-3.1791)


@dataclass(frozen=True)
class Somewhere:
    place: str | None = None
    point: Point | None = None


TABLE = Travel(places=("A", "B"), minutes=((0, 35), (40, None)))


def test_the_table_is_asked_first_and_says_each_direction() -> None:
    assert TABLE.between(Somewhere("A", LONDON), Somewhere("B", CARDIFF)) == 35
    assert TABLE.between(Somewhere("B"), Somewhere("A")) == 40


def test_where_the_table_says_nothing_the_distance_does_or_nobody_knows() -> None:
    assert (
        TABLE.between(Somewhere("B", LONDON), Somewhere("B", CARDIFF)) == 192
    )  # 211.2 km: 15 minutes, and 176.04 more
    assert TABLE.between(Somewhere("C", LONDON), Somewhere("C", LONDON)) == 15
    assert TABLE.between(Somewhere("C"), Somewhere("A", LONDON)) is None
    assert TABLE.between(Somewhere(), Somewhere()) is None


def straight(one: Point, other: Point) -> float:
    """The distance in km by the formula of schoolbooks."""
    up, along = (radians(other.latitude - one.latitude), radians(other.longitude - one.longitude))
    half = sin(up / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(along / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(half)))


points = st.builds(Point, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@settings(max_examples=50)
@given(one=points, other=points)
def test_minutes_are_those_of_the_distance_and_the_same_both_ways(one: Point, other: Point) -> None:
    found = Travel().between(Somewhere(point=one), Somewhere(point=other))
    assert found == Travel().between(Somewhere(point=other), Somewhere(point=one))
    assert found is not None
    km = straight(one, other)
    slack = 0.01 if km < 19_000 else 60  # on the other side of the earth a straight line through it says little
    assert km - slack <= (found - 15) * 1.2 < km + 1.2 + slack


@settings(max_examples=30)
@given(one=points, other=points, most=st.integers(0, 20_000))
def test_within_so_many_minutes_is_within_that_square(one: Point, other: Point, most: int) -> None:
    square = np.array([sum((a - b) ** 2 for a, b in zip(whole(one), whole(other), strict=True))])
    assert bool(square[0] <= farthest_square(most)) == bool(minutes_of(square)[0] <= most)


@pytest.mark.parametrize("wrong", [(nan, 0.0), (0.0, inf), (90.5, 0.0), (0.0, -181.0)])
def test_a_point_that_is_none_is_seen(wrong: tuple[float, float]) -> None:
    assert lies_nowhere(Point(latitude=wrong[0], longitude=wrong[1]))
    assert not lies_nowhere(LONDON)


def test_every_fault_of_a_table_is_named() -> None:
    assert TABLE.faults() == []
    wrong = Travel(places=("A", "B"), minutes=((0, -1), (nan, 5.5)))  # type: ignore[arg-type]
    assert [str(fault) for fault in wrong.faults()] == [
        "travel times, from 'A' to 'B': -1; whole minutes from 0 to 100000, or nothing where they are not known",
        "travel times, from 'B' to 'A': nan; whole minutes from 0 to 100000, or nothing where they are not known",
        "travel times, from 'B' to 'B': 5.5; whole minutes from 0 to 100000, or nothing where they are not known",
    ]
    assert [str(fault) for fault in Travel(places=("A", "A"), minutes=((0,),)).faults()] == [
        "travel times: the place 'A' is there twice; each once",
        "travel times: the table is not square; a row and a column for each of the 2 places",
    ]
