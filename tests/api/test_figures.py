"""What a request costs in SQL statements: few, and the same however much others keep."""

from collections.abc import Callable

import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import Given, rate
from accreditation.database import observe_statements
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.building import built
from tests.walking import AT, OFFICE, attach

CRITERIA = 157
LARGE = built(
    criteria=[
        (f"{number // 20 + 1}.{number % 20 + 1:02}", "ab"[number % 2], str(number // 20 + 1))
        for number in range(CRITERIA)
    ],
    award=[{"outcome": "accredited", "when": {"every": {"type": "a"}, "if_none_apply": "satisfied"}}],
)
LEAD = Principal(name="lead 1", role=Role.TEAM_LEAD, team=1)


def cycles(house: House, number: int) -> None:
    """So many teams in one round on the edition with 157 criteria; the first has answered all and attached a file."""
    database = house.database
    digest = publish_edition(database, principal=OFFICE, scheme=LARGE, at=AT)
    rows = [
        TeamToImport(organisation=f"Trust {one}", team=f"Team {one}", service_line="small") for one in range(number)
    ]
    ids = import_teams(database, principal=OFFICE, rows=rows, at=AT).team_ids
    round_id = open_round(database, principal=OFFICE, digest=digest, name="large", at=AT)
    given = {one.id: Given(answer=Answer(rating="met"), seen_version=0) for one in LARGE.criteria}
    for team in ids:
        lead = Principal(name=f"lead {team}", role=Role.TEAM_LEAD, team=team)
        cycle = enrol(database, principal=OFFICE, team_id=team, round_id=round_id, profile={"hasu": True}, at=AT)
        rate(database, principal=lead, cycle_id=cycle, given=given, at=AT)
    attach(house, by=LEAD, criteria=["1.01"])


def statements(client: Client, ask: Callable[[], int]) -> int:
    """How many statements does this request cost, its token included?"""
    client.token(LEAD)
    with observe_statements(client.house.database) as seen:
        assert ask() == 200
    return len(seen)


def rated(client: Client, rating: str, seen: int) -> int:
    given = {"answer": {"rating": rating}, "seen_version": seen}
    return client.put("/api/cycles/1/self-assessment/1.01", by=LEAD, json=given).status_code


def shown(client: Client, what: str = "") -> int:
    return client.get(f"/api/cycles/1{what}", by=LEAD).status_code


@pytest.mark.parametrize("others", [0, 50])
def test_a_request_costs_the_same_few_statements_however_many_others_there_are(house: House, others: int) -> None:
    cycles(house, 1 + others)
    with Client(house) as client:
        shown(client)  # the edition is read and proved once in a process
        assert {
            "rate one criterion": statements(client, lambda: rated(client, "not_met", 1)),
            "show the whole cycle": statements(client, lambda: shown(client)),
            "progress": statements(client, lambda: shown(client, "/progress")),
            "list the cycles": statements(client, lambda: client.get("/api/cycles", by=LEAD).status_code),
        } == {"rate one criterion": 8, "show the whole cycle": 6, "progress": 7, "list the cycles": 2}
        assert len(client.get("/api/cycles/1", by=LEAD).json()["criteria"]) == CRITERIA


READS = {
    "/api/cycles/1": 6,
    "/api/cycles/1/review-team": 5,
    "/api/cycles/1/reviews": 7,
    "/api/cycles/1/evidence": 10,
    "/api/evidence/1/content": 11,
}


MORE = {"/api/cycles/1/review-team": 1}
"""Who settles depends on whom the office appointed: one look more. What can still be done with a published cycle costs
a reviewer none, as nothing of it is theirs to do."""


@pytest.mark.parametrize("path", READS)
def test_a_reviewer_costs_one_look_at_the_review_team_more(at_stage: AtStage, path: str) -> None:
    client = at_stage(Stage.PUBLISHED)
    client.get(path, by=PEOPLE["reviewer"])
    with observe_statements(client.house.database) as seen:
        assert client.get(path, by=PEOPLE["reviewer"]).status_code == 200
    assert len(seen) == READS[path] + MORE.get(path, 0)
