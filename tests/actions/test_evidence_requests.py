"""A reviewer asks for more on one criterion: that opens it to the team for a time, and nothing else."""

from datetime import datetime, timedelta

import pytest

from accreditation.actions.answer_request import answer_request
from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.leave import withdraw
from accreditation.actions.rate import rate
from accreditation.actions.review import hand_in, review
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.views.cycles import cycle_whole
from accreditation.views.notices import notices_of
from accreditation.views.requests import RequestShown, requests_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    attach,
    due_jobs,
    found,
    given,
    later,
    newest,
    nothing_kept,
    reviewer,
    scheme,
    team_of,
    walk,
    work,
)

QUESTION = "May we see the rota of August?"
WEEK = later(7)
JUST_AFTER = WEEK + timedelta(seconds=1)


def ask(house: House, *, role: str = "lead", criterion: str = "1.01", question: str = QUESTION) -> datetime:
    who = reviewer(team_of(house)[role])
    return ask_evidence(house.database, principal=who, cycle_id=CYCLE, criterion=criterion, question=question, at=AT)


def seen(house: House, by: Principal = LEAD, at: datetime = AT) -> tuple[RequestShown, ...]:
    return requests_of(house.database, principal=by, cycle_id=CYCLE, at=at).requests


def reply(house: House, text: str = "It is attached.", *, by: Principal = MEMBER, at: datetime = AT) -> None:
    name = seen(house)[0].request or ""
    answer_request(house.database, principal=by, cycle_id=CYCLE, request=name, reply=text, at=at)


def told(house: House, by: Principal) -> list[tuple[int, str]]:
    found = notices_of(house.database, principal=by, after=0, limit=100)
    return [(one.number, one.kind) for one in found.items]


def moves(house: House, by: Principal, at: datetime = AT) -> set[str]:
    return {one.move.value for one in cycle_whole(house.database, principal=by, cycle_id=CYCLE, at=at).allowed}


def test_the_team_reads_the_question_and_the_date_and_never_who_asks(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    assert moves(house, LEAD) == {"withdraw"}
    assert ask(house) == WEEK
    (entry,) = newest(house)
    assert (entry[1], QUESTION in str(entry[3])) == ("evidence:request", False)
    with nothing_kept(house):
        assert ask(house, question=f" {QUESTION} ") == WEEK
    asked = seen(house)[0]
    assert (asked.criterion, asked.question, asked.due_at, asked.state, asked.asked_by) == (
        "1.01", QUESTION, WEEK, "open", None,
    )  # fmt: skip
    who = reviewer(team_of(house)["lead"])
    assert seen(house, who)[0].asked_by == f"Lead {who.reviewer}"
    assert moves(house, LEAD) == {"attach_evidence", "answer_request", "withdraw"}
    assert told(house, LEAD) == told(house, MEMBER) == [(1, "evidence_asked")]


def test_only_that_criterions_evidence_opens_and_no_rating(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match=r"there is time to answer: none now\.") as shut:
        attach(house, content=b"a rota", title="Rota")
    assert "attach evidence (by a member of the team or the team's lead)" not in shut.value.allowed
    ask(house)
    for criteria in (["2.01"], ["1.01", "2.01"]):
        with nothing_kept(house), pytest.raises(MoveNotAllowed, match=r"only: 1\.01\."):
            attach(house, content=b"a rota", title="Rota", criteria=criteria)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="'rate' is not possible"):
        rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(ANSWERS, seen=1), at=AT)
    item = attach(house, content=b"a rota", title="Rota")
    assert seen(house)[0].evidence == (1, item.id), "the job plan came at the same moment"
    work(house, Kind.EVIDENCE)


