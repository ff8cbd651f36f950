"""A cycle in the hands of everybody at once: whatever they send, in whatever order, nothing is lost, told or bent.

Hypothesis chooses who sends what next: two of the team, its three reviewers, the office, the committee, and those who
may know nothing of it. What each is answered, and what is kept, is held against a plain model. `make fuzz` plays many.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accreditation.ledger.entries import verify
from accreditation.records.editions import scheme_of
from accreditation.records.reviews import settlements
from accreditation.rules.award import award
from accreditation.rules.cycle import Stage
from accreditation.rules.moves import TABLE
from accreditation.rules.people import Principal
from accreditation.rules.scoring import score
from tests.api.asking import Client
from tests.opened import opened
from tests.walking import ANSWERS, COMMITTEE, LEAD, MEMBER, OFFICE, STRANGER, begin, reviewer, scheme, work

PLAYS = int(os.environ.get("FUZZ", "3"))
STEPS = 14 if "FUZZ" not in os.environ else 60

SEATED = (1, 3, 4)
"""Who reviews North: the lead reviewer, and two lay reviewers."""

PEOPLE: Mapping[str, Principal | None] = {
    "lead": LEAD, "member": MEMBER, "stranger": STRANGER, "public": None, "office": OFFICE, "committee": COMMITTEE,
    **{f"reviewer {number}": reviewer(number) for number in (*SEATED, 2)},
}  # fmt: skip

TEAM = ("lead", "member")
REVIEWERS = tuple(f"reviewer {number}" for number in SEATED)
STRANGERS = ("stranger", "public", "reviewer 2")
"""Who may never know of it before it is published; then of its result alone."""

READS = (
    "", "/self-assessment", "/progress", "/evidence", "/requests", "/history", "/review", "/review/criteria/1.01",
    "/reviews", "/findings", "/settlements", "/report", "/recommendation", "/decision",
)  # fmt: skip

APPENDED = (
    "self_rating", "review_rating", "finding", "finding_change", "settlement", "hand_in", "stage_change",
    "evidence_item", "decision",
)  # fmt: skip
"""Tables of what people said and gave: their rows stay as they were, and in this order."""

MOVES = {(row.stage.value, row.move.value, row.to.value) for row in TABLE}

TEAMS_ANSWERS: Mapping[str, tuple[dict[str, object], ...]] = {
    "1.01": ({"rating": "met"}, {"rating": "not_met"}),
    "2.01": ({"measured": "92.5"}, {"measured": "12"}),
    "2.02": ({"level": "A"}, {"level": "C"}),
}

WAY = (Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.REVIEW, Stage.CONSENSUS, Stage.DECISION, Stage.PUBLICATION)
"""Stages in which a cycle waits for people, in order."""

criteria = st.sampled_from(sorted(ANSWERS))
anybody = st.sampled_from(sorted(PEOPLE))
ratings = st.sampled_from(["met", "met", "met", "not_met"])
behind = st.sampled_from([0, 0, 0, 1])
"""How many versions ago somebody looked."""


class Engine:
    """An engine in which North's cycle has begun, and its records as they were then."""

    def __init__(self, client: Client) -> None:
        self.client = client
        for principal in PEOPLE.values():
            if principal is not None:
                client.token(principal)
        self.records = sqlite3.connect(str(client.house.database.writer.url.database))
        self._kept = sqlite3.connect(":memory:")
        self.records.backup(self._kept)

    def close(self) -> None:
        self.records.close()
        self._kept.close()

    def put_back(self) -> None:
        self._kept.backup(self.records)

    def rows(self, table: str, columns: str = "*", order: str = "rowid") -> list[tuple[Any, ...]]:
        return self.records.execute(f"SELECT {columns} FROM {table} ORDER BY {order}").fetchall()


