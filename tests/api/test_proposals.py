"""A proposal over the API: what the office does, and that nobody reads what is not theirs, by no route.

Two worlds differ in one thing only each time: why a service has a conflict with a reviewer, or why a reviewer declines.
Whoever may not see it reads the same bytes in both.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from accreditation.records.invitations import Said
from accreditation.rules.people import Principal
from tests.api.asking import PEOPLE, Client
from tests.api.blind import READS, asked_by
from tests.api.test_everybody import send
from tests.opened import opened
from tests.proposing import asked, confirm_all, invitation, proposed, says, service_says, to_proposal
from tests.walking import LEAD, OFFICE, STRANGER, reviewer, work

Open = Callable[[], Client]

SECRETS = ("They ran our unit until last spring.", "Her sister is our ward manager, and we fell out.")
ROUND = "/api/rounds/1"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which North and South wait, and the office has confirmed the teams proposed."""
    folder = tmp_path_factory.mktemp("proposed")
    house = opened(folder)
    to_proposal(house, both=True)
    confirm_all(house)
    work(house)
    house.close()
    return folder


@pytest.fixture
def confirmed(template: Path, tmp_path: Path) -> Iterator[Open]:
    """A client of an engine of its own in this state; as many as a test asks for."""
    with ExitStack() as exits:

        def open_copy() -> Client:
            folder = tmp_path / f"engine-{len(list(tmp_path.iterdir()))}"
            shutil.copytree(template, folder)
            house = opened(folder)
            exits.callback(house.close)
            client = exits.enter_context(Client(house))
            client.keep_cookie("form", "the same in every world")  # what is different then, is so for a reason
            return client

        yield open_copy


def told(client: Client, who: Principal | None) -> dict[str, str]:
    """Everything that this person can read, by every route."""
    PEOPLE["somebody"] = who
    try:
        return {way: send(client, way, "somebody").text for way in asked_by("public" if who is None else "", READS)}
    finally:
        del PEOPLE["somebody"]


def everybody_else(client: Client) -> dict[str, Principal | None]:
    """Everybody but the college and North's own people."""
    return {"public": None, "stranger": STRANGER} | {f"reviewer {number}": reviewer(number) for number in (1, 2, 3, 4)}


def test_a_services_reason_reaches_the_college_and_that_service_and_nobody_else_by_any_route(confirmed: Open) -> None:
    one, other = confirmed(), confirmed()
    for client, secret in zip((one, other), SECRETS, strict=True):
        service_says(client.house, "lay", conflict=True, reason=secret)
        work(client.house)
        confirm_all(client.house)
    for who in everybody_else(one).values():
        assert told(one, who) == told(other, who)
    assert SECRETS[0] in told(one, LEAD)["GET /api/cycles/{cycle}/proposed-team"]
    assert SECRETS[0] in told(one, OFFICE)["GET /api/rounds/{round}/proposal"]
    assert SECRETS[0] in told(one, PEOPLE["committee"])["GET /api/cycles/{cycle}/proposed-team"]


def test_the_reviewer_learns_that_they_are_asked_no_more_and_nothing_else(confirmed: Open) -> None:
    """A service's conflict, being taken off and being swapped read the same to whom they happen."""
    refused, taken_off = confirmed(), confirmed()
    number = asked(refused.house)["lay"]
    service_says(refused.house, "lay", conflict=True, reason=SECRETS[0])
    path = f"/api/cycles/1/review-team/{number}/departure"
    assert taken_off.post(path, by=OFFICE, json={"reason": "Another one is needed there."}).json() == {"new": True}
    seen = [client.get("/api/invitations", by=reviewer(number)).json() for client in (refused, taken_off)]
    assert seen[0] == seen[1]
    assert [one["state"] for one in seen[0]["invitations"] if one["team"] == "North"] == ["over"]


