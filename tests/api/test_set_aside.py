"""The office sets a rule aside over the API: the way out as it is offered, the effect beforehand, and who reads why."""

import re
from typing import Any

from accreditation.rules.people import Principal
from tests.api.asking import Client
from tests.proposing import ASKS, asked, confirm_all, confirmed_by_office, to_proposal
from tests.walking import COMMITTEE, LEAD, OFFICE, STRANGER, reviewer, work

ROUND = "/api/rounds/1"
WHY = "Nobody else is left, and her employer agrees."
SAID = f"region set aside by the office: {WHY}"


def by_region(client: Client) -> None:
    """Nobody's region is known, and the scheme asks for the same: nobody is proposed."""
    to_proposal(client.house, edition=confirmed_by_office(f"region: same, {ASKS}"))


def lock(who: int, role: str, **more: object) -> dict[str, Any]:
    return {"kind": "lock", "cycle": 1, "reviewer": who, "role": role, **more}


def send(client: Client, where: str, number: int, change: dict[str, Any], by: Principal = OFFICE) -> Any:
    return client.post(f"{ROUND}/proposal/{where}", by=by, json={"number": number, "change": change})


def test_the_office_sees_the_effect_sets_the_rule_aside_and_the_review_begins(client: Client) -> None:
    by_region(client)
    shown = client.get(f"{ROUND}/proposal", by=OFFICE).json()
    assert (
        "let Lead 1 visit North whatever their region (lock them there with whatever: region)" in (shown["ways_out"][0])
    )
    wanted = lock(1, "lead", whatever=["Region"], reason=WHY)
    seen = send(client, "preview", 1, wanted).json()
    assert [(one["reviewer"], one["how"], one["why"]) for one in seen["coming"]] == [
        (
            1,
            "locked",
            "holds the role lead, no conflict with North, seated whatever their region, 1 of 2 visits this round",
        )
    ]
    assert (seen["before"]["filled"], seen["after"]["filled"]) == (0, 1)
    kept = send(client, "changes", 1, wanted)
    assert (kept.status_code, kept.json()) == (200, {"number": 2, "effect": seen})
    send(client, "changes", 2, lock(3, "lay", whatever=["region"], reason=WHY))
    shown = client.get(f"{ROUND}/proposal", by=OFFICE).json()
    assert [(one["reviewer"], one["how"], one["set_aside"]) for one in shown["teams"][0]["seats"]] == [
        (3, "locked", SAID), (1, "locked", SAID),
    ]  # fmt: skip
    done = client.post(f"{ROUND}/proposal/confirmation", by=OFFICE, json={"number": 3})
    assert done.json() == {
        "cycles": [1], "words": "1 team is confirmed; whoever is new in a team is asked.",
    }  # fmt: skip
    assert client.post(f"{ROUND}/proposal/confirmation", by=OFFICE, json={"number": 3}).json() == {
        "cycles": [],
        "words": "Nothing is new: these teams of proposal 3 were confirmed before, by you or by somebody else.",
    }
    for who in asked(client.house).values():
        path = f"/api/cycles/1/proposed-team/{who}/answer"
        assert client.put(path, by=LEAD, json={"conflict": False}).json() == {"new": True}
        (one,) = client.get("/api/invitations", by=reviewer(who)).json()["invitations"]
        client.put(f"/api/invitations/{one['id']}/answer", by=reviewer(who), json={"answer": "accepts"})
    work(client.house, at=client.house.now())
    assert client.get("/api/cycles/1", by=OFFICE).json()["stage"] == "review"
    told = client.get("/api/ledger", by=OFFICE, params={"limit": 200}).json()
    entry = next(one for one in told["items"] if one["action"] == "review:lock")
    assert entry["detail"]["set_aside"] == [{"cycle": 1, "reviewer": 1, "rules": ["region"], "reason": WHY}]


def test_why_is_read_by_the_college_alone(client: Client) -> None:
    by_region(client)
    for number, (who, role) in enumerate(((1, "lead"), (3, "lay")), start=1):
        send(client, "changes", number, lock(who, role, whatever=["region"], reason=WHY))
    confirm_all(client.house)
    paths = ["/api/cycles/1", "/api/cycles/1/review-team", "/api/cycles/1/proposed-team", "/api/invitations"]
    for principal in (LEAD, STRANGER, reviewer(1), reviewer(3)):
        for path in [*paths, f"{ROUND}/proposal"]:
            assert WHY not in client.get(path, by=principal).text
    assert WHY in client.get(f"{ROUND}/proposal", by=OFFICE).text
    assert client.get(f"{ROUND}/proposal", by=COMMITTEE).status_code == 403


