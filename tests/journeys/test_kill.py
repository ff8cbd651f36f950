"""Kill the serving process at five points of the demonstration's cycle, start it again, and finish: nothing twice."""

import sqlite3
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import pytest

from accreditation.actions.create_token import create_token
from accreditation.actions.publish_edition import publish_edition
from accreditation.commands.demonstration.cast import Cast
from accreditation.commands.demonstration.people import Person
from accreditation.commands.demonstration.play import steps
from accreditation.commands.demonstration.scene import Scene
from accreditation.commands.demonstration.story import TEAMS
from accreditation.ledger.entries import verify
from accreditation.rules.people import Principal, Role
from accreditation.views.endings import endings
from accreditation.wiring import House, Settings, open_house
from tests.journeys.running import PATIENCE, Serving, serving
from tests.journeys.warm import Warm
from tests.shipped import shipped

pytestmark = pytest.mark.xdist_group("engine")

SCHEME = shipped("stroke").scheme
OFFICE = Principal(name="college office", role=Role.OFFICE)

ASKED = [SCHEME.applicable(team.profile) for team in TEAMS]
"""The criteria that each team is asked."""

ANSWERS = sum(map(len, ASKED))
DOCUMENTS = sum(any(item.required for item in criterion.evidence) for criterion in chain(*ASKED))
SLIPPED = sum(team.slips is not None for team in TEAMS)
FILES = DOCUMENTS + SLIPPED
"""Every document, and what takes the place of those that are kept back."""

TEAM, SEATS = len(TEAMS), 3 * len(TEAMS)
REFUSED = sum(team.service_refuses is not None for team in TEAMS)
"""Reviewers in whose place another one is confirmed, as the service has a conflict with them."""

NOW = datetime(2026, 4, 1, tzinfo=UTC)
"""On this day documents are dated."""

STAGES = [
    "self_assessment", "evidence", "assignment", "review", "consensus", "recommendation", "decision", "publication",
    "published",
]  # fmt: skip

BEFORE, SENT, ANSWERED = (
    "before it is sent",
    "http11.send_request_body.complete",
    "http11.receive_response_body.complete",
)
"""Moments in a request; the last two by the names that the HTTP client has for them."""

ASSIGNING = "SELECT 1 FROM job WHERE kind = 'assignment' AND (leased_by IS NOT NULL OR done_at IS NOT NULL)"
"""Has the run begun that looks for review teams?"""

ANYTHING = "SELECT 1"

KILLS = {
    "a batch of ratings is in flight": ("/self-assessment", b"", SENT, ANYTHING),
    "submitted, and its flow did not run yet": ("/submissions", b'"self_assessment"', ANSWERED, ANYTHING),
    "a flow looks for review teams": ("/submissions", b'"evidence"', ANSWERED, ASSIGNING),
    "a review is being handed in": ("/review/hand-in", b"", SENT, ANYTHING),
    "decided, and not published yet": ("/publication", b"", BEFORE, ANYTHING),
}
"""Point -> the first POST to a path that ends so, with this in its body; when in it; what must be in the records."""


class Killing(httpx.HTTPTransport):
    """People's way to the engine. At each point it kills the engine, and starts it again without waiting for it."""

    def __init__(self, engine: Serving) -> None:
        super().__init__()
        self.engine = engine
        self.happened: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for point, (path, words, moment, condition) in KILLS.items():
            fits = request.method == "POST" and request.url.path.endswith(path) and words in request.read()
            if fits and point not in self.happened:
                self._prepare(request, point, moment, condition)
                break
        return super().handle_request(request)

    def _prepare(self, request: httpx.Request, point: str, moment: str, condition: str) -> None:
        def trace(event: str, _: Mapping[str, Any]) -> None:
            if event == moment and point not in self.happened:
                self._kill(point, condition)

        if moment == BEFORE:
            self._kill(point, condition)
        else:
            request.extensions = {**request.extensions, "trace": trace}

    def _kill(self, point: str, condition: str) -> None:
        while not rows(self.engine.data, condition):
            threading.Event().wait(0.002)
        self.happened.append(point)
        self.engine.kill()
        self.engine.start()


def rows(data: Path, question: str) -> list[tuple[Any, ...]]:
    """What the records say, read beside the engine."""
    with sqlite3.connect(data / "records.sqlite", timeout=60) as raw:
        found = raw.execute(question).fetchall()
    raw.close()
    return found


