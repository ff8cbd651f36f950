"""One criterion of one's visit, side by side with what the team says and shows."""

import pytest

from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.review import review
from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.rules.people import Principal
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.views.one_criterion import OneCriterion, one_criterion
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, OFFICE, STRANGER, given, reviewer, team_of, walk


def who(house: House, role: str = "lead") -> Principal:
    return reviewer(team_of(house)[role])


def seen(house: House, criterion: str = "1.01", *, by: Principal | None = None) -> OneCriterion:
    return one_criterion(house.database, principal=by or who(house), cycle_id=CYCLE, criterion=criterion, at=AT)


def test_it_has_the_wording_the_team_s_answer_and_its_evidence_with_a_link(house: House) -> None:
    walk(house, Stage.REVIEW)
    told = seen(house)
    assert (told.title, told.statement, told.guidance) == ("Named lead", "There is a lead.", "Ask.")
    assert [(asked.title, asked.required) for asked in told.evidence_asked] == [("Job plan", True), ("Photo", False)]
    assert [(one.rating, one.title) for one in told.scale] == [("met", "Met"), ("not_met", "Not met")]
    assert (told.team.answer, told.team.answered_by) == (Answer(rating="met"), "lead of north")
    assert [(one.title, one.file_name, one.link) for one in told.evidence] == [
        ("Job plan", "plan.pdf", "/api/evidence/1/content")
    ]
    assert (told.own, told.version, told.findings, told.requests) == (NOT_ANSWERED, 0, (), ())
    assert (told.before, told.after) == (None, "2.01")
    measured = seen(house, "2.01")
    assert (measured.unit, measured.team.answer, measured.evidence) == ("%", Answer(measured="92.5"), ())
    assert (measured.before, measured.after) == ("1.01", "2.02")
    assert (seen(house, "2.02").unit, seen(house, "2.02").after) == (None, None)


def test_it_has_one_s_own_rating_findings_and_requests_and_nobody_else_s(house: House) -> None:
    walk(house, Stage.REVIEW)
    mine = Answer(rating="not_met", note="No job plan names her.")
    found = Found(draft=Draft(kind=Kind.KEY_ACTION, criterion="1.01", text="Name a deputy."), seen_version=0)
    review(house.database, principal=who(house), cycle_id=CYCLE, given=given({"1.01": mine}), at=AT)
    record_finding(house.database, principal=who(house), cycle_id=CYCLE, key="a", found=found, at=AT)
    ask_evidence(house.database, principal=who(house), cycle_id=CYCLE, criterion="1.01", question="The rota?", at=AT)
    told = seen(house)
    assert (told.own, told.version) == (mine, 1)
    assert [(one.key, one.kind, one.text, one.version) for one in told.findings] == [
        ("a", Kind.KEY_ACTION, "Name a deputy.", 1)
    ]
    assert [(one.question, one.state) for one in told.requests] == [("The rota?", "open")]
    assert (seen(house, "2.01").findings, seen(house, "2.01").requests) == ((), ())
    others = seen(house, by=who(house, "lay"))
    assert (others.own, others.findings, others.requests) == (NOT_ANSWERED, (), ())


def test_whose_visit_it_is_not_finds_nothing(house: House) -> None:
    walk(house, Stage.REVIEW)
    for stranger in (STRANGER, reviewer(99)):
        with pytest.raises(NotFound, match="There is no such cycle, or it is not one of yours"):
            seen(house, by=stranger)
    for by in (LEAD, OFFICE):
        with pytest.raises(NotPermitted):
            seen(house, by=by)
    for criterion in ("9.99", "1.10"):
        with pytest.raises(NotFound, match=f"The cycle has no criterion {criterion}"):
            seen(house, criterion)
