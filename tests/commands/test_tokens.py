"""accredit token: shown once, on standard output alone; only its digest is kept."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from accreditation.actions.create_token import create_token
from accreditation.commands.tokens import Holder
from accreditation.errors import Invalid
from accreditation.records.tokens import digest_of
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.commands.conftest import Accredit
from tests.walking import AT, OFFICE, begin


def test_the_secret_is_all_that_stands_on_standard_output(accredit: Accredit, kept: House) -> None:
    said = accredit("token", "create", "office desk", "--role", "office")
    assert (said.code, len(said.out.strip()), said.err) == (0, 43, "Keep it safe: it is not shown again.\n")
    assert said.out.count("\n") == 1


def test_only_the_digest_is_kept(accredit: Accredit, data: Path) -> None:
    secret = accredit("token", "create", "office desk", "--role", "office").out.strip()
    with sqlite3.connect(data / "records.sqlite") as raw:
        rows = raw.execute("SELECT digest, name, role FROM token").fetchall()
    raw.close()
    assert rows == [(digest_of(secret), "office desk", "office")]
    assert [file for file in data.glob("records*") if secret.encode() in file.read_bytes()] == []


def test_a_second_token_of_the_same_name_is_refused(accredit: Accredit) -> None:
    accredit("token", "create", "office desk", "--role", "office")
    said = accredit("token", "create", "office desk", "--role", "committee")
    assert (said.code, said.out) == (1, "")
    assert said.err == "There is a token named 'office desk' already; choose another name.\n"


def test_every_fault_of_a_request_is_named_at_once(accredit: Accredit) -> None:
    said = accredit("token", "create", " ", "--role", "team_lead", "--reviewer", "3")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "name: empty; 1 to 200 characters on one line\n"
        "team: none is named; a team for team_lead and team_member, for nobody else\n"
        "reviewer: reviewer 3, for the role team_lead; a reviewer for the role reviewer, for nobody else\n"
    )


def test_the_engine_and_the_public_get_none_and_are_not_offered_any(accredit: Accredit, kept: House) -> None:
    assert {*Holder} == {*Role} - {Role.ENGINE, Role.PUBLIC}
    for role in (Role.ENGINE, Role.PUBLIC):
        said = accredit("token", "create", "somebody", "--role", role.value)
        assert (said.code, said.out) == (2, "")
        assert f"'{role.value}' is not one of 'team_member', 'team_lead'" in said.err
        with pytest.raises(Invalid, match="the public needs no token, and the engine has none"):
            create_token(
                kept.database, principal=OFFICE, name="somebody", role=role, team_id=None, reviewer_id=None,
                valid_for=timedelta(days=1), at=AT,
            )  # fmt: skip


def test_a_team_that_is_not_there_is_said_to_be_unknown(accredit: Accredit) -> None:
    said = accredit("token", "create", "lead", "--role", "team_lead", "--team", "7")
    assert (said.code, said.out, said.err) == (1, "", "There is no team 7.\n")


def test_a_team_lead_is_bound_to_the_team(accredit: Accredit, kept: House, data: Path) -> None:
    begin(kept)
    assert accredit("token", "create", "lead of north", "--role", "team_lead", "--team", "1").code == 0
    with sqlite3.connect(data / "records.sqlite") as raw:
        rows = raw.execute("SELECT role, team_id, reviewer_id FROM token").fetchall()
    raw.close()
    assert rows == [("team_lead", 1, None)]


def test_an_unknown_role_and_too_many_days_are_refused_before_anything_is_done(accredit: Accredit) -> None:
    assert accredit("token", "create", "x", "--role", "king").code == 2
    assert accredit("token", "create", "x", "--role", "office", "--days", "0").code == 2
    assert accredit("token", "create", "x", "--role", "office", "--days", "4000").code == 2