def begin(house: House) -> str:
    """Publish the edition and give the office its token."""
    publish_edition(house.database, principal=OFFICE, scheme=SCHEME, at=house.now())
    return create_token(
        house.database, principal=OFFICE, name="office", role=Role.OFFICE, team_id=None, reviewer_id=None,
        valid_for=timedelta(days=1), at=house.now(),
    )  # fmt: skip


def play(engine: Serving, token: str) -> list[str]:
    """Let the three teams go through their cycles over HTTP; says at which points the engine was killed."""
    transport = Killing(engine)
    with httpx.Client(base_url=engine.url, timeout=PATIENCE, transport=transport, trust_env=False) as client:

        def person(token: str) -> Person:
            return Person(client, token=token, patience=timedelta(seconds=PATIENCE))

        office = person(token)
        cast = Cast(office=office, person=person)
        for step in steps(Scene(office=office, cast=cast, tell=lambda *_: None, moment=lambda: NOW)):
            step()
        person(token).wait_for("/api/jobs", lambda found: [one["kind"] for one in found["jobs"]] == ["upkeep"])
    return transport.happened


def test_killed_at_five_points_the_cycles_go_on_and_nothing_happens_twice(warm: Warm, engine_data: Path) -> None:
    house = open_house(Settings(data=engine_data, database_url="", evidence=None))
    token = begin(house)
    with serving(warm, engine_data) as engine:
        engine.wait_until_up()
        assert play(engine, token) == list(KILLS)
        assert engine.stop() == (0, "")
        assert engine.left_behind() == []
    _ended_right(house)
    _nothing_twice(engine_data)
    house.close()


def _ended_right(house: House) -> None:
    with house.database.reading() as session:
        found = endings(session, principal=OFFICE, round_id=1)
        verify(session)
    assert [(one.team, one.stage.value, one.outcome) for one in found] == [
        (story.team, "published", story.ends_as) for story in TEAMS
    ]


def _nothing_twice(data: Path) -> None:
    """Every count is what an undisturbed run has, by the story."""
    assert rows(data, "SELECT cycle_id, to_stage FROM stage_change ORDER BY cycle_id, number") == [
        (cycle, stage) for cycle in range(1, TEAM + 1) for stage in STAGES
    ]
    counted = {
        "self_rating": ANSWERS, "evidence_item": FILES, "evidence_check": FILES, "clearance": FILES,
        "clearance_hit": SLIPPED,        "evidence_end": SLIPPED, "assignment": SEATS,
        "assignment_end": 0, "assignment_block": 0, "proposal_confirmation": TEAM + REFUSED,
        "invitation": SEATS + REFUSED, "invitation_end": SEATS + REFUSED, "seat_answer": 2 * SEATS + REFUSED,
        "review_rating": 3 * ANSWERS, "hand_in": SEATS,
        "settlement": ANSWERS, "recommendation": TEAM, "decision": TEAM, "condition": 2, "publication": TEAM,
    }  # fmt: skip
    assert {name: rows(data, f"SELECT count(*) FROM {name}")[0][0] for name in counted} == counted
    assert rows(data, "SELECT cycle_id, basis FROM gap_report GROUP BY 1, 2 HAVING count(*) > 1") == []
    assert rows(data, "SELECT count(DISTINCT cycle_id) FROM gap_report") == [(TEAM,)]
    assert rows(data, "SELECT kind, held, due_at > datetime('now') FROM job WHERE done_at IS NULL") == [
        ("upkeep", 0, 1)
    ]
    entered = {
        "scheme:publish": 1, "round:open": 1, "team:import": 1, "cycle:enrol": TEAM, "reviewer:register": 9,
        "conflict:declare": 2, "assessment:rate": TEAM, "assessment:submit": 2 * TEAM, "evidence:attach": FILES,
        "evidence:clearance": FILES, "evidence:replace": SLIPPED,
        "review:confirm": TEAM + REFUSED, "review:answer": 2 * SEATS + REFUSED,
        "review:assign": TEAM, "review:rate": SEATS, "review:hand_in": SEATS, "review:close": TEAM,
        "review:settle": 2, "award:recommend": TEAM, "award:decide": TEAM, "award:publish": TEAM,
    }  # fmt: skip
    found = dict(rows(data, "SELECT action, count(*) FROM ledger_entry GROUP BY 1"))
    assert {action: found.get(action) for action in entered} == entered
