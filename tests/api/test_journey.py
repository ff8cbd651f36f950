"""A whole cycle by the API alone: people send what they would send, the engine does its part between."""

from typing import Any

from accreditation.actions.publish_edition import publish_edition
from accreditation.records.jobs import Kind
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.api.asking import Client
from tests.walking import AT, COMMITTEE, OFFICE, reviewer, scheme, work

LEAD = Principal(name="lead", role=Role.TEAM_LEAD, team=1)


def done(answer: Any) -> Any:
    """What was answered, once it is sure that it was not refused."""
    assert answer.is_success, answer.text
    return answer.json()


def test_a_team_goes_from_enrolment_to_the_register(house: House) -> None:
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme(), at=AT)
    with Client(house) as client:

        def engine() -> None:
            work(house, at=house.now())

        team = {"organisation": "North Trust", "team": "North", "service_line": "small", "ods_code": "RXX"}
        assert done(client.post("/api/teams", by=OFFICE, json={"teams": [team]}))["team_ids"] == [1]
        assert done(client.post("/api/rounds", by=OFFICE, json={"name": "spring", "edition": digest})) == {"id": 1}
        assert done(client.post("/api/cycles", by=OFFICE, json={"team": 1, "round": 1})) == {"id": 1}
        for role in ("lead", "lay"):
            done(client.post("/api/reviewers", by=OFFICE, json={"name": role, "roles": [role], "capacity": 1}))
        profile = {"profile": {"hasu": True}}
        assert done(client.patch("/api/cycles/1/profile", by=LEAD, json=profile)) == profile
        asked = done(client.get("/api/cycles/1", by=LEAD))
        assert [one["move"] for one in asked["allowed"]] == [
            "state_profile",
            "rate",
            "attach_evidence",
            "withdraw_evidence",
            "submit",
            "withdraw",
        ]
        said = {
            "1.01": {"rating": "met"},
            "1.10": {"rating": "met"},
            "2.01": {"measured": 92.5},
            "2.02": {"level": "A"},
        }
        given = {name: {"answer": answer, "seen_version": 0} for name, answer in said.items()}
        kept = done(client.post("/api/cycles/1/self-assessment", by=LEAD, json={"answers": given}))
        assert kept == {"versions": {one["id"]: 1 for one in asked["criteria"]}}
        stage = done(client.post("/api/cycles/1/submissions", by=LEAD, json={"stage": "self_assessment"}))
        assert stage == {"stage": "evidence"}
        far = done(client.get("/api/cycles/1/progress", by=LEAD))
        assert (far["answered"], far["of"], far["gap"]["outcome"]) == (4, 4, "accredited")
        assert [one["id"] for one in far["evidence"]["missing"]] == ["1.01"]
        done(client.attach(by=LEAD))
        waits = client.post("/api/cycles/1/submissions", by=LEAD, json={"stage": "evidence"})
        assert (waits.status_code, [one["found"][:7] for one in waits.json()["faults"]]) == (422, ["waiting"])
        work(house, Kind.EVIDENCE, at=house.now())
        assert done(client.post("/api/cycles/1/submissions", by=LEAD, json={"stage": "evidence"})) == {
            "stage": "assignment"
        }
        assert done(client.post("/api/rounds/1/assignment", by=OFFICE)) == {"to_review": [1]}
        for number, rating in ((1, "met"), (2, "not_met")):
            rated = {
                name: {"answer": {"rating": rating if name == "1.01" else "met"}, "seen_version": 0} for name in said
            }
            done(client.post("/api/cycles/1/review", by=reviewer(number), json={"answers": rated}))
            done(client.post("/api/cycles/1/review/hand-in", by=reviewer(number)))
        engine()
        lead = next(
            one for one in done(client.get("/api/cycles/1/review-team", by=LEAD))["seats"] if one["role"] == "lead"
        )
        assert done(client.get("/api/cycles/1/reviews", by=OFFICE))["to_settle"] == ["1.01"]
        settled = {"rating": "not_met", "note": "The job plan has no named deputy."}
        answer = client.put("/api/cycles/1/settlements/1.01", by=reviewer(lead["reviewer"]), json=settled)
        assert done(answer) == {"left": []}
        engine()
        recommended = done(client.get("/api/cycles/1/recommendation", by=COMMITTEE))
        assert (recommended["outcome"], recommended["stands_in_the_way"]) == ("deferred", ["1.01"])
        decided = done(client.post("/api/cycles/1/decision", by=COMMITTEE, json={"outcome": "deferred"}))
        assert [[one["id"] for one in each["criteria"]] for each in decided["conditions"]] == [["1.01"]]
        done(client.post("/api/cycles/1/publication", by=OFFICE))
        result = done(client.get("/api/teams/1/results"))["results"][0]
        assert (result["title"], result["status"], result["conditions"][0]["criteria"]) == (
            "Deferred", "not_awarded", [{"id": "1.01", "title": "Named lead"}],
        )  # fmt: skip
        assert done(client.get("/api/register"))["items"] == [result]
        assert [one["to_stage"] for one in done(client.get("/api/cycles/1/history", by=LEAD))["stages"]] == [
            "self_assessment", "evidence", "assignment", "review", "consensus", "recommendation", "decision",
            "publication", "published",
        ]  # fmt: skip
        assert done(client.get("/api/ledger/verification", by=OFFICE))["intact"] is True
