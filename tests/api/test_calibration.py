"""Over the API: the reference of an exercise reaches no reviewer before the hand-in, by no route.

Two worlds differ in the reference alone. Whoever has not handed in reads the same bytes in both; afterwards not.
"""

from collections.abc import Mapping

from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from tests.api.asking import PEOPLE, Client
from tests.api.blind import Told, read, text
from tests.api.conftest import AtStage
from tests.api.test_everybody import ANSWER
from tests.api.watching import stand_still
from tests.exercising import confirmed, edited, made
from tests.walking import ANSWERS, reviewer

TAKER, OTHER = PEOPLE["other reviewer"], reviewer(3)
PATH = "/api/calibrations/1"

OPEN, ONE, COMPARED = (
    "GET /api/calibrations",
    "GET /api/calibrations/{exercise}",
    "GET /api/calibrations/{exercise}/comparison",
)


def worlds(at_stage: AtStage) -> list[Client]:
    """The exercise with the settled rating as its reference, and with another one and another reason."""
    both = [at_stage(Stage.PUBLISHED) for _ in range(2)]
    stand_still(*both)
    for client in both:
        made(client.house)
    other = Answer(rating="not_met", note="Sesquipedalian: no hours.")
    edited(both[1].house, reference=other, reason="Sesquipedalian as well.")
    for client in both:
        confirmed(client.house)
    return both


def told(client: Client, who: str, *, comparison: int = 404) -> Mapping[str, Told]:
    """Everything that this person can read; whoever takes the exercise reads it, and the comparison once it is done.

    What it takes is left out: a draft that was edited has one version more, for all alike.
    """
    found = read(client, who)
    if who == "other reviewer":
        assert [found[way].status for way in (OPEN, ONE, COMPARED)] == [200, 200, comparison]
    return found


def test_the_reference_reaches_nobody_before_they_hand_in_by_any_route(at_stage: AtStage) -> None:
    same, other = worlds(at_stage)
    for who in ("reviewer", "other reviewer", "lead", "public"):
        assert told(same, who) == told(other, who)
    given = dict.fromkeys(ANSWERS, ANSWER)
    for client in (same, other):
        one = client.put(f"{PATH}/answers/1.01", by=TAKER, json={"answer": {"rating": "met"}, "seen_version": 0})
        assert one.json() == {"criterion": "1.01", "version": 1}
        assert client.post(f"{PATH}/answers", by=TAKER, json={"answers": given}).json() == {
            "versions": dict.fromkeys(ANSWERS, 1)
        }
    assert told(same, "other reviewer") == told(other, "other reviewer")
    assert told(same, "other reviewer")[ONE].content.count(b'"rating":"met"') >= 3
    assert [client.post(f"{PATH}/hand-in", by=TAKER).json() for client in (same, other)] == [{"done": True}] * 2
    assert told(same, "other reviewer", comparison=200) != told(other, "other reviewer", comparison=200)
    compared = other.get(f"{PATH}/comparison", by=TAKER).json()
    assert (compared["same"], compared["of"], "Sesquipedalian: no hours." in str(compared)) == (2, 3, True)
    assert "Sesquipedalian as well." not in text(told(other, "other reviewer", comparison=200))
    assert other.get(f"{PATH}/comparison", by=OTHER).status_code == 404


def test_one_that_is_not_confirmed_reads_exactly_as_one_that_does_not_exist(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    made(client.house)
    for way, body in (("GET", None), ("POST", {"answers": {"1.01": ANSWER}})):
        there, nowhere = (
            client.ask(way, f"/api/calibrations/{number}{'/answers' if body else ''}", by=TAKER, json=body)
            for number in (1, 999)
        )
        assert there.status_code == 404
        assert there.text.replace("/calibrations/1", "/calibrations/999") == nowhere.text


def test_the_office_makes_edits_confirms_and_retires_over_the_api(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    office = PEOPLE["office"]
    body = {"cycle": 1, "title": "A rota with gaps", "about": ""}
    assert client.post("/api/calibrations", by=office, json=body).json() == {"id": 1}
    change = {"reference": {"rating": "not_met", "note": "No hours."}, "reason": "Agreed.", "seen_version": 1}
    assert client.put(f"{PATH}/draft/1.01", by=office, json=change).json() == {"criterion": "1.01", "version": 2}
    drafted = client.get(f"{PATH}/draft", by=office).json()["criteria"][0]
    assert (drafted["item"]["reference"]["rating"], drafted["settled"]["rating"]) == ("not_met", "met")
    assert client.put(f"{PATH}/draft/1.01", by=office, json={**change, "note": "x"}).status_code == 409
    assert client.post(f"{PATH}/confirmation", by=office).json() == {"done": True}
    listed = client.get("/api/calibrations", by=TAKER).json()["exercises"]
    assert [(one["title"], one["state"], one["cycle"]) for one in listed] == [("A rota with gaps", "open", None)]
    assert client.post(f"{PATH}/retirement", by=office, json={"reason": "Too easy."}).json() == {"done": True}
    assert client.get("/api/calibrations", by=TAKER).json() == {"exercises": []}
