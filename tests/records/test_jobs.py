"""The outbox: every job is carried out once, however often it is begun."""

import threading
from datetime import timedelta

import pytest

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import jobs
from accreditation.records.jobs import DIED, MOST_ATTEMPTS, Job, Kind
from accreditation.wiring import House
from tests.walking import AT, later

LEASE = timedelta(minutes=2)


def enqueue(house: House, *subjects: int, kind: Kind = Kind.REVIEW, days: float = 0) -> None:
    with house.database.bookkeeping() as session:
        for subject in subjects:
            jobs.enqueue(session, kind=kind, subject=subject, at=later(days))


def claim(house: House, *, by: str = "one", most: int = 50, days: float = 0) -> list[int]:
    with house.database.bookkeeping() as session:
        return [job.subject for job in jobs.claim(session, by=by, lease=LEASE, most=most, at=later(days))]


def job(house: House, number: int = 1) -> Job:
    with house.database.reading() as session:
        return session.get_one(Job, number)


def fail(house: House, *, reason: str = "The disk is full.", days: float = 0, number: int = 1) -> bool:
    with house.database.bookkeeping() as session:
        return jobs.failed(session, job_id=number, reason=reason, at=later(days))


def carry_out(house: House, *, number: int = 1, kind: Kind = Kind.REVIEW) -> int | None:
    with house.database.bookkeeping() as session:
        return jobs.carry_out(session, job_id=number, kind=kind, at=AT)


def test_a_job_that_nobody_has_begun_is_kept_once(any_house: House) -> None:
    enqueue(any_house, 7, 7, 8)
    enqueue(any_house, 7, kind=Kind.AWARD)
    with any_house.database.reading() as session:
        waiting = [(one.kind, one.subject, one.created_at, one.due_at) for one in jobs.waiting(session)]
    assert waiting == [("review", 7, AT, AT), ("review", 8, AT, AT), ("award", 7, AT, AT)]


def test_a_job_that_somebody_has_begun_does_not_stand_for_what_came_after(house: House) -> None:
    enqueue(house, 7)
    assert claim(house) == [7]
    enqueue(house, 7)
    with house.database.reading() as session:
        assert [one.leased_by for one in jobs.waiting(session)] == ["one", None]


def test_a_job_that_is_held_or_due_later_does_not_stand_for_one_due_now(house: House) -> None:
    with house.database.bookkeeping() as session:
        jobs.enqueue(session, kind=Kind.UPKEEP, subject=0, at=AT, due_at=later(1))
        jobs.enqueue(session, kind=Kind.UPKEEP, subject=0, at=AT, due_at=later(2))
    enqueue(house, 0, kind=Kind.UPKEEP)
    with house.database.reading() as session:
        assert [one.due_at for one in jobs.waiting(session)] == [later(1), AT]


def test_a_claim_takes_the_kind_of_the_oldest_due_job_and_counts_the_attempt(any_house: House) -> None:
    enqueue(any_house, 1, 2, kind=Kind.AWARD)
    enqueue(any_house, 3, kind=Kind.REVIEW)
    enqueue(any_house, 4, kind=Kind.AWARD, days=1)
    assert claim(any_house) == [1, 2]
    first = job(any_house)
    assert (first.leased_by, first.leased_until, first.attempts) == ("one", AT + LEASE, 1)
    assert claim(any_house) == [3]
    assert claim(any_house) == []


def test_a_claim_takes_no_more_than_is_asked_for(house: House) -> None:
    enqueue(house, 1, 2, 3)
    assert claim(house, most=2) == [1, 2]
    assert claim(house, most=2) == [3]


def test_a_lease_holds_others_off_until_it_runs_out(house: House) -> None:
    enqueue(house, 7)
    assert claim(house, by="one") == [7]
    assert claim(house, by="two", days=LEASE / timedelta(days=1)) == []
    assert claim(house, by="two", days=1) == [7]
    assert (job(house).leased_by, job(house).attempts) == ("two", 2)


