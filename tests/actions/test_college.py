"""What the college office sets up: editions, rounds, teams, reviewers, tokens, held jobs."""

from datetime import timedelta
from typing import Any

import pytest

from accreditation.actions.create_token import create_token
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.release_job import release_job
from accreditation.errors import Contradiction, Invalid, NotFound, Refused
from accreditation.records import tokens
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import AT, OFFICE, begin, due_jobs, hold, later, newest, nothing_kept, scheme

OTHER = {"A small scheme": "A smaller scheme", "2026.1": "2026.2"}


def test_one_label_stands_for_one_content(house: House) -> None:
    publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=AT)
    other = scheme(**{"A small scheme": "A smaller scheme"})
    with nothing_kept(house), pytest.raises(Contradiction, match=r"Edition '2026\.1' of small is published already"):
        publish_edition(house.database, principal=OFFICE, scheme=other, at=AT)


def test_an_edition_is_published_once(house: House) -> None:
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=AT)
    detail = {"scheme": "small", "edition": "2026.1", "criteria": 4}
    assert newest(house) == [("office:the office", "scheme:publish", f"edition:{digest}", detail)]
    with nothing_kept(house):
        assert publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=later(1)) == digest


def opened(house: House, *, digest: str, name: str = "spring") -> int:
    return open_round(house.database, principal=OFFICE, digest=digest, name=name, at=AT)


def test_a_round_is_opened_once_and_keeps_its_edition(house: House) -> None:
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=AT)
    other = publish_edition(house.database, principal=OFFICE, scheme=scheme(**OTHER), at=AT)
    assert opened(house, digest=digest) == 1
    assert newest(house) == [("office:the office", "round:open", "round:1", {"name": "spring", "edition": digest})]
    with nothing_kept(house):
        assert opened(house, digest=digest) == opened(house, digest=digest, name=" spring ") == 1
        with pytest.raises(Contradiction, match=f"The round 'spring' runs on the edition {digest[:12]} and keeps it"):
            opened(house, digest=other)
    assert opened(house, digest=other, name="autumn") == 2


@pytest.mark.parametrize(
    ("digest", "name", "refusal"),
    [("a" * 64, "spring", NotFound), (scheme().digest, " ", Invalid), (scheme().digest, "two\nlines", Invalid)],
)
def test_a_round_without_an_edition_or_a_name_is_refused(
    house: House, digest: str, name: str, refusal: type[Refused]
) -> None:
    with nothing_kept(house), pytest.raises(refusal):
        opened(house, digest=digest, name=name)


def row(organisation: str, code: str | None = None, team: str = "Stroke") -> TeamToImport:
    return TeamToImport(organisation=organisation, team=team, service_line="stroke", ods_code=code)


def test_teams_are_imported_once_in_the_order_of_their_rows(house: House) -> None:
    rows = [row("North Trust", "RX1"), row("South Trust"), row("North Trust", "RX1", team="Rehabilitation")]
    done = import_teams(house.database, principal=OFFICE, rows=rows, at=AT)
    assert (done.team_ids, done.new_teams, done.new_organisations) == ((1, 2, 3), 3, 2)
    detail = {"teams": 3, "organisations": 2, "first": 1, "last": 3}
    assert newest(house) == [("office:the office", "team:import", "teams", detail)]
    with nothing_kept(house):
        again = import_teams(house.database, principal=OFFICE, rows=[rows[2], rows[0]], at=AT)
        assert (again.team_ids, again.new_teams, again.new_organisations) == ((3, 1), 0, 0)


def test_all_teams_are_imported_or_none(house: House) -> None:
    rows = [row("North Trust", "RX1"), row("North Trust", "RX2")]
    with nothing_kept(house), pytest.raises(Contradiction, match="known with the ODS code RX1, not RX2"):
        import_teams(house.database, principal=OFFICE, rows=rows, at=AT)


def registered(house: House, **changes: Any) -> int:
    wanted = {"name": "Lay 9", "roles": ["lay", "lead", "lay"], "organisation_id": None, "capacity": 2, **changes}
    return register_reviewer(house.database, principal=OFFICE, at=AT, **wanted)


