import hashlib
import json
from datetime import UTC, date, datetime

import pytest

from accreditation.actions.decide import decide
from accreditation.actions.grant_role import end_grant
from accreditation.actions.invite_person import invite_person
from accreditation.actions.publish import publish
from accreditation.actions.settle import settle
from accreditation.errors import Contradiction, Invalid, NotPermitted
from accreditation.records import awards
from accreditation.records.awards import Decision, Recommendation
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.views.pack import pack
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    NORTH,
    OFFICE,
    newest,
    nothing_kept,
    reviewer,
    scheme,
    stage_of,
    team_of,
    work,
)

LEAP_DAY = datetime(2028, 2, 29, 23, 59, tzinfo=UTC)


def decided(
    house: House, outcome: str = "accredited", reason: str = "", at: datetime = AT, conditions: tuple[str, ...] = ()
) -> Decision:
    return decide(
        house.database,
        principal=COMMITTEE,
        cycle_id=CYCLE,
        outcome=outcome,
        reason=reason,
        conditions=conditions,
        at=at,
    )


def deferred(at_stage: AtStage) -> House:
    """A house in which the rules recommend to defer: the named lead is missing."""
    house = at_stage(Stage.CONSENSUS)
    settle(
        house.database, principal=reviewer(team_of(house)["lead"]), cycle_id=CYCLE, criterion="1.01",
        answer=Answer(rating="not_met", note="Nobody is named."), at=AT,
    )  # fmt: skip
    work(house)
    assert stage_of(house) == Stage.DECISION
    return house


def named(house: House) -> tuple[str, str, dict[str, object]]:
    """The newest entry of the ledger, which is about North's cycle, without the nonce that it has."""
    ((actor, action, subject, detail),) = newest(house)
    assert subject == "cycle:1"
    return actor, action, {name: value for name, value in detail.items() if name != "nonce" or len(value) < 64}


def test_the_rules_recommend_with_their_working(at_stage: AtStage) -> None:
    house = at_stage(Stage.RECOMMENDATION)
    assert work(house, Kind.AWARD) == [Kind.AWARD]
    with house.database.reading() as session:
        row = session.get_one(Recommendation, CYCLE)
    digest = hashlib.sha256(row.working.encode()).hexdigest()
    detail = {"outcome": "accredited", "stands_in_the_way": [], "working_sha256": digest}
    assert named(house) == ("engine:engine", "award:recommend", detail)
    assert row.outcome == "accredited"
    told = json.loads(row.working)
    assert (told["title"], [tried["holds"] for tried in told["working"]]) == ("Accredited", [True])


def test_a_decision_follows_the_recommendation_without_a_reason(at_stage: AtStage) -> None:
    house = at_stage(Stage.DECISION)
    row = decided(house)
    assert (row.outcome, row.departs, row.valid_until) == ("accredited", False, date(2029, 4, 1))
    assert stage_of(house) == Stage.PUBLICATION
    detail = {
        "outcome": "accredited", "recommended": "accredited", "departs": False, "reason": "",
        "valid_until": "2029-04-01", "conditions": [],
    }  # fmt: skip
    assert named(house) == ("committee:the committee", "award:decide", detail)
    with nothing_kept(house):
        assert decided(house).valid_until == date(2029, 4, 1)
        with pytest.raises(Contradiction, match="The committee has decided already: 'accredited'"):
            decided(house, "deferred", "We think again.")


def test_a_departure_needs_a_reason_that_stays(at_stage: AtStage) -> None:
    house = at_stage(Stage.DECISION)
    with nothing_kept(house):
        with pytest.raises(Invalid) as invalid:
            decided(house, "deferred", " ")
        assert [str(fault) for fault in invalid.value.faults] == [
            "reason: empty, but the rules recommend 'accredited'; say why the committee departs from it"
        ]
        with pytest.raises(Invalid, match=r"outcome: 'splendid'; one of: accredited, deferred"):
            decided(house, "splendid", "It is.")
        with pytest.raises(Invalid, match="reason: a character that cannot be shown"):
            decided(house, "deferred", "\x00")
    row = decided(house, "deferred", " The lead is leaving. ", conditions=("1.01",))
    assert (row.departs, row.reason, row.valid_until) == (True, "The lead is leaving.", None)
    with nothing_kept(house):
        decided(house, "deferred", "The lead is leaving.")


