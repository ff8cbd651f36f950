from datetime import date

import pytest

from accreditation.errors import NotFound
from accreditation.ledger.entries import append
from accreditation.records import library_items
from accreditation.rules.library import Described
from accreditation.wiring import House
from tests.walking import AT, NORTH, SOUTH, begin, later

POLICY = Described(title="Policy", owner="Matron", effective_on=date(2026, 1, 1), review_by=date(2027, 1, 1))
ROTA = Described(title="Rota")


def kept(house: House, *, item: int | None, digest: str, described: Described, team: int = NORTH) -> int:
    """Keep these bytes as a version of this document, or of a new one; says its document."""
    with house.database.writing() as session:
        if item is None:
            item = library_items.begin(session, team_id=team, by="lead", at=AT)
        library_items.add_version(
            session, item_id=item, digest=digest, size=3, media_type="text/plain", file_name="a.txt",
            described=described, by="lead", at=AT,
        )  # fmt: skip
        append(session, at=AT, actor="team_lead:lead", action="library:keep", subject="team:1", detail={})
    return item


def test_versions_of_a_document_are_counted_and_each_has_what_is_said_of_it(any_house: House) -> None:
    begin(any_house)
    policy = kept(any_house, item=None, digest="a" * 64, described=POLICY)
    rota = kept(any_house, item=None, digest="b" * 64, described=ROTA)
    kept(any_house, item=policy, digest="c" * 64, described=ROTA)
    kept(any_house, item=None, digest="a" * 64, described=ROTA, team=SOUTH)
    with any_house.database.writing() as session:
        library_items.describe(session, version_id=3, described=POLICY, by="lead", at=later(1))
        append(session, at=AT, actor="team_lead:lead", action="library:keep", subject="team:1", detail={})
    with any_house.database.reading() as session:
        found = library_items.of_team(session, NORTH)
        assert [(item.id, [(one.number, one.digest[0], one.described) for one in item.versions]) for item in found] == [
            (policy, [(1, "a", POLICY), (2, "c", POLICY)]),
            (rota, [(1, "b", ROTA)]),
        ]
        assert library_items.get(session, policy) == found[0]
        assert library_items.of_version(session, 1) == (found[0], found[0].versions[0])
        assert library_items.versions(session, [2, 3, 99]) == {2: found[1].newest, 3: found[0].newest}
        assert library_items.newest_versions(session, [policy, rota, 99]) == {policy: 3, rota: 2}
        assert [one.described() for one in library_items.said_of(session, [3])[3]] == [ROTA, POLICY]


def test_the_same_bytes_are_looked_for_in_the_teams_own_library(any_house: House) -> None:
    begin(any_house)
    kept(any_house, item=None, digest="a" * 64, described=POLICY)
    with any_house.database.reading() as session:
        found = library_items.with_digest(session, team_id=NORTH, digest="a" * 64)
        assert found == library_items.get(session, 1).newest
        assert library_items.with_digest(session, team_id=SOUTH, digest="a" * 64) is None
        assert library_items.with_digest(session, team_id=NORTH, digest="b" * 64) is None


def test_what_is_not_there_is_not_found(house: House) -> None:
    with house.database.reading() as session:
        for ask in (library_items.get, library_items.of_version):
            with pytest.raises(NotFound, match="or it is not in your library"):
                ask(session, 1)
