"""The dispatcher without Prefect: what it claims, what it starts, and what becomes of a start that fails."""

import asyncio
import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from accreditation.actions.keep_up import begin_upkeep
from accreditation.database import Database
from accreditation.errors import Unavailable
from accreditation.records import jobs
from accreditation.records.jobs import Job, Kind
from accreditation.wiring import House
from api.presenting.college.cycle import runs_address
from flows import dispatcher
from flows.dispatcher import BATCH, LEASE, NO_START, Dispatcher, in_process
from flows.host import Host
from tests.walking import AT, CYCLE, ROUND, begin, due_jobs, later


class Clock(House):
    """A house in which it is as late as the test says."""

    def now(self) -> datetime:
        return MOMENT[0]


MOMENT = [AT]


@pytest.fixture
def still(house: House) -> House:
    MOMENT[0] = AT
    return Clock(settings=house.settings, database=house.database, evidence=house.evidence, examine=house.examine)


@dataclass
class Carried:
    """Stands in for Prefect: remembers what it was asked to run, and fails as it is told."""

    failure: Exception | None = None
    runs: list[tuple[str, list[int]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)

    async def __call__(self, kind: str, names: list[int], key: str, tags: tuple[str, ...]) -> None:
        self.runs.append((kind, names))
        self.tags.append(tags)
        self.keys.append(key)
        if self.failure is not None:
            raise self.failure


def enqueue(database: Database, *subjects: int, kind: Kind = Kind.REVIEW, days: float = 0) -> None:
    with database.bookkeeping() as session:
        for subject in subjects:
            jobs.enqueue(session, kind=kind, subject=subject, at=later(days))


def once(one: Dispatcher) -> bool:
    return asyncio.run(one.once())


def job(house: House, number: int = 1) -> Job:
    with house.database.reading() as session:
        return session.get_one(Job, number)


def test_with_nothing_due_nothing_is_started(still: House) -> None:
    enqueue(still.database, 1, days=1)
    carried = Carried()
    one = Dispatcher(still, carried)
    assert once(one) is False
    assert (carried.runs, one.runs) == ([], 0)


def test_due_jobs_of_one_kind_are_one_run(still: House) -> None:
    enqueue(still.database, 1, 2)
    enqueue(still.database, 3, kind=Kind.AWARD)
    carried = Carried()
    one = Dispatcher(still, carried)
    assert [once(one), once(one), once(one)] == [True, True, False]
    assert (carried.runs, one.runs) == ([("review", [1, 2]), ("award", [3])], 2)
    assert (job(still).attempts, job(still).leased_until) == (1, AT + LEASE)


def test_a_run_carries_what_it_is_about_by_which_it_is_found_in_prefect(still: House) -> None:
    for kind in (Kind.REVIEW, Kind.ASSIGNMENT, Kind.LETTERS, Kind.UPKEEP):
        enqueue(still.database, 1, 12, 1, kind=kind)
    carried = Carried()
    one = Dispatcher(still, carried)
    assert [once(one) for _ in Kind][:5] == [True, True, True, True, False]
    told = dict(zip([kind for kind, _ in carried.runs], carried.tags, strict=True))
    assert told == {
        "review": ("cycle:1", "cycle:12"), "assignment": ("round:1", "round:12"), "letters": (), "upkeep": ()
    }  # fmt: skip


def test_a_run_has_no_more_jobs_than_a_batch(still: House) -> None:
    enqueue(still.database, *range(BATCH + 1))
    carried = Carried()
    one = Dispatcher(still, carried)
    assert [once(one), once(one), once(one)] == [True, True, False]
    assert [len(names) for _, names in carried.runs] == [BATCH, 1]


def test_no_two_claims_have_the_same_key_even_after_a_release(still: House) -> None:
    enqueue(still.database, 1)
    carried = Carried()
    one = Dispatcher(still, carried)
    once(one)
    MOMENT[0] = later(1)
    with still.database.bookkeeping() as session:
        row = session.get_one(Job, 1)
        row.held = True
        jobs.release(session, job_id=1, at=later(1))
    once(one)
    assert [key.split(" until ")[0] for key in carried.keys] == ["1", "1"]
    assert (job(still).attempts, len(set(carried.keys))) == (1, 2)


def test_a_run_that_ends_badly_leaves_its_jobs_to_their_lease(still: House, caplog: pytest.LogCaptureFixture) -> None:
    enqueue(still.database, 1)
    one = Dispatcher(still, Carried(failure=RuntimeError("the worker was killed")))
    with caplog.at_level(logging.WARNING):
        assert once(one) is True
    assert [record.getMessage() for record in caplog.records] == [
        "A run of review ended badly and is tried again: the worker was killed"
    ]
    assert (job(still).attempts, job(still).leased_until) == (1, AT + LEASE)
    assert once(one) is False
    MOMENT[0] = AT + LEASE + timedelta(seconds=1)
    assert once(one) is True


def test_a_run_that_could_not_be_started_is_no_attempt(still: House, caplog: pytest.LogCaptureFixture) -> None:
    enqueue(still.database, 1)
    carried = Carried(failure=Unavailable("Prefect's server does not answer."))
    one = Dispatcher(still, carried)
    for _ in range(2 * jobs.MOST_ATTEMPTS):
        with caplog.at_level(logging.ERROR):
            assert once(one) is True
        assert (job(still).attempts, job(still).leased_by, job(still).due_at) == (0, None, MOMENT[0] + NO_START)
        MOMENT[0] += NO_START
    carried.failure = None
    assert once(one) is True
    assert (job(still).held, job(still).attempts) == (False, 1)


def test_what_a_dead_process_of_the_same_owner_left_is_taken_up_at_once(still: House) -> None:
    enqueue(still.database, 1)
    once(Dispatcher(still, Carried(), owner="home:1"))
    assert once(Dispatcher(still, Carried(), owner="home:2")) is False
    carried = Carried()
    after = Dispatcher(still, carried, owner="home:1")
    assert [once(after), once(after)] == [True, False]
    assert (carried.runs, job(still).attempts) == ([("review", [1])], 2)


def test_two_dispatchers_start_no_job_twice(any_house: House) -> None:
    enqueue(any_house.database, *range(3 * BATCH))
    both = [Carried(), Carried()]

    def work(carried: Carried) -> None:
        one = Dispatcher(any_house, carried)
        while once(one):
            pass

    threads = [threading.Thread(target=work, args=(carried,)) for carried in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    started = [name for carried in both for _, names in carried.runs for name in names]
    assert sorted(started) == list(range(1, 3 * BATCH + 1))


def test_it_looks_until_it_is_told_to_stop_and_outlives_a_store_that_is_away(
    still: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dispatcher, "PAUSE", 0)
    looks = []
    stop = threading.Event()

    def away_at_first(database: Database, *, at: datetime) -> None:
        looks.append(at)
        if len(looks) == 1:
            raise Unavailable("The disk that keeps the database is full.")
        begin_upkeep(database, at=at)

    async def carry(kind: str, names: list[int], _key: str, _tags: tuple[str, ...]) -> None:
        assert (kind, names) == ("upkeep", [1])
        stop.set()

    monkeypatch.setattr(dispatcher, "begin_upkeep", away_at_first)
    one = Dispatcher(still, carry)
    with caplog.at_level(logging.WARNING):
        one.run(stop)
    assert (len(looks), one.runs) == (2, 1)
    assert [record.getMessage() for record in caplog.records] == [
        "The outbox cannot be read now and is asked again: The disk that keeps the database is full."
    ]


@pytest.mark.xdist_group("prefect")
def test_in_process_the_whole_way_from_the_outbox_to_the_records_and_to_where_the_office_finds_the_runs(
    host: Host, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import stages

    begin(house)
    monkeypatch.setattr(stages, "house", lambda: house)
    one = Dispatcher(house, in_process(host))
    assert [once(one), once(one)] == [True, False]
    assert (one.runs, due_jobs(house)) == (1, [])
    enqueue(house.database, ROUND, kind=Kind.ASSIGNMENT, days=-1)
    assert once(one)
    assert {about: found_in_prefect(host, about) > 0 for about in ("cycle", "round")} == {"cycle": True, "round": True}


def found_in_prefect(host: Host, about: str) -> int:
    """How many runs does Prefect have of all the tags that the link on a cycle's page asks for?"""
    from prefect.client.orchestration import get_client

    link = urlsplit(runs_address(host.url, about=about, number={"cycle": CYCLE, "round": ROUND}[about]))
    asked = {"flow_runs": {"tags": {"all_": parse_qs(link.query)["tag"]}}}

    async def count() -> int:
        async with get_client() as client:
            return int((await client.request("POST", "/flow_runs/count", json=asked)).json())

    return asyncio.run(count())