def test_conditions_name_the_criteria_and_their_day(at_stage: AtStage) -> None:
    house = deferred(at_stage)
    decided(house, "deferred", at=datetime(2026, 8, 31, 12, tzinfo=UTC))
    with house.database.reading() as session:
        rows = awards.conditions(session, [CYCLE])[CYCLE]
    assert [(row.needed, row.names, row.due_on) for row in rows] == [(1, ("1.01",), date(2027, 2, 28))]
    assert newest(house)[0][3]["conditions"] == [{"needed": 1, "criteria": ["1.01"], "due_on": "2027-02-28"}]


def test_a_departure_downwards_names_its_conditions_itself(at_stage: AtStage) -> None:
    house = at_stage(Stage.DECISION)
    for named, found in (((), "none, and none follows from the rules"), (("9.99",), "'9.99'")):
        with nothing_kept(house), pytest.raises(Invalid, match=f"conditions: {found}"):
            decided(house, "deferred", "The lead is leaving.", conditions=named)
    with nothing_kept(house), pytest.raises(Invalid, match="conditions: 'accredited' has none"):
        decided(house, "accredited", conditions=("1.01",))
    decided(house, "deferred", "The lead is leaving.", conditions=("1.01", "1.01"))
    with house.database.reading() as session:
        rows = awards.conditions(session, [CYCLE])[CYCLE]
    assert [(row.needed, row.names) for row in rows] == [(1, ("1.01",))]


def test_an_award_against_the_recommendation_has_a_reason_and_no_conditions(at_stage: AtStage) -> None:
    house = deferred(at_stage)
    row = decided(house, "accredited", "A lead was named on the day.")
    assert (row.departs, row.valid_until) == (True, date(2029, 4, 1))
    with house.database.reading() as session:
        assert awards.conditions(session, [CYCLE]) == {}


def test_an_award_of_a_leap_day_lapses_on_the_last_of_february(at_stage: AtStage) -> None:
    assert decided(at_stage(Stage.DECISION), at=LEAP_DAY).valid_until == date(2031, 2, 28)


def test_a_decision_is_published_once_with_the_edition_it_was_made_by(at_stage: AtStage) -> None:
    house = at_stage(Stage.PUBLICATION)
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)
    detail = {"outcome": "accredited", "edition": scheme().digest}
    assert newest(house) == [("office:the office", "award:publish", "cycle:1", detail)]
    with nothing_kept(house):
        publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=LEAP_DAY)
    with house.database.reading() as session:
        told = [
            (publication.edition_digest, publication.at, decision.outcome, team.name, organisation.name)
            for publication, decision, team, organisation in awards.published(session)
        ]
        assert awards.published(session, after=CYCLE) == []
    assert told == [(scheme().digest, AT, "accredited", "North", "North Trust")]


@pytest.mark.parametrize(
    "in_service", [Grant(role=Role.TEAM_LEAD, team=NORTH), Grant(role=Role.TEAM_MEMBER, organisation=1)]
)
@pytest.mark.parametrize("still", [True, False])
def test_nobody_decides_about_a_service_in_which_they_have_or_had_a_role(
    at_stage: AtStage, in_service: Grant, still: bool
) -> None:
    house = at_stage(Stage.DECISION)
    person = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A chair", email="chair@example.org",
        grants=[Grant(role=Role.COMMITTEE), in_service], at=AT,
    ).person  # fmt: skip
    if not still:
        end_grant(house.database, principal=OFFICE, grant_id=2, reason="She moved.", at=AT)
    chair = Principal(name=f"A chair (person {person})", role=Role.COMMITTEE)
    why = "has or had a role in this team or its organisation"
    with nothing_kept(house), pytest.raises(NotPermitted, match=f"{why}: somebody else of the committee"):
        decide(house.database, principal=chair, cycle_id=CYCLE, outcome="accredited", reason="", at=AT)
    told = pack(house.database, principal=chair, cycle_id=CYCLE, at=AT)
    assert (told.hinders, told.close) == (why, (("A chair", why),))
    assert pack(house.database, principal=COMMITTEE, cycle_id=CYCLE, at=AT).hinders == ""
