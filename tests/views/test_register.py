"""Searching the register: by name, service, place, scheme and result, a page at a time."""

from datetime import timedelta
from typing import Any

import pytest

from accreditation.actions.merge_organisations import merge_organisations
from accreditation.actions.rename import rename_organisation, rename_team
from accreditation.ledger.entries import entries
from accreditation.rules.cycle import Stage
from accreditation.rules.people import PUBLIC
from accreditation.views.called import Called
from accreditation.views.register import Choices, Found, SchemeNamed, Search, listed, look_up, proved
from accreditation.wiring import House
from tests.api.watching import watched
from tests.listing import Listed, list_services
from tests.walking import AT, OFFICE, walk

SERVICES = [
    Listed(organisation="Alder Board", service="stroke", place="Ayr", region="West"),
    Listed(organisation="Birch Board", place="Bangor", region="North", outcome="deferred", valid_until=None),
    Listed(organisation="Cedar Board", place="North", then="deferred"),
]


def looked(house: House, search: Search, *, page: int = 1, size: int = 10) -> Found:
    return look_up(house.database, principal=PUBLIC, search=search, page=page, size=size, at=AT)


def names(found: Found) -> list[str]:
    return [one.organisation.name for one in found.items]


def test_a_search_finds_what_fits_all_that_is_asked(any_house: House) -> None:
    walk(any_house, Stage.PUBLISHED)
    list_services(any_house, SERVICES)
    expected = [
        (Search(), ["Alder Board", "Birch Board", "Cedar Board", "North Trust"]),
        (Search(words="board ALDER"), ["Alder Board"]),
        (Search(words="_"), []),
        (Search(words="board bangor NORTH"), ["Birch Board"]),
        (Search(service="stroke"), ["Alder Board"]),
        (Search(place="North"), ["Birch Board", "Cedar Board"]),
        (Search(place="Ayr"), ["Alder Board"]),
        (Search(place="Nor"), []),
        (Search(scheme="small"), ["Alder Board", "Birch Board", "Cedar Board", "North Trust"]),
        (Search(scheme="stroke"), []),
        (Search(outcome="Accredited"), ["Alder Board", "North Trust"]),
        (Search(outcome="Deferred"), ["Birch Board", "Cedar Board"]),
        (Search(outcome="deferred"), []),
        (Search(outcome="Deferred", place="Bangor"), ["Birch Board"]),
        (Search(service="stroke", place="Bangor"), []),
    ]
    found = [(search, looked(any_house, search)) for search, _ in expected]
    assert [(search, names(one)) for search, one in found] == expected
    assert [(search, one.total) for search, one in found] == [(search, len(fitting)) for search, fitting in expected]
    for search, one in found:
        told = listed(any_house.database, principal=PUBLIC, search=search, after=0, limit=10, at=AT)
        assert told.items == tuple(sorted(one.items, key=lambda item: item.cycle))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("aa1 9zz", ["Elm", "Fir", "Gum"]),
        ("AA1", ["Elm", "Fir", "Gum", "Hop"]),
        ("AA1 9ZZ elm", []),
        ("aa11 9zz", ["Hop"]),
        ("aa9 9zz", []),
    ],
)
def test_a_postcode_finds_what_is_in_its_district(house: House, words: str, found: list[str]) -> None:
    walk(house, Stage.PUBLISHED)
    places = {"Elm": "AA1 1AA", "Fir": "aa12bb", "Gum": "AA1", "Hop": "AA11 1AA"}
    list_services(house, [Listed(organisation=name, place=place) for name, place in places.items()])
    assert names(looked(house, Search(words=words))) == found