class Everybody(RuleBasedStateMachine):
    """Everybody sends what they like."""

    def __init__(self, engine: Engine, *, further: int, reached: set[tuple[Stage, bool]]) -> None:
        super().__init__()
        self.engine, self.further, self.reached = engine, further, reached
        self.house = engine.client.house
        self.words: dict[str, str] = {}
        self.turn = 0
        engine.put_back()
        self.before = {table: engine.rows(table) for table in APPENDED}

    @initialize()
    def begin(self) -> None:
        """The cycle is taken on for so many stages before they begin to do as they like."""
        for _ in range(self.further):
            self.go_on()

    # What people send

    @rule(who=anybody, criterion=criteria, which=st.integers(0, 1), back=behind)
    def answer(self, who: str, criterion: str, which: int, back: int) -> None:
        """Somebody answers a criterion of the self-assessment, having seen a version of it."""
        said = {**TEAMS_ANSWERS[criterion][which], "note": self.word(who)}
        versions = [row for row in self.engine.rows("self_rating", "criterion") if row[0] == criterion]
        body = {"answer": said, "seen_version": max(0, len(versions) - back)}
        told = self.send(who, "PUT", f"/api/cycles/1/self-assessment/{criterion}", body)
        if who in TEAM and self.stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE):
            fresh = not (back and versions)
            assert told.status_code == (200 if fresh else 409), told.text
            if fresh:
                assert told.json()["version"] == len(versions) + 1
                self.reads_back(who, "/self-assessment", said["note"])
        else:
            assert told.status_code == self.refusal(who, ours=(*TEAM,)), told.text

    @rule(who=anybody, criterion=criteria, rating=ratings, back=behind)
    def rate(self, who: str, criterion: str, rating: str, back: int) -> None:
        """Somebody rates a criterion as a reviewer."""
        said = {"rating": rating, "note": self.word(who)}
        seen = self.rated(who).get(criterion, 0)
        body = {"answer": said, "seen_version": max(0, seen - back)}
        told = self.send(who, "PUT", f"/api/cycles/1/review/{criterion}", body)
        if self.may_rate(who):
            fresh = not (back and seen)
            assert told.status_code == (200 if fresh else 409), told.text
            if fresh:
                self.reads_back(who, "/review", said["note"])
        else:
            assert told.status_code == self.refusal(who, ours=REVIEWERS), told.text

    @rule(who=anybody, key=st.sampled_from(["a", "b"]), kind=st.sampled_from(["key_action", "commendation"]))
    def find(self, who: str, key: str, kind: str) -> None:
        """Somebody records a finding."""
        said = {"kind": kind, "criterion": "1.01", "text": self.word(who), "seen_version": 0}
        told = self.send(who, "PUT", f"/api/cycles/1/review/findings/{key}", said)
        if self.may_rate(who):
            assert told.status_code in (200, 409), told.text
        else:
            assert told.status_code == self.refusal(who, ours=REVIEWERS), told.text

    @rule(who=anybody)
    def hand_in(self, who: str) -> None:
        may, whole = self.may_rate(who), {*self.rated(who)} == {*ANSWERS}
        told = self.send(who, "POST", "/api/cycles/1/review/hand-in")
        if may:
            assert told.status_code == (200 if whole else 422), told.text

    @rule(who=anybody, stage=st.sampled_from(["self_assessment", "evidence"]))
    def submit(self, who: str, stage: str) -> None:
        told = self.send(who, "POST", "/api/cycles/1/submissions", {"stage": stage})
        assert told.is_success <= (who == "lead"), told.text

    @rule(who=anybody, number=st.integers(0, 3))
    def attach(self, who: str, number: int) -> None:
        """Somebody attaches a file."""
        query = {"title": f"Plan {number}", "file_name": "plan.pdf", "criterion": ["1.01"]}
        told = self.send(who, "POST", "/api/cycles/1/evidence", content=f"plan {number}".encode(), params=query)
        assert told.is_success == (who in TEAM and self.stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE)), told.text

    @rule(who=anybody, criterion=criteria, rating=ratings)
    def settle(self, who: str, criterion: str, rating: str) -> None:
        said = {"rating": rating, "note": self.word(who)}
        told = self.send(who, "PUT", f"/api/cycles/1/settlements/{criterion}", said)
        assert told.is_success <= (who == "reviewer 1" and self.before_this is Stage.CONSENSUS), told.text

    @rule(who=anybody, outcome=st.sampled_from(["accredited", "deferred"]))
    def decide(self, who: str, outcome: str) -> None:
        body = {"outcome": outcome, "reason": self.word(who)}
        told = self.send(who, "POST", "/api/cycles/1/decision", body)
        assert told.is_success <= (who == "committee" and self.before_this is Stage.DECISION), told.text

    @rule(who=anybody)
    def publish(self, who: str) -> None:
        told = self.send(who, "POST", "/api/cycles/1/publication")
        published = self.before_this in (Stage.PUBLICATION, Stage.PUBLISHED)
        assert told.is_success == (who == "office" and published), told.text

    @rule(who=anybody)
    def send_back(self, who: str) -> None:
        told = self.send(who, "POST", "/api/cycles/1/send-back", {"reason": self.word(who)})
        assert told.is_success == (who == "office" and self.before_this is Stage.EVIDENCE), told.text

    @rule()
    def work(self) -> None:
        """The engine does what is its own to do."""
        work(self.house, at=self.house.now())

    @rule()
    def go_on(self) -> None:
        """Everybody does what the stage waits for, as far as it is not done, and the engine after them."""
        left: Mapping[Stage, Callable[[], None]] = {
            Stage.SELF_ASSESSMENT: self._answer_the_rest, Stage.EVIDENCE: self._prove,
            Stage.REVIEW: self._rate_the_rest, Stage.CONSENSUS: self._settle_the_rest,
            Stage.DECISION: lambda: self.decide("committee", "accredited"),
            Stage.PUBLICATION: lambda: self.publish("office"),
        }  # fmt: skip
        left.get(self.stage, self.work)()
        self.work()

    def _answer_the_rest(self) -> None:
        known = {name for (name,) in self.engine.rows("self_rating", "criterion")}
        for name in sorted({*ANSWERS} - known):
            self.answer("member", name, 0, 0)
        self.submit("lead", "self_assessment")

    def _prove(self) -> None:
        self.attach("lead", 0)
        self.work()
        self.submit("lead", "evidence")

    def _rate_the_rest(self) -> None:
        for number, who in enumerate(REVIEWERS):
            left = [name for name in ANSWERS if name not in self.rated(who)] if self.may_rate(who) else []
            for name in left:
                self.rate(who, name, "not_met" if number == 1 and name == "1.01" else "met", 0)
            self.hand_in(who)

    def _settle_the_rest(self) -> None:
        for name in self.get("office", "/reviews").json()["to_settle"]:
            self.settle("reviewer 1", name, "met")
        for one in self.get("reviewer 1", "/findings").json()["findings"]:
            said = {"how": "kept", "reason": self.word("reviewer 1")}
            self.send("reviewer 1", "PUT", f"/api/cycles/1/findings/{one['finding']}", said)

    # What holds whatever they sent

    @invariant()
    def what_was_said_stands_as_it_was_said(self) -> None:
        """Rows of what was said stay as they were, and whatever was accepted is among them."""
        for table in APPENDED:
            rows = self.engine.rows(table)
            assert rows[: len(self.before[table])] == self.before[table], table
            self.before[table] = rows
        kept = str(self.before)
        assert [word for word, table in self.words.items() if table and word not in kept] == []

    @invariant()
    def the_stage_goes_only_where_the_table_of_moves_lets_it(self) -> None:
        changes = self.engine.rows("stage_change", "from_stage, move, to_stage", "number")
        assert {one for one in changes if one[0] is not None} <= MOVES
        assert [one[2] for one in changes[:-1]] == [one[0] for one in changes[1:]], "each begins where the last ended"

    @invariant()
    def nobody_reads_what_the_stage_keeps_from_them(self) -> None:
        """Each in turn reads all that they can, and finds no word that is not for them yet."""
        self.turn += 1
        who = sorted(PEOPLE)[self.turn % len(PEOPLE)]
        hidden = [word for word in self.words if self.is_kept_from(who, word.split("-")[0].replace("_", " "))]
        if hidden:
            told = "".join(self.get(who, path).text for path in READS)
            assert [word for word in hidden if word in told] == [], who

    @invariant()
    def the_award_is_what_the_rules_say_of_the_settled_ratings(self) -> None:
        if self.stage is not Stage.DECISION:
            return
        with self.house.database.reading() as session:
            (digest,) = self.engine.records.execute("SELECT edition_digest FROM cycle").fetchone()
            settled = {name: row.answer() for name, row in settlements(session, 1).items()}
            found = award(
                score(scheme=scheme_of(session, digest), profile={"hasu": False}, answers=settled, by="reviewer")
            )
        told = self.get("committee", "/recommendation").json()
        assert (told["outcome"], tuple(told["stands_in_the_way"])) == (found.outcome, found.stands_in_the_way)

    @invariant()
    def it_is_public_once_it_is_published_and_not_before(self) -> None:
        told = self.engine.client.get("/api/register/1")
        assert told.status_code == (200 if self.stage is Stage.PUBLISHED else 404)

    def teardown(self) -> None:
        """The ledger holds, from its first entry to its last."""
        with self.house.database.reading() as session:
            verify(session)

    # How it is told and looked up

    @property
    def stage(self) -> Stage:
        (found,) = self.engine.records.execute(
            "SELECT to_stage FROM stage_change ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return Stage(found)

    def word(self, who: str) -> str:
        """A word that nobody said before, with who says it."""
        return f"{who.replace(' ', '_')}-{len(self.words)}-says"

    def rated(self, who: str) -> dict[str, int]:
        """Criterion -> how often this reviewer rated it."""
        number = who.partition(" ")[2]
        found = self.engine.records.execute(
            "SELECT criterion, max(version) FROM review_rating JOIN assignment ON assignment.id = assignment_id "
            "WHERE reviewer_id = ? GROUP BY criterion", (number or "0",),
        )  # fmt: skip
        return dict(found.fetchall())

    def has_handed_in(self, who: str) -> bool:
        found = self.engine.records.execute(
            "SELECT 1 FROM hand_in JOIN assignment ON assignment.id = assignment_id WHERE reviewer_id = ?",
            (who.partition(" ")[2],),
        )
        return found.fetchone() is not None

    def may_rate(self, who: str) -> bool:
        return who in REVIEWERS and self.stage is Stage.REVIEW and not self.has_handed_in(who)

    def is_seated(self, who: str) -> bool:
        return who in REVIEWERS and bool(self.engine.rows("assignment"))

    def refusal(self, who: str, *, ours: tuple[str, ...]) -> int:
        """How is somebody refused who may not do this, or not now: it is for `ours`?"""
        if who == "public":
            return 401
        if who in STRANGERS or (who in REVIEWERS and not self.is_seated(who)):
            return 404
        return 409 if who in ours else 403

    def is_kept_from(self, who: str, by: str) -> bool:
        """May this person not read now what that one said?"""
        if who == by:
            return False
        if who in STRANGERS:
            return True
        if by in REVIEWERS:
            if who in REVIEWERS:
                return not self.has_handed_in(who) or not self.has_handed_in(by)
            early = self.stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.ASSIGNMENT, Stage.REVIEW)
            return early or (who in TEAM and self.stage is Stage.CONSENSUS)
        return False

    def get(self, who: str, path: str) -> httpx.Response:
        return self.engine.client.get(f"/api/cycles/1{path}", by=PEOPLE[who])

    def reads_back(self, who: str, path: str, word: object) -> None:
        assert str(word) in self.get(who, path).text, f"what {who} said is lost"

    def send(self, who: str, method: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """Send this, and if it was accepted send it again; whatever is refused, or said twice, keeps nothing."""
        self.before_this = self.stage
        if body is not None:
            more["json"] = body
        version = self.version()
        told = self.engine.client.ask(method, path, by=PEOPLE[who], **more)
        assert told.status_code < 500, told.text
        self.reached.add((self.before_this, told.is_success))
        if told.is_success:
            self.words |= dict.fromkeys(_words(body), path)
        else:
            assert self.version() == version, f"{method} {path} by {who} was refused, and something was kept"
        version = self.version()
        again = self.engine.client.ask(method, path, by=PEOPLE[who], **more)
        assert again.status_code < 500, again.text
        assert self.version() == version, f"{method} {path} by {who} was sent twice, and kept something the second time"
        return told

    def version(self) -> int:
        (found,) = self.engine.records.execute("PRAGMA data_version").fetchone()
        return int(found)


def _words(body: Any) -> list[str]:
    """Every word of ours in this body."""
    if isinstance(body, dict):
        return [word for one in body.values() for word in _words(one)]
    return [body] if isinstance(body, str) and body.endswith("-says") else []


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    edition = scheme(**{"title: Lay reviewer, minimum: 1, maximum: 1": "title: Lay reviewer, minimum: 2, maximum: 2"})
    house = opened(tmp_path)
    begin(house, edition=edition)
    with Client(house) as client, closing(Engine(client)) as found:
        yield found
    house.close()


def test_whoever_sends_what_when_nothing_is_lost_told_or_bent(engine: Engine) -> None:
    reached: set[tuple[Stage, bool]] = set()
    for further in range(len(WAY)):
        run_state_machine_as_test(
            partial(Everybody, engine, further=further, reached=reached),  # type: ignore[arg-type]  # it makes one
            settings=settings(
                max_examples=PLAYS, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck), deadline=None
            ),
        )
    assert {stage for stage, accepted in reached if accepted} >= {*WAY}
    assert len({stage for stage, accepted in reached if not accepted}) > 2, "nobody was refused: they do as they should"
