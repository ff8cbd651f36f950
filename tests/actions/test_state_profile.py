"""Facts of every kind: what may be stated, by whom, until when, and what waits for them."""

from decimal import Decimal

import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.leave import send_back
from accreditation.actions.rate import rate
from accreditation.actions.state_profile import state_profile
from accreditation.actions.submit import submit
from accreditation.errors import Invalid, MoveNotAllowed, NotPermitted
from accreditation.records import cycles
from accreditation.records.awards import Recommendation
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.views.cycles import cycle_whole
from accreditation.wiring import House
from tests.actions.doing import clerk_of_north
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    NORTH,
    OFFICE,
    ROUND,
    SOUTH,
    due_jobs,
    given,
    newest,
    nothing_kept,
    stage_of,
    walk,
    work,
)
from tests.wide import PROFILE, SAYS, hand_in_as, start, state, to_review

UNLIMITED = {name: value for name, value in PROFILE.items() if name != "most"}
"""All that is asked but the limit, which the office states later."""


def stated_by_team(house: House, **profile: object) -> dict[str, object]:
    return dict(state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile=profile, at=AT))


def submitted(house: House) -> Stage:
    return submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)


def waits(house: House) -> str | None:
    return cycle_whole(house.database, principal=LEAD, cycle_id=CYCLE, at=AT).waits_for


def moves(house: House) -> list[str]:
    return [one.move.value for one in cycle_whole(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT).allowed]


def test_a_choice_and_a_number_are_kept_as_they_were_stated(house: House) -> None:
    start(house, visit="first")
    assert stated_by_team(house, site="country", beds="12.500") == {
        "visit": "first",
        "site": "country",
        "beds": Decimal("12.5"),
    }
    detail = {"profile": {"visit": "first", "site": "country", "beds": "12.500"}}
    assert newest(house) == [("team_lead:lead of north", "cycle:profile", "cycle:1", detail)]
    with nothing_kept(house):
        stated_by_team(house, beds=Decimal("12.50"))
    with house.database.reading() as session:
        assert str(cycles.now(session, CYCLE).profile["beds"]) == "12.500"


def test_a_whole_number_is_a_number(house: House) -> None:
    start(house, visit="first")
    assert stated_by_team(house, beds=12)["beds"] == Decimal(12)


def test_everything_that_answers_no_question_is_named_at_once(house: House) -> None:
    start(house, visit="first")
    wrong = {"site": True, "beds": "many", "visit": "second", "wards": 3}
    said = [
        "profile.wards: there is no fact of the profile 'wards'; allowed here: site, beds, visit, most",
        "profile.site: 'true' does not answer 'Where is it?'; city, country",
        "profile.beds: 'many' does not answer 'How many beds are there?'; a number (beds)",
        "profile.visit: 'second' does not answer 'Which visit is it?'; first, renewal",
    ]
    with nothing_kept(house):
        with pytest.raises(Invalid) as invalid:
            state(house, **wrong)
        assert [str(fault) for fault in invalid.value.faults] == said
        with pytest.raises(Invalid) as refused:
            enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile=wrong, at=AT)
        assert [str(fault) for fault in refused.value.faults] == said


def test_a_fact_of_the_office_is_not_the_teams_to_state(house: House) -> None:
    start(house, visit="first")
    with nothing_kept(house), pytest.raises(NotPermitted) as refused:
        stated_by_team(house, visit="renewal", most=3, site="city")
    assert str(refused.value) == (
        "Stated by the college office, not by the team: 'visit' (Which visit is it?); 'most' (How many may be missed?)."
    )
    clerk = clerk_of_north(house)
    with nothing_kept(house):
        with pytest.raises(NotPermitted, match="cannot state what the college says of it: somebody else"):
            state_profile(house.database, principal=clerk, cycle_id=CYCLE, profile={"visit": "renewal"}, at=AT)
        with pytest.raises(NotPermitted, match="cannot state what the college says of it: somebody else"):
            enrol(house.database, principal=clerk, team_id=NORTH, round_id=ROUND, profile={"most": 3}, at=AT)
    assert state(house, visit="renewal") == {"visit": "renewal"}


def test_a_submission_says_what_is_not_stated_and_who_states_it(house: House) -> None:
    start(house, site="city")
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        submitted(house)
    facts = [str(fault) for fault in invalid.value.faults if fault.where.startswith("profile")]
    assert facts == [
        "profile.beds: not stated; answer a number (beds): How many beds are there?",
        "profile.visit: not stated; the college office states it before you can submit (first, renewal): "
        "Which visit is it?",
        "profile.most: not stated; the college office states it before the recommendation (a number (criteria)): "
        "How many may be missed?",
    ]


def test_a_limit_that_the_office_states_later_keeps_no_team_from_submitting(house: House) -> None:
    start(house, **UNLIMITED)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(SAYS), at=AT)
    assert submitted(house) is Stage.EVIDENCE
    work(house)
    assert "state_profile" in moves(house)
    assert state(house, most=1)["most"] == Decimal(1)
    assert [job.kind for job in due_jobs(house)] == [Kind.SELF_ASSESSMENT]


def test_what_a_team_was_asked_by_stands_once_it_has_submitted(house: House) -> None:
    to_review(house)
    with nothing_kept(house):
        with pytest.raises(MoveNotAllowed) as refused:
            state(house, visit="renewal", beds=3, site="country", most=3)
        assert str(refused.value).startswith("The team has submitted, so this stands: beds, site, visit.")
        with pytest.raises(MoveNotAllowed):
            stated_by_team(house, site="country")


def test_sent_back_a_team_states_its_facts_anew(house: House) -> None:
    start(house)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given(SAYS), at=AT)
    submitted(house)
    send_back(house.database, principal=OFFICE, cycle_id=CYCLE, reason="It is in the country.", at=AT)
    assert stated_by_team(house, site="country")["site"] == "country"


def test_nothing_is_recommended_before_the_office_has_stated_its_facts(house: House) -> None:
    to_review(house, **UNLIMITED)
    for role in ("lead", "lay"):
        hand_in_as(house, role)
    work(house)
    assert stage_of(house) == Stage.RECOMMENDATION
    assert newest(house)[0][1] == "award:wait"
    assert newest(house)[0][3]["not_stated"] == ["most"]
    assert waits(house) == "The college office has yet to state: How many may be missed? (most)"
    state(house, most=0)
    assert waits(house) is None
    work(house)
    assert stage_of(house) == Stage.DECISION
    with house.database.reading() as session:
        assert session.get_one(Recommendation, CYCLE).outcome == "gold"
    with nothing_kept(house), pytest.raises(MoveNotAllowed):
        state(house, most=5)


def test_a_scheme_without_facts_of_the_office_offers_nothing_to_state_later(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    assert "state_profile" not in moves(house)