@pytest.mark.parametrize("said", [Said.DECLINES, Said.CONFLICT])
def test_a_reviewers_reason_reaches_the_college_and_them_and_nobody_else(confirmed: Open, said: Said) -> None:
    one, other = confirmed(), confirmed()
    who = asked(one.house)["lead"]
    for client, secret in zip((one, other), SECRETS, strict=True):
        says(client.house, "lead", said, reason=secret)
        work(client.house)
    others = {**everybody_else(one), "lead": LEAD}
    del others[f"reviewer {who}"]
    for somebody in others.values():
        assert told(one, somebody) == told(other, somebody)
    assert SECRETS[0] in told(one, reviewer(who))["GET /api/invitations"]
    assert SECRETS[0] in told(one, OFFICE)["GET /api/rounds/{round}/proposal"]


def test_a_service_does_not_learn_whether_a_reviewer_has_accepted(confirmed: Open) -> None:
    silent, accepted = confirmed(), confirmed()
    says(accepted.house, "lay")
    for who in (LEAD, STRANGER, reviewer(asked(silent.house)["lead"])):
        assert told(silent, who) == told(accepted, who)
    assert told(silent, OFFICE) != told(accepted, OFFICE)


def test_whoever_is_asked_reads_nothing_of_the_assessment_before_the_review(confirmed: Open) -> None:
    client = confirmed()
    who = reviewer(asked(client.house)["lay"])
    says(client.house, "lay")
    ways = [way for way in READS if "/api/cycles/{cycle}" in way]  # pages take no tokens
    PEOPLE["somebody"] = who
    try:
        assert {send(client, way, "somebody").status_code for way in ways} == {404}
    finally:
        del PEOPLE["somebody"]
    shown = client.get("/api/invitations", by=who).json()["invitations"]
    assert set(shown[0]) == {
        "id", "scheme", "round", "team", "organisation", "role", "title", "asked_at", "answer_until", "review_lasts",
        "visit", "state", "reason",
    }  # fmt: skip
    north = next(one for one in shown if one["team"] == "North")
    assert (north["organisation"]["name"], north["role"], north["state"], north["review_lasts"]) == (
        "North Trust", "lay", "accepted", "6 weeks",
    )  # fmt: skip


def test_the_service_sees_who_is_to_review_it_by_designation_role_and_employer(confirmed: Open) -> None:
    client = confirmed()
    seen = client.get("/api/cycles/1/proposed-team", by=LEAD).json()
    lay, lead = asked(client.house)["lay"], asked(client.house)["lead"]
    assert (seen["cycle"], seen["silence"]) == (1, "no_conflict")
    assert [
        (one["reviewer"], one["name"], one["employer"], one["title"], one["answer"], one["reason"])
        for one in seen["reviewers"]
    ] == [
        (lay, f"Lay {lay}", None, "Lay reviewer", None, ""),
        (lead, f"Lead {lead}", "Far Trust", "Lead", None, ""),
    ]
    path = f"/api/cycles/1/proposed-team/{lay}/answer"
    assert client.put(path, by=LEAD, json={"conflict": False}).json() == {"new": True}
    assert client.put(path, by=LEAD, json={"conflict": False}).json() == {"new": False}
    assert client.put(path, by=LEAD, json={"conflict": True}).status_code == 422


def test_the_office_sees_teams_what_is_answered_and_what_is_lacking(confirmed: Open) -> None:
    client = confirmed()
    says(client.house, "lay")
    shown = client.get(f"{ROUND}/proposal", by=OFFICE).json()
    assert (shown["number"], [one["cycle"] for one in shown["teams"]]) == (1, [1, 2])
    north = shown["teams"][0]
    lay, lead = asked(client.house)["lay"], asked(client.house)["lead"]
    assert north["confirmed"] is True
    assert north["lacking"] == [
        f"the service has yet to say whether it has a conflict with Lay {lay}, Lead {lead}",
        f"Lead {lead} has yet to accept",
    ]
    assert [
        (one["reviewer"], one["stands"], one["how"], (one["reviewer_answer"] or {}).get("said"))
        for one in north["seats"]
    ] == [(lay, "asked", "proposed", "accepts"), (lead, "asked", "proposed", None)]