def test_a_code_finds_its_organisation(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    list_services(house, [Listed(organisation="Elm", ods_code="RZZ"), Listed(organisation="Fir", ods_code="RZZ01")])
    assert names(looked(house, Search(words="rzz"))) == ["Elm"]


def test_what_is_published_is_counted_at_once(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    assert looked(house, Search()).total == 1
    list_services(house, SERVICES)
    assert (looked(house, Search()).total, looked(house, Search(outcome="Deferred")).total) == (4, 2)


def test_a_page_costs_as_much_however_many_services_there_are(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    searches = (
        Search(), Search(outcome="Accredited"), Search(scheme="small"), Search(service="small"), Search(words="r"),
    )  # fmt: skip
    costs = []
    for more in (
        SERVICES[:2],
        [Listed(organisation=f"Board {number:03}", place=f"Town {number}") for number in range(200)],
    ):
        list_services(house, more)
        looked(house, Search())
        with watched(house.database) as work:
            for search in searches:
                looked(house, search, size=2)
        costs.append((len(work), sum(len(one.rows) for one in work)))
    assert costs[0] == costs[1]


def test_what_can_be_chosen_is_what_is_there(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    list_services(house, SERVICES)
    assert looked(house, Search(words="alder")).choices == Choices(
        services=("small", "stroke"),
        regions=("North", "West"),
        schemes=(SchemeNamed(id="small", title="A small scheme"),),
        outcomes=("Accredited", "Deferred"),
    )


@pytest.mark.parametrize(
    ("page", "shown", "found"),
    [(1, 1, ["Alder Board", "Birch Board", "Cedar Board"]), (2, 2, ["North Trust"]), (9, 2, ["North Trust"])],
)
def test_a_page_at_a_time_and_one_too_far_is_the_last(house: House, page: int, shown: int, found: list[str]) -> None:
    walk(house, Stage.PUBLISHED)
    list_services(house, SERVICES)
    for search in (Search(), Search(words="r")):
        seen = looked(house, search, page=page, size=3)
        assert (seen.total, seen.page, seen.pages, names(seen)) == (4, shown, 2, found)


def test_an_empty_register_has_one_empty_page(house: House) -> None:
    nothing = Choices(services=(), regions=(), schemes=(), outcomes=())
    assert looked(house, Search(outcome="Accredited")) == Found(choices=nothing, items=(), total=0, page=1, pages=1)


@pytest.mark.parametrize(
    ("search", "asks"), [(Search(), False), (Search(words=" "), False), (Search(place="Ayr"), True)]
)
def test_whether_anything_is_asked(search: Search, asks: bool) -> None:
    assert search.asks == asks


def test_the_proof_is_the_entry_of_the_publication_however_much_followed(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    (number,) = list_services(house, SERVICES[2:])
    found = proved(house.database, principal=PUBLIC, cycle_id=number, at=AT)
    with house.database.reading() as session:
        (entry,) = entries(session, subject=f"cycle:{number}", action="award:publish")
    assert (found.proof.entry, found.proof.digest, found.proof.at) == (entry.sequence, entry.digest, AT)
    assert found.result.organisation.name == "Cedar Board"


def rename(house: House, days: int, *, team: str = "", organisation: str = "", number: int = 1) -> None:
    """So many days after the decision, give North or its organisation, or another one, another name."""
    by: dict[str, Any] = {"principal": OFFICE, "reason": "It is called so.", "at": AT + timedelta(days=days)}
    if team:
        rename_team(house.database, team_id=1, name=team, service_line="small", **by)
    if organisation:
        rename_organisation(house.database, organisation_id=number, name=organisation, **by)


def test_what_has_another_name_now_is_found_by_every_name_it_had_and_says_what_it_was(any_house: House) -> None:
    walk(any_house, Stage.PUBLISHED)
    rename(any_house, 1, team="Middle")
    rename(any_house, 2, team="Omega", organisation="Zeta Trust")
    searches = ("north TRUST", "middle zeta", "omega trust", "north small", "middl_")
    assert [looked(any_house, Search(words=one)).total for one in searches] == [1, 1, 1, 0, 0]
    found = proved(any_house.database, principal=PUBLIC, cycle_id=1, at=AT)
    assert found.then == Called(team="North", organisation="North Trust", until=(AT + timedelta(days=2)).date())
    rename(any_house, 3, team="North", organisation="North Trust")
    assert proved(any_house.database, principal=PUBLIC, cycle_id=1, at=AT).then is None


def test_what_became_part_of_another_is_found_by_its_name_and_says_what_it_was(any_house: House) -> None:
    walk(any_house, Stage.PUBLISHED)
    rename(any_house, 1, organisation="Zeta Trust")
    for days, (one, into) in enumerate(((1, 2), (2, 3)), start=2):
        merge_organisations(
            any_house.database, principal=OFFICE, organisation_id=one, into_id=into, reason="They merged.",
            at=AT + timedelta(days=days),
        )  # fmt: skip
    rename(any_house, 4, organisation="Great Trust", number=3)
    searches = ("north trust", "zeta", "south", "far", "great")
    assert [looked(any_house, Search(words=one)).total for one in searches] == [1, 1, 1, 1, 1]
    found = proved(any_house.database, principal=PUBLIC, cycle_id=1, at=AT)
    assert found.then == Called(team="North", organisation="North Trust", until=(AT + timedelta(days=4)).date())
