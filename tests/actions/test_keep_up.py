import os
from datetime import timedelta

import pytest
from sqlalchemy import text

from accreditation.actions.give_back import give_back
from accreditation.actions.keep_up import EVERY, LEFTOVER, begin_upkeep, keep_up
from accreditation.errors import LedgerBroken
from accreditation.records import jobs
from accreditation.records.jobs import Job, Kind
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import AT, CYCLE, ROUND, due_jobs, everything, job_of, newest, nothing_kept, work


def upkeep(house: House) -> dict[str, int] | None:
    return keep_up(house.database, house.evidence, job_id=job_of(house, Kind.UPKEEP), at=AT)


def lose_jobs(house: House) -> None:
    """As if nothing had ever been left to the engine, but upkeep."""
    with house.database.bookkeeping() as session:
        session.execute(text("DELETE FROM job"))
    begin_upkeep(house.database, at=AT)


def test_one_upkeep_waits_however_often_the_engine_starts(house: House) -> None:
    begin_upkeep(house.database, at=AT)
    with nothing_kept(house):
        begin_upkeep(house.database, at=AT)
    assert [(job.kind, job.subject) for job in due_jobs(house)] == [(Kind.UPKEEP, 0)]


def test_upkeep_says_what_it_did_and_sets_the_next_one(house: House) -> None:
    begin_upkeep(house.database, at=AT)
    job = job_of(house, Kind.UPKEEP)
    detail = {"ledger_entries": 0, "swept_uploads": 0, "removed_strays": 0, "jobs_given": 0}
    assert upkeep(house) == detail
    assert newest(house) == [("engine:engine", "upkeep", "engine", detail)]
    with house.database.reading() as session:
        assert [(one.kind, one.due_at) for one in jobs.waiting(session)] == [(Kind.UPKEEP, AT + EVERY)]
    with nothing_kept(house):
        assert keep_up(house.database, house.evidence, job_id=job, at=AT) is None


@pytest.mark.parametrize(
    ("stage", "given"),
    [
        (Stage.SELF_ASSESSMENT, []),
        (Stage.EVIDENCE, []),
        (Stage.ASSIGNMENT, [(Kind.ASSIGNMENT, ROUND)]),
        (Stage.REVIEW, [(Kind.REVIEW, CYCLE)]),
        (Stage.CONSENSUS, [(Kind.REVIEW, CYCLE)]),
        (Stage.FACTUAL_ACCURACY, [(Kind.ACCURACY, CYCLE)]),
        (Stage.RECOMMENDATION, [(Kind.AWARD, CYCLE)]),
        (Stage.DECISION, []),
        (Stage.PUBLICATION, []),
        (Stage.PUBLISHED, []),
        (Stage.WITHDRAWN, []),
    ],
)
def test_a_cycle_that_waits_for_the_engine_without_a_job_is_given_one(
    at_stage: AtStage, stage: Stage, given: list[tuple[Kind, int]]
) -> None:
    house = at_stage(stage)
    lose_jobs(house)
    done = upkeep(house)
    assert done is not None
    assert done["jobs_given"] == len(given)
    assert [(Kind(job.kind), job.subject) for job in due_jobs(house)] == given


def test_a_job_that_is_held_is_not_given_twice(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    with house.database.bookkeeping() as session:
        session.execute(text("UPDATE job SET held = true WHERE done_at IS NULL"))
    begin_upkeep(house.database, at=AT)
    done = upkeep(house)
    assert done is not None
    assert done["jobs_given"] == 0


def test_leftovers_of_uploads_are_swept(house: House) -> None:
    begin_upkeep(house.database, at=AT)
    arriving = house.settings.data / "evidence" / "arriving"
    arriving.mkdir()
    for name, age in (("old", LEFTOVER + timedelta(seconds=1)), ("new", LEFTOVER)):
        (arriving / name).write_bytes(b"half")
        moment = (AT - age).timestamp()
        os.utime(arriving / name, (moment, moment))
    done = upkeep(house)
    assert done is not None
    assert done["swept_uploads"] == 1
    assert [path.name for path in arriving.iterdir()] == ["new"]


def test_a_broken_ledger_is_held_with_its_reason_and_nothing_else_stops(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    lose_jobs(house)
    with house.database.bookkeeping() as session:
        session.execute(text("DROP TRIGGER ledger_entry_no_update"))
        session.execute(text("UPDATE ledger_entry SET actor = 'nobody' WHERE sequence = 3"))
    job = job_of(house, Kind.UPKEEP)
    for attempt in range(jobs.MOST_ATTEMPTS):
        with pytest.raises(LedgerBroken, match="Entry 3 was altered") as broken:
            upkeep(house)
        with house.database.bookkeeping() as session:
            session.get_one(Job, job).attempts = attempt + 1
        held = give_back(house.database, job_id=job, reason=str(broken.value), at=AT)
    assert held is True
    with house.database.reading() as session:
        assert [(one.id, one.failure) for one in jobs.waiting(session, held=True)] == [
            (job, "Entry 3 was altered: its digest does not recompute.")
        ]
    assert work(house) == [Kind.ASSIGNMENT, Kind.REVIEW], "what waited for the engine has its job all the same"


def test_a_job_that_is_done_is_not_given_back(at_stage: AtStage) -> None:
    house = at_stage(Stage.DECISION)
    before = everything(house)
    assert give_back(house.database, job_id=job_of(house, Kind.AWARD), reason="The run was killed.", at=AT) is False
    assert everything(house) == before