def test_a_reviewer_is_registered_once(house: House) -> None:
    number = registered(house)
    detail = {"name": "Lay 9", "roles": ["lay", "lead"], "organisation": None, "capacity": 2}
    assert newest(house) == [("office:the office", "reviewer:register", f"reviewer:{number}", detail)]
    with nothing_kept(house):
        assert registered(house, roles=["lead", "lay"], name=" Lay 9 ") == number
        with pytest.raises(Contradiction, match="registered already, with other roles, employer or capacity"):
            registered(house, capacity=3)
        with pytest.raises(NotFound, match=r"There is no organisation 99\."):
            registered(house, name="Lay 10", organisation_id=99)


def test_everything_wrong_with_a_reviewer_is_named_at_once(house: House) -> None:
    with nothing_kept(house):
        for changes, where in [
            ({"name": "two\nlines", "roles": [], "capacity": -1}, ["name", "roles", "capacity"]),
            ({"name": " ", "roles": [""], "capacity": 51}, ["name", "roles", "capacity"]),
        ]:
            with pytest.raises(Invalid) as invalid:
                registered(house, **changes)
            assert [fault.where for fault in invalid.value.faults] == where


def token(house: House, **changes: Any) -> str:
    wanted: dict[str, Any] = {
        "name": "North's lead", "role": Role.TEAM_LEAD, "team_id": 1, "reviewer_id": None,
        "valid_for": timedelta(days=7), **changes,
    }  # fmt: skip
    return create_token(house.database, principal=OFFICE, at=AT, **wanted)


def test_a_token_stands_for_its_principal_until_it_expires_and_only_its_digest_is_kept(house: House) -> None:
    begin(house)
    secret = token(house, name=" North's lead ")
    detail = {
        "name": "North's lead", "role": "team_lead", "team": 1, "reviewer": None,
        "expires": "2026-04-08T09:00:00.000000Z",
    }  # fmt: skip
    assert newest(house) == [("office:the office", "token:create", "token:North's lead", detail)]
    with house.database.reading() as session:
        who = tokens.principal_of(session, secret=secret, at=later(6.9))
        assert who is not None
        assert (who.name, who.role, who.team, who.reviewer) == ("North's lead", Role.TEAM_LEAD, 1, None)
        assert tokens.principal_of(session, secret=secret, at=later(7)) is None
        assert tokens.principal_of(session, secret="another", at=AT) is None
        row = tokens.named(session, "North's lead")
    assert row is not None
    assert secret not in str(row)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"name": "two\nlines"}, ["name"]),
        ({"name": "x" * 201}, ["name"]),
        ({"team_id": None}, ["team"]),
        ({"role": Role.OFFICE}, ["team"]),
        ({"role": Role.REVIEWER, "team_id": None}, ["reviewer"]),
        ({"role": Role.ENGINE, "team_id": None}, ["role"]),
        ({"role": Role.PUBLIC, "team_id": None, "reviewer_id": 1}, ["role", "reviewer"]),
        ({"valid_for": timedelta(0)}, ["valid for"]),
        ({"valid_for": timedelta.max}, ["valid for"]),
    ],
)
def test_a_token_that_fits_nobody_is_refused(for_all_at: AtStage, changes: dict[str, Any], where: list[str]) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        token(house, **changes)
    assert [fault.where for fault in invalid.value.faults] == where


def test_a_token_for_nobody_there_or_of_a_name_taken_is_refused(house: House) -> None:
    begin(house)
    token(house)
    with nothing_kept(house):
        with pytest.raises(Contradiction, match="There is a token named 'North's lead' already"):
            token(house)
        with pytest.raises(NotFound, match=r"There is no team 99\."):
            token(house, name="another", team_id=99)
        with pytest.raises(NotFound, match=r"There is no reviewer 99\."):
            token(house, name="another", role=Role.REVIEWER, team_id=None, reviewer_id=99)


def test_a_held_job_is_released_once(house: House) -> None:
    begin(house)
    hold(house, job=1)
    assert due_jobs(house) == []
    release_job(house.database, principal=OFFICE, job_id=1, at=AT)
    detail = {"kind": "self_assessment", "about": 1}
    assert newest(house) == [("office:the office", "job:release", "job:1", detail)]
    assert [job.id for job in due_jobs(house)] == [1]
    with nothing_kept(house), pytest.raises(NotFound, match=r"No job 1 is held\."):
        release_job(house.database, principal=OFFICE, job_id=1, at=AT)
