import json
from typing import Any

from sqlmodel import select

from accreditation.actions.rate import rate
from accreditation.actions.report_gap import report_gap
from accreditation.actions.state_profile import state_profile
from accreditation.records import awards, jobs
from accreditation.records.awards import GapReport
from accreditation.records.jobs import Kind
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.walking import ANSWERS, AT, CYCLE, LEAD, begin, given, job_of, newest, nothing_kept, work


def answer(house: House, seen: int = 0, **answers: Answer) -> None:
    said = {name.removeprefix("c").replace("_", "."): one for name, one in answers.items()}
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(said, seen=seen), at=AT)


def gap(house: House) -> tuple[str, int | None, dict[str, Any]]:
    """Carry out what is due; what does the newest report say?"""
    work(house, Kind.SELF_ASSESSMENT)
    with house.database.reading() as session:
        row = awards.newest_gaps(session, [CYCLE])[CYCLE]
    return row.outcome, row.distance, json.loads(row.report)["counts"]


def reports(house: House) -> int:
    with house.database.reading() as session:
        return len(session.exec(select(GapReport)).all())


def test_the_distance_counts_what_is_not_answered_as_missing(house: House) -> None:
    begin(house)
    outcome, distance, counts = gap(house)
    assert (outcome, distance) == ("deferred", 2), "the lead, and one of the two expected"
    assert counts == {"met": 0, "not_met": 0, "not_applicable": 0, "too_few_cases": 0, "not_answered": 3}


def test_the_distance_is_nothing_with_an_award_and_none_where_none_can_be_reached(house: House) -> None:
    begin(house)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(ANSWERS), at=AT)
    assert gap(house)[:2] == ("accredited", 0)
    answer(house, seen=1, c1_01=Answer(rating="not_met"))
    assert gap(house)[:2] == ("deferred", 1)


def test_what_does_not_apply_or_has_too_few_cases_leaves_the_count(house: House) -> None:
    begin(house)
    answer(
        house,
        c1_01=Answer(state="not_applicable", note="There is no ward."),
        c2_01=Answer(state="too_few_cases"),
        c2_02=Answer(level="A"),
    )
    outcome, distance, counts = gap(house)
    assert (outcome, distance) == ("accredited", 0)
    assert counts == {"met": 1, "not_met": 0, "not_applicable": 1, "too_few_cases": 1, "not_answered": 0}


def test_the_same_answers_have_the_same_report_once(house: House) -> None:
    begin(house)
    gap(house)
    with house.database.bookkeeping() as session:
        jobs.enqueue(session, kind=Kind.SELF_ASSESSMENT, subject=CYCLE, at=AT)
    job = job_of(house, Kind.SELF_ASSESSMENT)
    report = report_gap(house.database, job_id=job, at=AT)
    assert report is not None
    detail = {"job": job, "basis": report.basis, "new": False, "distance": 2}
    assert newest(house) == [("engine:engine", "assessment:gap", "cycle:1", detail)]
    assert reports(house) == 1
    with nothing_kept(house):
        assert report_gap(house.database, job_id=job, at=AT) is None


def test_answers_that_go_back_to_what_they_were_have_their_report_again(house: House) -> None:
    begin(house)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(ANSWERS), at=AT)
    first = gap(house)
    answer(house, seen=1, c1_01=Answer(rating="not_met"))
    assert gap(house)[1] == 1
    answer(house, seen=2, c1_01=ANSWERS["1.01"])
    assert gap(house) == first
    assert reports(house) == 3


def test_a_profile_that_changes_makes_another_report(house: House) -> None:
    begin(house)
    assert gap(house)[1] == 2
    state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile={"hasu": True}, at=AT)
    assert gap(house)[1] == 3
