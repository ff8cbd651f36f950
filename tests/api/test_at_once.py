"""Two people at the same moment: one is kept, the other is told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage


def at_once(client: Client, *requests: tuple[str, str, str, Any]) -> list[Any]:
    """What is each answered when all (who, method, path, body) are sent at the same moment?"""
    ready = Barrier(len(requests))
    for who, *_ in requests:
        client.get("/api/register", by=PEOPLE[who])  # their tokens are made

    def send(request: tuple[str, str, str, Any]) -> Any:
        who, method, path, body = request
        with Client(client.house, client.secrets) as own:
            ready.wait()
            return own.ask(method, path, by=PEOPLE[who], json=body)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def test_of_two_answers_to_one_criterion_one_is_kept_and_the_other_is_told_what_stands(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    path = "/api/cycles/1/self-assessment/1.01"
    bodies = {
        who: {"answer": {"rating": rating, "note": f"says the {who}"}, "seen_version": 0}
        for who, rating in (("lead", "met"), ("member", "not_met"))
    }
    answers = at_once(client, *((who, "PUT", path, body) for who, body in bodies.items()))
    assert sorted(one.status_code for one in answers) == [200, 409]
    refused = next(one.json() for one in answers if one.status_code == 409)
    stands = client.get("/api/cycles/1/self-assessment", by=PEOPLE["lead"]).json()["criteria"][0]
    assert (
        (refused["current_version"], refused["current"])
        == (stands["version"], stands["answer"])
        == (1, stands["answer"])
    )
    lost = next(who for who, one in zip(bodies, answers, strict=True) if one.status_code == 409)
    again = {**bodies[lost], "seen_version": refused["current_version"]}
    assert client.put(path, by=PEOPLE[lost], json=again).json() == {"criterion": "1.01", "version": 2}


def test_of_many_at_once_exactly_one_is_kept(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    path = "/api/cycles/1/self-assessment/1.01"
    requests = [
        ("lead", "PUT", path, {"answer": {"rating": "met", "note": str(number)}, "seen_version": 0})
        for number in range(6)
    ]
    assert sorted(one.status_code for one in at_once(client, *requests)) == [200] + [409] * 5


def test_the_same_thing_twice_at_once_is_done_once(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    enrolled = ("office", "POST", "/api/cycles", {"team": 2, "round": 1})
    assert [one.json() for one in at_once(client, enrolled, enrolled)] == [{"id": 2}, {"id": 2}]
    named = ("office", "POST", "/api/reviewers", {"name": "Lay 9", "roles": ["lay"], "capacity": 1})
    assert [one.json() for one in at_once(client, named, named)] == [{"id": 5}, {"id": 5}]
    made = ("office", "POST", "/api/tokens", {"name": "twice", "role": "office"})
    assert sorted(one.status_code for one in at_once(client, made, made)) == [201, 409]


def test_two_tabs_of_a_reviewer_at_once_merge_where_they_differ_and_lose_nothing_where_they_meet(
    at_stage: AtStage,
) -> None:
    client = at_stage(Stage.REVIEW)
    path = "/api/cycles/1/review/"
    bodies = [{"answer": {"rating": "met", "note": f"tab {tab}"}, "seen_version": 0} for tab in (1, 2)]
    found = [{"kind": "commendation", "text": f"tab {tab}", "seen_version": 0} for tab in (1, 2)]
    answers = at_once(
        client,
        ("reviewer", "PUT", f"{path}1.01", bodies[0]),
        ("reviewer", "PUT", f"{path}2.01", bodies[1]),
        ("reviewer", "PUT", f"{path}2.02", bodies[0]),
        ("reviewer", "PUT", f"{path}2.02", bodies[1]),
        ("reviewer", "PUT", f"{path}findings/a", found[0]),
        ("reviewer", "PUT", f"{path}findings/a", found[1]),
    )
    assert [one.status_code for one in answers[:2]] == [200, 200]
    for first, second in (answers[2:4], answers[4:]):
        assert sorted(one.status_code for one in (first, second)) == [200, 409]
        (conflict,) = next(one.json()["conflicts"] for one in (first, second) if one.status_code == 409)
        said = {conflict[side].get("note") or conflict[side]["text"] for side in ("current", "sent")}
        assert (said, conflict["current_version"]) == ({"tab 1", "tab 2"}, 1)
