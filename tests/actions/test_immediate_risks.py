"""An immediate risk waits for nothing, has its own clock, tells those concerned at once, and changes no score."""

from datetime import UTC, datetime, timedelta

import pytest

from accreditation.actions.answer_risk import answer_risk
from accreditation.actions.leave import withdraw
from accreditation.actions.raise_risk import raise_risk
from accreditation.actions.review import hand_in, review
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound
from accreditation.records import awards
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.views.notices import NoticeShown, notices_of
from accreditation.views.risks import RiskShown, risks_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage, Searching
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    STEPS,
    due_jobs,
    found,
    later,
    newest,
    nothing_kept,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)

TEXT = "The trolley has no working defibrillator."
HOLIDAY = {"immediate_risk:": "holidays: [{day: 2026-04-03, title: Good Friday}]\nimmediate_risk:"}
BY = datetime(2026, 4, 3, 9, tzinfo=UTC)
"""Two business days after a Wednesday."""
JUST_AFTER = BY + timedelta(seconds=1)


def raised(house: House, *, role: str = "lay", text: str = TEXT, criterion: str | None = "1.01") -> datetime | None:
    who = reviewer(team_of(house)[role])
    return raise_risk(house.database, principal=who, cycle_id=CYCLE, criterion=criterion, text=text, at=AT)


def seen(house: House, by: Principal = LEAD, at: datetime = AT) -> tuple[RiskShown, ...]:
    return risks_of(house.database, principal=by, cycle_id=CYCLE, at=at).risks


def answered(house: House, reply: str = "It was replaced at noon.", *, at: datetime = AT) -> bool:
    name = seen(house)[0].risk or ""
    return answer_risk(house.database, principal=LEAD, cycle_id=CYCLE, risk=name, reply=reply, at=at)


def told(house: House, by: Principal) -> tuple[NoticeShown, ...]:
    return notices_of(house.database, principal=by, after=0, limit=100).items


def kinds(house: House, by: Principal) -> list[str]:
    return [one.kind for one in told(house, by)]