def test_what_is_wrong_with_it_is_said_all_at_once_and_nothing_is_kept(client: Client) -> None:
    by_region(client)
    wanted = lock(1, "lead", whatever=["region", "travel", "declared"])
    refused = send(client, "changes", 1, wanted)
    said = [
        "declared is never set aside; what may be is same_network, repeat, region, travel, and no conflict of interest",
        "the rule travel does not keep Lead 1 from North, so there is nothing to set aside",
        "a rule is to be set aside and no reason is given; say why, for the college's record",
    ]
    assert (refused.status_code, [one["found"] for one in refused.json()["faults"]]) == (422, said)
    assert send(client, "preview", 1, wanted).json()["hindrances"] == said
    for bad in (
        {"whatever": ["region"] * 5},
        {"whatever": ["Region!"]},
        {"reason": "x" * 5001},
        {"whatever": "region"},
    ):
        assert send(client, "changes", 1, lock(1, "lead", **bad)).status_code == 422
    assert send(client, "changes", 1, lock(1, "lead", whatever=["region"], reason=WHY), by=LEAD).status_code == 403
    assert client.get(f"{ROUND}/proposal", by=OFFICE).json()["number"] == 1


def test_without_the_rule_set_aside_the_office_is_told_that_it_may_be(client: Client) -> None:
    by_region(client)
    refused = send(client, "changes", 1, lock(1, "lead"))
    (fault,) = refused.json()["faults"]
    assert fault["found"] == "Lead 1 is not from the same region, as far as is known, and sits in North"
    assert fault["allowed"] == (
        "choose somebody whom nothing keeps from it, or lock them with whatever: region, and a reason; the proposal's "
        "preview says what would come of it"
    )
    words = client.post(f"{ROUND}/proposal/explanation", by=OFFICE, json={"cycle": 1, "reviewer": 1}).json()["words"]
    assert words == [
        "Lead 1 may not sit in the team of North:",
        "their region or the visit's is not known, and the scheme looks at it",
        "that may be set aside: lock them there with whatever: region",
    ]


def test_what_is_offered_where_experienced_people_are_asked_for_is_true_when_it_is_taken(client: Client) -> None:
    """A way out was solved with all that it asks for; what it asks for is taken one by one, in any order."""
    office = client.house
    to_proposal(
        office, edition=confirmed_by_office(f"region: same, experienced: {{at_least: 1, after_visits: 3}}, {ASKS}")
    )
    for lead in (1, 2):
        client.patch(f"/api/reviewers/{lead}", by=OFFICE, json={"visits_done": 3})
    client.patch("/api/reviewers/4", by=OFFICE, json={"capacity": 0})
    work(office, at=office.now())
    shown = client.get(f"{ROUND}/proposal", by=OFFICE).json()
    least = shown["ways_out"][0]
    assert least == (
        "the least that would help: let Lead 1 visit North whatever their region (lock them there with whatever: "
        "region); let Lay 3 visit North whatever their region (lock them there with whatever: region) "
        "(tried: then every seat is filled)"
    )
    named = {one["name"]: one for one in client.get("/api/reviewers", by=OFFICE).json()["reviewers"]}
    for who, team, rule in reversed(
        re.findall(r"let (.+?) visit (.+?) whatever their region .*?whatever: (\w+)\)", least)
    ):
        assert team == "North"
        wanted = lock(named[who]["id"], named[who]["roles"][0], whatever=[rule], reason=WHY)
        number = client.get(f"{ROUND}/proposal", by=OFFICE).json()["number"]
        assert send(client, "preview", number, wanted).json()["hindrances"] == []
        assert send(client, "changes", number, wanted).status_code == 200
    shown = client.get(f"{ROUND}/proposal", by=OFFICE).json()
    assert [(one["reviewer"], one["how"], one["set_aside"]) for one in shown["teams"][0]["seats"]] == [
        (3, "locked", SAID), (1, "locked", SAID),
    ]  # fmt: skip
    assert (shown["teams"][0]["empty"], shown["blocks"], shown["ways_out"]) == ([], [], [])
