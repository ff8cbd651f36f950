import pytest

from accreditation.errors import Contradiction, NotFound
from accreditation.records import teams
from accreditation.wiring import House


def known(house: House, *rows: tuple[str, str | None]) -> list[tuple[int, bool]]:
    with house.database.bookkeeping() as session:
        return [teams.organisation(session, name=name, ods_code=code) for name, code in rows]


def test_an_organisation_is_known_by_its_code_whatever_it_is_called(house: House) -> None:
    assert known(house, ("North Trust", "RX1"), ("North NHS Trust", "RX1"), ("South Trust", "RX2")) == [
        (1, True),
        (1, False),
        (2, True),
    ]


def test_the_code_goes_before_the_name(house: House) -> None:
    assert known(house, ("North Trust", None), ("South Trust", "RX2"), ("North Trust", "RX2")) == [
        (1, True),
        (2, True),
        (2, False),
    ]


def test_an_organisation_without_a_code_is_known_by_its_name(house: House) -> None:
    assert known(house, ("North Trust", "RX1"), ("North Trust", None)) == [(1, True), (1, False)]
    assert known(house, ("Far Trust", None), ("Far Trust", "RX9")) == [(2, True), (2, False)]


def test_capitals_make_no_other_organisation_and_no_other_team(house: House) -> None:
    assert known(house, ("East Trust", None), ("East trust", None), ("Év", None), ("Év", None)) == [
        (1, True), (1, False), (2, True), (2, False),
    ]  # fmt: skip
    with house.database.bookkeeping() as session:
        found = [
            teams.team(session, organisation_id=1, name=name, service_line=line)
            for name, line in (("East falls", "Falls"), ("East FALLS", "falls"), ("East falls", "stroke"))
        ]
    assert found == [(1, True), (1, False), (2, True)]


WAYS = (
    "St Mary's Sheffield-Trust", "St  Mary's Sheffield-Trust", "St\u00a0Mary’s Sheffield-Trust",
    " ST MARY'S\u2003SHEFFIELD\u2011TRUST ", "St Mary's She\ufb03eld-Trust",
    "St\u200b Mary's\ufeff Shef\u00adfield-Trust",
)  # fmt: skip
"""One name, as it is typed, and as Word, Excel and PDF make it."""


def test_no_space_hyphen_or_sign_that_nobody_sees_makes_another_organisation_or_team(house: House) -> None:
    assert known(house, *((name, None) for name in WAYS)) == [(1, name == WAYS[0]) for name in WAYS]
    assert known(house, ("Cafe\u0301  Trust", None), ("Caf\u00e9 Trust", None)) == [(2, True), (2, False)]
    with house.database.bookkeeping() as session:
        assert teams.get_organisation(session, 2).name == "Caf\u00e9 Trust"
        found = [
            teams.team(session, organisation_id=1, name=name, service_line=line) for name in WAYS
            for line in ("stroke", "stroke\u00a0")
        ]  # fmt: skip
        assert {teams.called(session, name) for name in (*WAYS, WAYS[0].replace(" ", "\x00\n"))} == {1}
    assert found == [(1, True), *[(1, False)] * 11]


def test_what_has_another_name_now_is_found_by_the_one_of_before_unless_something_is_called_so(house: House) -> None:
    known(house, ("North Trust", "RX1"))
    with house.database.bookkeeping() as session:
        trust = teams.get_organisation(session, 1)
        teams.team(session, organisation_id=1, name="North", service_line="stroke")
        team, _ = teams.get(session, 1)
        trust.name, team.name, team.service_line = "Northern Trust", "Northern", "falls"
        teams.keep_name(session, trust)
        teams.keep_team_name(session, team)
        teams.keep_team_name(session, team)
    assert known(house, ("north  trust", None), ("Northern Trust", None)) == [(1, False), (1, False)]
    with house.database.bookkeeping() as session:
        told = (("North", "stroke"), ("Northern", "falls"), ("North", "falls"), ("Northern", "stroke"))
        found = [teams.team(session, organisation_id=1, name=name, service_line=line) for name, line in told]
        assert found == [(1, False), (1, False), (2, True), (3, True)]
        assert [row.id for row in teams.found_teams(session, organisation_id=1, name="NORTH")] == [2]
        assert teams.names_had(session)[1][1] == ["North", "Northern"]
        assert (teams.called(session, "rx1"), teams.called(session, "North Trust"), teams.called(session, " ")) == (
            1, 1, None,
        )  # fmt: skip


def test_a_team_that_is_taken_out_leaves_its_number_to_no_other(house: House) -> None:
    known(house, ("North Trust", None))
    with house.database.bookkeeping() as session:
        teams.team(session, organisation_id=1, name="North", service_line="stroke")
        session.delete(teams.get(session, 1)[0])
        session.flush()
        assert teams.team(session, organisation_id=1, name="North", service_line="stroke") == (2, True)


def test_two_organisations_of_one_name_are_not_taken_for_one(house: House) -> None:
    with pytest.raises(Contradiction, match="'North Trust' is known with the ODS code RX1, not RX2"):
        known(house, ("North Trust", "RX1"), ("North Trust", "RX2"))


def test_a_team_is_one_service_line_of_one_organisation(house: House) -> None:
    known(house, ("North Trust", None))
    with house.database.bookkeeping() as session:
        asked = [
            teams.team(session, organisation_id=1, name=name, service_line=line)
            for name, line in [("North", "stroke"), ("North", "stroke"), ("North", "renal")]
        ]
        assert asked == [(1, True), (1, False), (2, True)]
        team, organisation = teams.get(session, 2)
        assert (team.service_line, organisation.name) == ("renal", "North Trust")
        assert [team.id for team, _ in teams.page(session, after=1, limit=5)] == [2]
        assert [row.name for row in teams.organisations(session, after=0, limit=5)] == ["North Trust"]


def test_a_team_that_does_not_exist_is_not_found(house: House) -> None:
    with house.database.reading() as session, pytest.raises(NotFound, match="There is no team 1"):
        teams.get(session, 1)