def test_the_office_previews_changes_and_confirms(confirmed: Open) -> None:
    client = confirmed()
    lead = asked(client.house)["lead"]
    change = {"kind": "swap", "cycle": 1, "out": lead, "into": 3 - lead}
    wanted = {"number": 1, "change": change}
    seen = client.post(f"{ROUND}/proposal/preview", by=OFFICE, json=wanted).json()
    assert [(one["reviewer"], one["team"], one["how"]) for one in seen["coming"] if one["cycle"] == 1] == [
        (3 - lead, "North", "swapped")
    ]
    assert [one["reviewer"] for one in seen["given_up"] if one["cycle"] == 1] == [lead]
    kept = client.post(f"{ROUND}/proposal/changes", by=OFFICE, json=wanted).json()
    assert (kept["number"], kept["effect"]) == (2, seen)
    stale = client.post(f"{ROUND}/proposal/changes", by=OFFICE, json=wanted)
    assert (stale.status_code, stale.json()["type"], stale.json()["current_version"]) == (409, "/problems/stale", 2)
    done = client.post(f"{ROUND}/proposal/confirmation", by=OFFICE, json={"number": 2, "cycles": [1]})
    assert done.json()["cycles"] == [1]
    assert proposed(client.house)["lead"][0] == 3 - lead
    number = invitation(client.house, "lead")
    answered = client.put(f"/api/invitations/{number}/answer", by=reviewer(3 - lead), json={"answer": "accepts"})
    assert answered.json() == {"new": True}


def test_where_a_change_cannot_be_nothing_is_worked_out_and_no_figure_is_made_up(confirmed: Open) -> None:
    client = confirmed()
    lay = asked(client.house)["lay"]
    change = {"kind": "lock", "cycle": 1, "reviewer": lay, "role": "lead"}
    seen = client.post(f"{ROUND}/proposal/preview", by=OFFICE, json={"number": 1, "change": change}).json()
    assert len(seen["hindrances"]) == 1
    assert (seen["before"], seen["after"], seen["proven"]) == (None, None, None)


def test_a_team_is_told_what_it_can_do_and_what_is_waited_for(confirmed: Open) -> None:
    client = confirmed()
    seen = client.get("/api/cycles/1", by=LEAD).json()
    assert seen["waits_for"] == (
        "Your service has yet to say whether it has a conflict of interest with the proposed reviewers."
    )
    assert "answer" in [one["move"] for one in seen["allowed"]]
    for role in ("lay", "lead"):
        service_says(client.house, role)
    seen = client.get("/api/cycles/1", by=LEAD).json()
    assert seen["waits_for"] == "The review team is not complete yet; the college office knows why."
    lay, lead = asked(client.house)["lay"], asked(client.house)["lead"]
    office = client.get("/api/cycles/1", by=OFFICE).json()
    assert office["waits_for"] == f"Lay {lay}, Lead {lead} have yet to accept."
    assert [one["move"] for one in office["allowed"]] == [
        "send_back", "declare_conflict", "propose", "lock", "swap", "confirm", "take_off", "date_visit", "withdraw",
        "carry_over", "answer_again",
    ]  # fmt: skip


def test_the_office_asks_why_somebody_is_proposed_or_why_not(confirmed: Open) -> None:
    client = confirmed()
    says(client.house, "lead", Said.CONFLICT, reason=SECRETS[0])
    work(client.house)
    gone = next(number for number in (1, 2) if number != proposed(client.house)["lead"][0])

    def words(reviewer: int, cycle: int = 1) -> str:
        sent = {"cycle": cycle, "reviewer": reviewer}
        answer = client.post(f"{ROUND}/proposal/explanation", by=OFFICE, json=sent)
        return " ".join(answer.json().get("words", [answer.json()["detail"] if answer.status_code != 200 else ""]))

    assert words(3 - gone).startswith(f"Lead {3 - gone} sits in the team of North as lead: ")
    assert words(gone).startswith(f"Lead {gone} may not sit in the team of North: ")
    assert "conflict" in words(gone)
    assert SECRETS[0] not in words(gone)
    assert words(99) == "There is no reviewer 99."
    assert words(1, cycle=9) == "Cycle 9 does not wait for a review team in round 1."