def test_the_office_and_the_lead_are_told_the_same_moment_and_nobody_else(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    assert raised(house) == BY
    (entry,) = newest(house)
    assert (entry[1], TEXT in str(entry[3])) == ("risk:raise", False)
    for who in (OFFICE, LEAD):
        (notice,) = told(house, who)
        assert (notice.kind, notice.at) == ("risk_raised", AT)
        assert notice.words == (
            "The reviewers of North raised an immediate risk (1.01). The team's lead answers it in writing, by 3 April "
            "2026, 09:00 UTC. It has nothing to do with the score."
        )
    lead, lay = (reviewer(team_of(house)[role]) for role in ("lead", "lay"))
    assert kinds(house, MEMBER) == kinds(house, lead) == kinds(house, lay) == []
    (risk,) = seen(house)
    assert (risk.text, risk.criterion, risk.reply_by, risk.raised_by, risk.late) == (TEXT, "1.01", BY, None, False)
    name = f"Lay {lay.reviewer}"
    assert (seen(house, OFFICE)[0].raised_by, seen(house, lay)[0].raised_by, seen(house, lead)) == (name, name, ())
    with nothing_kept(house):
        assert raised(house, text=f" {TEXT} ") == BY


def test_holidays_are_no_business_days(house: House) -> None:
    walk(house, Stage.REVIEW, edition=scheme(**HOLIDAY))
    assert raised(house, criterion=None) == later(5), "Good Friday and a weekend lie between"


def test_it_waits_for_no_hand_in_and_can_be_raised_in_consensus(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=found(), at=AT)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    assert raised(house, role="lead") == BY
    consensus = at_stage(Stage.CONSENSUS)
    assert raised(consensus, criterion=None) == BY
    published = at_stage(Stage.PUBLISHED)
    with nothing_kept(published), pytest.raises(MoveNotAllowed, match="'raise risk' is not possible"):
        raised(published)


def test_the_leads_answer_is_told_to_the_office_and_to_who_raised_it(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    raised(house)
    with nothing_kept(house), pytest.raises(Invalid, match="reply: empty; say what was done"):
        answered(house, " ")
    assert answered(house) is True
    (entry,) = newest(house)
    assert (entry[1], entry[3]["in_time"], "noon" in str(entry[3])) == ("risk:answer", True, False)
    with nothing_kept(house):
        assert answered(house) is True
        with pytest.raises(Contradiction, match="answered already, by lead of north"):
            answered(house, "It was there.")
        with pytest.raises(NotFound, match="no immediate risk 0123456789abcdef"):
            answer_risk(house.database, principal=LEAD, cycle_id=CYCLE, risk="0123456789abcdef", reply="x", at=AT)
    lay = reviewer(team_of(house)["lay"])
    assert (kinds(house, OFFICE), kinds(house, lay)) == (["risk_raised", "risk_answered"], ["risk_answered"])
    assert [(one.reply, one.replied_by) for one in seen(house, lay)] == [("It was replaced at noon.", "lead of north")]


def test_the_last_moment_is_in_time_and_an_overdue_answer_is_told_to_the_office_once(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    raised(house)
    assert [job.due_at for job in due_jobs(house, at=JUST_AFTER) if job.kind == Kind.RISKS] == [JUST_AFTER]
    assert work(house, Kind.RISKS, at=BY) == []
    assert work(house, Kind.RISKS, at=JUST_AFTER) == [Kind.RISKS]
    assert kinds(house, OFFICE) == kinds(house, LEAD) == ["risk_raised", "risk_overdue"]
    assert seen(house, at=JUST_AFTER)[0].late is True
    with nothing_kept(house):
        assert work(house, Kind.RISKS, at=later(30)) == []
    assert answered(house, at=later(9)) is False, "late, and kept all the same"
    assert (seen(house)[0].late, kinds(house, OFFICE)[-1]) == (True, "risk_answered")


def test_an_answer_in_time_leaves_nothing_to_tell(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    raised(house)
    answered(house, at=BY)
    work(house, Kind.RISKS, at=JUST_AFTER)
    assert kinds(house, OFFICE) == ["risk_raised", "risk_answered"]
    assert seen(house, at=later(30))[0].late is False


def test_its_clock_is_its_own_whatever_becomes_of_the_cycle(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    raised(house)
    withdraw(house.database, principal=LEAD, cycle_id=CYCLE, reason="The ward closes.", at=AT)
    work(house, Kind.RISKS, at=JUST_AFTER)
    assert kinds(house, OFFICE) == ["risk_raised", "risk_overdue"]
    assert answered(house, at=later(9)) is False
    assert stage_of(house) is Stage.WITHDRAWN


def test_it_changes_no_score(at_stage: AtStage) -> None:
    plain, risky = at_stage(Stage.RECOMMENDATION), at_stage(Stage.CONSENSUS)
    raised(risky)
    STEPS[Stage.RECOMMENDATION](risky)
    work(plain, Kind.AWARD)
    work(risky, Kind.AWARD)
    workings = []
    for house in (plain, risky):
        with house.database.reading() as session:
            workings.append(session.get_one(awards.Recommendation, CYCLE).working)
    assert workings[0] == workings[1]


def test_a_scheme_without_a_clock_lets_it_be_raised_all_the_same(house: House) -> None:
    walk(house, Stage.REVIEW, edition=scheme(**{"immediate_risk: {reply_within: {business_days: 2}}\n": ""}))
    assert raised(house) is None
    assert kinds(house, LEAD) == ["risk_raised"]
    assert [job for job in due_jobs(house, at=later(900)) if job.kind == Kind.RISKS] == []
    assert answered(house, at=later(300)) is True


def test_a_risk_says_what_it_is(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="text: empty; say what the risk is"):
            raised(house, text=" ")
        with pytest.raises(NotFound, match=r"no criterion 9\.99"):
            raised(house, criterion="9.99")


def test_notices_are_read_in_parts(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    for number in range(3):
        raised(house, text=f"Risk {number}.")
    first = notices_of(house.database, principal=OFFICE, after=0, limit=2)
    assert ([one.number for one in first.items], first.next_after) == ([1, 2], 2)
    assert [one.number for one in notices_of(house.database, principal=OFFICE, after=2, limit=2).items] == [3]


def test_its_text_is_searched_for_patients_while_others_may_write_and_once(
    at_stage: AtStage, searching: Searching
) -> None:
    house = at_stage(Stage.REVIEW)
    texts = searching(house)
    raised(house)
    raised(house)
    assert texts == [TEXT]
