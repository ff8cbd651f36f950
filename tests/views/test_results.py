"""What stands in the register, and until when it stands."""

from datetime import date

import pytest

from accreditation.errors import NotFound
from accreditation.rules.afterwards import Status, status
from accreditation.rules.cycle import Stage
from accreditation.rules.people import PUBLIC, Principal
from accreditation.views.register import Search, listed
from accreditation.views.results import registered, team_results
from accreditation.wiring import House
from tests.walking import AT, COMMITTEE, LEAD, NORTH, OFFICE, SOUTH, STRANGER, walk


@pytest.mark.parametrize(
    ("awarded", "until", "told"),
    [
        (True, date(2029, 4, 1), Status.CURRENT),
        (True, date(2029, 3, 31), Status.EXPIRED),
        (True, None, Status.CURRENT),
        (False, None, Status.NOT_AWARDED),
        (False, date(2030, 1, 1), Status.NOT_AWARDED),
    ],
)
def test_an_award_stands_through_its_last_day(awarded: bool, until: date | None, told: Status) -> None:
    assert status(awarded=awarded, valid_until=until, on=date(2029, 4, 1)) is told


def test_anybody_reads_what_is_published(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    found = listed(house.database, principal=PUBLIC, search=Search(), after=0, limit=10, at=AT).items
    assert [
        (
            one.team.name,
            one.organisation.name,
            one.outcome,
            one.decided_on,
            one.valid_until,
            one.status,
            one.published_on,
        )
        for one in found
    ] == [("North", "North Trust", "accredited", AT.date(), date(2029, 4, 1), Status.CURRENT, AT.date())]
    assert registered(house.database, principal=PUBLIC, cycle_id=1, at=AT) == found[0]
    assert team_results(house.database, principal=PUBLIC, team_id=NORTH, at=AT).results == found


@pytest.mark.parametrize(
    ("by", "number"), [(OFFICE, 1), (COMMITTEE, 1), (LEAD, 0)], ids=["office", "committee", "lead"]
)
def test_a_decision_that_is_not_published_is_the_colleges(house: House, by: Principal, number: int) -> None:
    walk(house, Stage.PUBLICATION)
    found = team_results(house.database, principal=by, team_id=NORTH, at=AT).results
    assert [one.published_on for one in found] == [None] * number


def test_nobody_else_learns_that_there_is_something_to_publish(house: House) -> None:
    walk(house, Stage.PUBLICATION)
    assert listed(house.database, principal=PUBLIC, search=Search(), after=0, limit=10, at=AT).items == ()
    for by, team in ((PUBLIC, NORTH), (STRANGER, NORTH), (PUBLIC, 99), (OFFICE, 99)):
        with pytest.raises(NotFound, match=r"There is no such team, or nothing is published about it\."):
            team_results(house.database, principal=by, team_id=team, at=AT)
    with pytest.raises(NotFound):
        registered(house.database, principal=OFFICE, cycle_id=1, at=AT)
    assert team_results(house.database, principal=STRANGER, team_id=SOUTH, at=AT).results == ()


def test_the_register_is_read_in_parts(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    first = listed(house.database, principal=PUBLIC, search=Search(), after=0, limit=1, at=AT)
    assert (len(first.items), first.next_after) == (1, 1)
    rest = listed(house.database, principal=PUBLIC, search=Search(), after=1, limit=1, at=AT)
    assert (rest.items, rest.next_after) == ((), None)