def test_two_dispatchers_that_claim_at_once_never_take_one_job_twice(any_house: House) -> None:
    enqueue(any_house, *range(1, 41))
    with_another = Database(any_house.database._url.render_as_string(hide_password=False))
    taken: list[list[int]] = []

    def take(database: Database, name: str) -> None:
        while True:
            with database.bookkeeping() as session:
                got = [one.subject for one in jobs.claim(session, by=name, lease=LEASE, most=3, at=AT)]
            if not got:
                return
            taken.append(got)

    threads = [
        threading.Thread(target=take, args=(database, f"{number}"))
        for number, database in enumerate([any_house.database, with_another, any_house.database, with_another])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with_another.close()
    assert sorted(subject for got in taken for subject in got) == list(range(1, 41))


def test_a_job_is_carried_out_once_and_a_twin_finds_nothing_to_do(house: House) -> None:
    enqueue(house, 7)
    claim(house)
    assert carry_out(house) == 7
    assert (job(house).done_at, job(house).leased_by, job(house).leased_until) == (AT, None, None)
    assert carry_out(house) is None
    assert claim(house, days=1) == []


@pytest.mark.parametrize(("number", "kind"), [(2, Kind.REVIEW), (1, Kind.AWARD)])
def test_a_job_that_does_not_exist_or_is_of_another_kind_is_not_found(house: House, number: int, kind: Kind) -> None:
    enqueue(house, 7)
    with pytest.raises(NotFound, match=f"There is no {kind.value} job {number}."):
        carry_out(house, number=number, kind=kind)


def test_a_failed_job_waits_twice_as_long_each_time_and_is_held_after_the_fifth(house: House) -> None:
    enqueue(house, 7)
    waits = []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert claim(house, days=attempt) == [7]
        assert fail(house, days=attempt) is (attempt == MOST_ATTEMPTS)
        waits.append((job(house).due_at - later(attempt)).total_seconds())
    assert waits == [10, 20, 40, 80, 160]
    held = job(house)
    assert (held.held, held.attempts, held.failure, held.leased_by) == (True, 5, "The disk is full.", None)
    assert claim(house, days=9) == []
    with house.database.reading() as session:
        assert jobs.next_due(session) is None
        assert [one.id for one in jobs.waiting(session, held=True)] == [1]


def test_a_job_whose_runs_die_without_a_word_is_held_as_well(any_house: House) -> None:
    enqueue(any_house, 7)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert claim(any_house, days=attempt) == [7]
    assert claim(any_house, days=9) == []
    assert (job(any_house).held, job(any_house).failure) == (True, DIED)


def test_a_late_run_carries_out_a_job_that_is_held(house: House) -> None:
    enqueue(house, 7)
    for attempt in range(1, MOST_ATTEMPTS + 2):
        claim(house, days=attempt)
    assert carry_out(house) == 7
    assert (job(house).held, job(house).failure) == (False, "")


def test_a_failure_after_the_end_changes_nothing(house: House) -> None:
    enqueue(house, 7)
    carry_out(house)
    assert fail(house) is False
    assert fail(house, number=99) is False
    assert (job(house).failure, job(house).due_at) == ("", AT)


def test_a_reason_that_is_too_long_is_cut(house: House) -> None:
    enqueue(house, 7)
    fail(house, reason="x" * 10_000)
    assert job(house).failure == "x" * 500


def test_a_held_job_is_released_with_its_attempts_counted_anew(house: House) -> None:
    enqueue(house, 7)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        claim(house, days=attempt)
        fail(house, days=attempt)
    with house.database.bookkeeping() as session:
        jobs.release(session, job_id=1, at=later(9))
    assert (job(house).held, job(house).attempts, job(house).due_at) == (False, 0, later(9))
    assert claim(house, days=9) == [7]


def test_only_a_held_job_that_is_not_done_is_released(house: House) -> None:
    enqueue(house, 7)
    for number in (1, 99):
        with pytest.raises(NotFound, match=f"No job {number} is held."), house.database.bookkeeping() as session:
            jobs.release(session, job_id=number, at=AT)


def test_what_a_dead_owner_left_is_let_go_and_nobody_elses(house: House) -> None:
    enqueue(house, 1, 2)
    claim(house, by="dead", most=1)
    claim(house, by="living", most=1)
    with house.database.bookkeeping() as session:
        jobs.let_go(session, by="dead")
    assert [(job(house, n).leased_by, job(house, n).attempts) for n in (1, 2)] == [(None, 1), ("living", 1)]
    assert claim(house) == [1]


def test_jobs_that_could_not_be_begun_are_put_back_without_counting(house: House) -> None:
    enqueue(house, 1, 2)
    claim(house, by="one", most=1)
    claim(house, by="two", most=1)
    with house.database.bookkeeping() as session:
        jobs.put_back(session, job_ids=[1, 2], by="one", due_at=later(1))
    assert [(job(house, n).leased_by, job(house, n).attempts, job(house, n).due_at) for n in (1, 2)] == [
        (None, 0, later(1)),
        ("two", 1, AT),
    ]


def test_the_next_due_moment_looks_behind_the_leases(house: House) -> None:
    with house.database.reading() as session:
        assert jobs.next_due(session) is None
    enqueue(house, 1)
    enqueue(house, 2, days=1)
    claim(house)
    with house.database.reading() as session:
        assert jobs.next_due(session) == AT + LEASE


def test_a_subject_lacks_a_job_where_none_is_open_or_held(house: House) -> None:
    enqueue(house, 1, 2, 3)
    carry_out(house, number=1)
    with house.database.reading() as session:
        assert jobs.lacking(session, kind=Kind.REVIEW, subjects=[1, 2, 3, 4]) == [1, 4]
        assert jobs.lacking(session, kind=Kind.AWARD, subjects=[2]) == [2]