def test_the_answer_closes_it_and_only_the_reviewer_who_asked_is_told(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    ask(house)
    with nothing_kept(house), pytest.raises(Invalid, match="reply: empty; answer in a sentence"):
        reply(house, " ")
    reply(house)
    with nothing_kept(house):
        reply(house, " It is attached. ")
        with pytest.raises(Contradiction, match=r"The request on 1\.01 is answered already, by member of north"):
            reply(house, "It is lost.")
        with pytest.raises(MoveNotAllowed, match="none now"):
            attach(house, content=b"a rota")
    lead, lay = (reviewer(team_of(house)[role]) for role in ("lead", "lay"))
    assert [(one.state, one.reply) for one in seen(house, lead)] == [("answered", "It is attached.")]
    assert (told(house, lead), told(house, lay), seen(house, lay)) == ([(1, "evidence_answered")], [], ())
    with nothing_kept(house), pytest.raises(NotFound, match="no request 0123456789ab"):
        answer_request(
            house.database, principal=LEAD, cycle_id=CYCLE, request="0123456789ab", reply="It is attached.", at=AT
        )


def test_time_closes_it_the_last_moment_being_in_time(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    ask(house)
    ask(house, criterion="2.01")
    assert [job.due_at for job in due_jobs(house, at=JUST_AFTER) if job.kind == Kind.REQUESTS] == [JUST_AFTER]
    assert work(house, Kind.REQUESTS, at=WEEK) == []
    reply(house, at=WEEK)
    left = next(one for one in seen(house, at=JUST_AFTER) if one.state == "expired")
    assert work(house, Kind.REQUESTS, at=JUST_AFTER) == [Kind.REQUESTS]
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match=r"could be answered until 8 April 2026, 09:00 UTC"):
        answer_request(
            house.database, principal=LEAD, cycle_id=CYCLE, request=left.request or "", reply="Here.", at=JUST_AFTER
        )
    lead = reviewer(team_of(house)["lead"])
    assert told(house, lead) == [(1, "evidence_answered"), (2, "evidence_not_answered")]
    assert {one.state for one in seen(house, lead, at=JUST_AFTER)} == {"answered", "expired"}
    with nothing_kept(house):
        assert work(house, Kind.REQUESTS, at=later(30)) == []


def test_it_is_over_for_the_team_even_before_the_engine_looks(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    ask(house)
    assert moves(house, LEAD, JUST_AFTER) == {"withdraw"}
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="could be answered until"):
        reply(house, at=JUST_AFTER)


def test_a_review_that_is_over_first_ends_it_before_its_time(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    ask(house)
    withdraw(house.database, principal=LEAD, cycle_id=CYCLE, reason="The ward closes.", at=AT)
    assert [seen(house, at=at)[0].state for at in (AT, WEEK, JUST_AFTER)] == ["ended", "ended", "expired"]


def test_it_stays_open_while_a_reviewer_who_left_is_replaced(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    ask(house, role="lay")
    declare_conflict(
        house.database, principal=OFFICE, reviewer_id=team_of(house)["lay"], organisation_id=1, reason="A friend.",
        at=AT,
    )  # fmt: skip
    assert "answer_request" in moves(house, LEAD)
    attach(house, content=b"a rota")
    reply(house)
    work(house)
    assert [one.state for one in seen(house)] == ["answered"]


def test_refusals_say_what_is_wrong(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="question: empty; say what you need to see"):
            ask(house, question=" ")
        with pytest.raises(NotFound, match=r"no criterion 9\.99"):
            ask(house, criterion="9.99")
        with pytest.raises(Invalid, match=r"criterion 1\.10: it does not apply to this service"):
            ask(house, criterion="1.10")
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=found(), at=AT)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="You have handed in your review"):
        ask(house)


def test_each_reviewer_asks_as_often_as_the_scheme_lets_them_and_no_more(house: House) -> None:
    walk(house, Stage.REVIEW, edition=scheme(**{"{within: {weeks: 1}}\nimm": "{within: {weeks: 1}, most: 2}\nimm"}))
    lead = reviewer(team_of(house)["lead"])
    ask(house)
    assert "ask_evidence" in moves(house, lead)
    ask(house, criterion="2.01")
    with nothing_kept(house):
        assert ask(house) == WEEK, "what was asked already is not asked once more"
        with pytest.raises(MoveNotAllowed) as refused:
            ask(house, question="May we see the rota of September?")
    assert str(refused.value) == (
        "You have asked for more evidence 2 times in this visit, and this scheme lets each reviewer ask 2 times. Say "
        "in the comment what is lacking."
    )
    assert "ask evidence (by a reviewer)" not in refused.value.allowed
    assert "ask_evidence" not in moves(house, lead)
    ask(house, role="lay")


def test_a_scheme_that_says_no_number_lets_each_ask_thirty_times(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    for number in range(30):
        ask(house, question=f"May we see page {number}?")
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="lets each reviewer ask 30 times"):
        ask(house, question="May we see page 30?")


def test_a_scheme_that_gives_no_time_has_no_requests(house: House) -> None:
    walk(house, Stage.REVIEW, edition=scheme(**{"evidence_requests: {within: {weeks: 1}}\n": ""}))
    assert "ask_evidence" not in moves(house, reviewer(team_of(house)["lead"]))
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="no 'evidence_requests'"):
        ask(house)
