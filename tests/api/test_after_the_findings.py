"""The report and what follows the decision, over the API: who may, and what each is told."""

from collections.abc import Iterator
from typing import Any

import pytest

from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.api.asking import PEOPLE, PUBLIC, Client
from tests.api.test_everybody import WHO
from tests.following import to_published, to_report
from tests.walking import COMMITTEE, LEAD, MEMBER, OFFICE, later, reviewer, team_of, work

REPORT = "/api/cycles/1/report"
COMMENT = {"criterion": "1.01", "reason": "Page two names her."}
ANSWER = f"{REPORT}/comments/1/answer"
AMENDED = {"amended": {"rating": "met"}, "reason": "Page two was seen."}

Asked = tuple[str, str, Any, tuple[int, ...]]

WHILE_CHECKED: tuple[Asked, ...] = (
    # public, member, lead, stranger, reviewer who settles, other reviewer, office, committee
    ("GET", REPORT, None, (401, 200, 200, 404, 200, 404, 200, 200)),
    ("POST", f"{REPORT}/agreement", None, (401, 403, 409, 404, 403, 404, 403, 403)),
    ("PUT", ANSWER, AMENDED, (401, 403, 403, 404, 200, 404, 403, 403)),
)
ONCE_PUBLISHED: tuple[Asked, ...] = (
    ("GET", REPORT, None, (401, 200, 200, 404, 200, 404, 200, 200)),
    ("PUT", "/api/cycles/1/conditions/1", {"reason": ""}, (401, 403, 403, 404, 403, 404, 422, 403)),
    ("PUT", "/api/cycles/1/conditions/9", {"reason": "Seen."}, (401, 403, 403, 404, 403, 404, 404, 403)),
    ("POST", "/api/cycles/1/appeal", {"reason": ""}, (401, 403, 422, 404, 403, 404, 403, 403)),
    (
        "PUT",
        "/api/cycles/1/appeal/answer",
        {"outcome": None, "reason": "x"},
        (401, 403, 403, 404, 403, 404, 403, 409),
    ),
)


@pytest.fixture
def client(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A client of an engine on the second of April 2026."""
    monkeypatch.setattr(House, "now", lambda _: later(1))
    with Client(house) as opened:
        yield opened


def people(house: House) -> dict[str, Principal | None]:
    """Everybody; the reviewer is the one who settles here."""
    lead = team_of(house)["lead"]
    return {**PEOPLE, "reviewer": reviewer(lead), "other reviewer": reviewer(3 - lead)}


def told_to_all(client: Client, table: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """The same table, with what each is answered."""
    who = people(client.house)
    return tuple(
        (
            method,
            path,
            body,
            tuple(client.ask(method, path, by=who[name], json=body).status_code for name in WHO),
        )
        for method, path, body, _ in table
    )


def test_while_the_report_is_checked_each_role_is_answered_as_the_table_says(client: Client) -> None:
    to_report(client.house)
    assert client.post(f"{REPORT}/comments", by=MEMBER, json=COMMENT).json() == {"id": 1}
    assert told_to_all(client, WHILE_CHECKED) == WHILE_CHECKED


def test_once_published_each_role_is_answered_as_the_table_says(client: Client) -> None:
    to_published(client.house)
    assert told_to_all(client, ONCE_PUBLISHED) == ONCE_PUBLISHED


def test_from_the_report_to_the_award_by_everybody_over_the_api(client: Client) -> None:
    house = client.house
    to_report(house)
    client.post(f"{REPORT}/comments", by=MEMBER, json=COMMENT)
    assert client.get(REPORT, by=LEAD).json()["waiting"] == [1]
    who = reviewer(team_of(house)["lead"])
    assert client.put(ANSWER, by=who, json={"reason": "The page is of another year."}).json() == {"waiting": []}
    assert client.post(f"{REPORT}/agreement", by=LEAD).json() == {"stage": "recommendation"}
    work(house, at=later(1))
    assert client.get("/api/cycles/1/recommendation", by=COMMITTEE).json()["confirmed_by"] == "The college council"
    client.post("/api/cycles/1/decision", by=COMMITTEE, json={"outcome": "deferred"})
    client.post("/api/cycles/1/publication", by=OFFICE)
    told = client.put("/api/cycles/1/conditions/1", by=OFFICE, json={"reason": "The new plan was seen."}).json()
    assert (told["stands"]["outcome"], told["stands"]["because"]) == ("accredited", "conditions_met")
    entry = client.get("/api/register/1").json()
    assert (entry["outcome"], entry["status"], [one["outcome"] for one in entry["before"]]) == (
        "accredited",
        "current",
        ["deferred"],
    )


def test_an_appeal_and_its_answer_over_the_api_and_what_the_public_reads(client: Client) -> None:
    house = client.house
    to_published(house)
    lodged = client.post("/api/cycles/1/appeal", by=LEAD, json={"reason": "There was a strike."})
    assert (lodged.status_code, lodged.json()["appeal"]["upheld"]) == (201, None)
    refused = client.put("/api/cycles/1/conditions/1", by=OFFICE, json={"reason": "Seen."})
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "An appeal is open. Conditions can be recorded as met once the committee has answered it.",
    )
    page = client.get("/register/1").text
    assert "Until the appeal is answered the decision stands." in page
    assert "Decided by" in page
    visitor = Principal(name=f"Lay {team_of(house)['lay']}", role=Role.COMMITTEE)
    body = {"outcome": "accredited", "reason": "The job plan was there."}
    assert client.put("/api/cycles/1/appeal/answer", by=visitor, json=body).status_code == 403
    upheld = client.put("/api/cycles/1/appeal/answer", by=COMMITTEE, json=body).json()
    assert (upheld["outcome"], upheld["stands"]["outcome"], upheld["appeal"]["upheld"]) == (
        "deferred",
        "accredited",
        True,
    )
    page = client.get("/register/1").text
    assert "The college upheld the appeal on" in page
    assert "What stood before" in page
    for secret in ("strike", "job plan was there"):
        assert secret not in page + client.get("/api/register/1", by=PUBLIC).text
