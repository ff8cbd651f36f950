"""An appeal against a published decision, and its answer."""

from datetime import date, datetime

import pytest

from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.appeal import appeal
from accreditation.actions.create_token import create_token
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotPermitted
from accreditation.records.jobs import Kind
from accreditation.rules.afterwards import Status
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.views.cycles import cycle_whole
from accreditation.wiring import House
from tests.building import followed
from tests.following import after, day, entry, meet, to_published, told
from tests.walking import COMMITTEE, CYCLE, LEAD, MEMBER, OFFICE, newest, nothing_kept, reviewer, team_of, walk, work

TOLD = day("2027-01-15")
WHY = "The visit was on a day of a strike."
NOT_STANDING = {"decision_stands_meanwhile: true": "decision_stands_meanwhile: false"}


def lodge(house: House, at: datetime, *, by: Principal = LEAD, reason: str = WHY) -> None:
    appeal(house.database, principal=by, cycle_id=CYCLE, reason=reason, at=at)


def respond(
    house: House, outcome: str | None, *, by: Principal = COMMITTEE, reason: str = "Heard.", on: str = "2027-02-20"
) -> None:
    answer_appeal(house.database, principal=by, cycle_id=CYCLE, outcome=outcome, reason=reason, at=day(on))


def test_an_appeal_of_the_last_day_is_heard_and_the_day_after_refused_with_the_date(house: House) -> None:
    to_published(house, decided=day("2027-01-10"), told=TOLD)
    assert told(house).appeal_until == date(2027, 2, 15)
    with nothing_kept(house), pytest.raises(Contradiction) as late:
        lodge(house, day("2027-02-16", 0))
    assert str(late.value) == (
        "The decision was published on 15 January 2027. An appeal could be lodged until 15 February 2027 (1 month); "
        "the time is over."
    )
    lodge(house, day("2027-02-15", 23))
    now = entry(house, day("2027-02-15", 23))
    assert now.words == (
        "No award is held. Its condition is still to be met by 10 July 2027. The team appealed on 15 February "
        "2027. Until the appeal is answered the decision stands."
    )
    assert (now.outcome, now.status) == ("deferred", Status.NOT_AWARDED)
    assert now.appeal is not None
    assert (now.appeal.lodged_on, now.appeal.decision_stands_meanwhile, now.appeal.upheld) == (
        date(2027, 2, 15),
        True,
        None,
    )
    assert "strike" not in now.model_dump_json(), "the reason is the team's and the college's"
    with nothing_kept(house):
        lodge(house, day("2027-03-15"))


def test_where_the_decision_does_not_stand_meanwhile_the_register_says_so(house: House) -> None:
    to_published(house, edition=followed(**NOT_STANDING), decided=TOLD, outcome="accredited")
    lodge(house, day("2027-02-01"))
    now = entry(house, day("2027-02-01"))
    assert (now.status, now.words) == (
        Status.UNDER_APPEAL,
        "The award is valid until 15 January 2030. The team appealed on 1 February 2027. Until the appeal is answered "
        "the decision does not stand.",
    )
    respond(house, None)
    assert entry(house, day("2027-02-20")).status is Status.CURRENT


def test_an_appeal_that_is_upheld_makes_a_new_decision(house: House) -> None:
    to_published(house, decided=TOLD)
    lodge(house, day("2027-02-01"))
    respond(house, "accredited", reason="The job plan was there on the day.")
    found = after(house)
    assert [(row.outcome, row.because, row.departs, row.by) for row in found.changes] == [
        ("accredited", "appeal", True, "the committee")
    ]
    now = entry(house, day("2027-02-20"))
    assert (now.outcome, now.status, now.because, now.valid_until) == (
        "accredited",
        Status.CURRENT,
        "appeal",
        date(2030, 2, 20),
    )
    assert [(one.outcome, one.because) for one in now.before] == [("deferred", "decided")]
    assert "job plan was there" not in now.model_dump_json()
    shown = told(house)
    assert shown.appeal is not None
    assert (shown.outcome, shown.stands.outcome) == ("deferred", "accredited")
    assert (shown.appeal.reason, shown.appeal.upheld, shown.appeal.answer) == (
        WHY,
        True,
        "The job plan was there on the day.",
    )
    assert newest(house)[0][:3] == ("committee:the committee", "appeal:answer", "cycle:1")
    with nothing_kept(house):
        respond(house, "accredited", reason="The job plan was there on the day.")
        assert work(house, Kind.CONDITIONS, at=TOLD) == []
    work(house, Kind.CONDITIONS, at=day("2028-01-01"))
    assert after(house).stands.outcome == "accredited", "the conditions of the first decision are over"


def test_an_appeal_that_is_dismissed_leaves_the_decision_and_its_clock(house: House) -> None:
    to_published(house, decided=TOLD)
    lodge(house, day("2027-02-01"))
    respond(house, None)
    with nothing_kept(house), pytest.raises(Contradiction, match="answered the appeal already"):
        respond(house, "accredited")
    with nothing_kept(house), pytest.raises(Contradiction, match="There is one appeal for a decision"):
        lodge(house, day("2027-02-10"), reason="Once more.")
    assert meet(house, day("2027-07-15")) == "accredited"


def test_while_an_appeal_is_open_nothing_is_recorded_as_met_and_nothing_lapses(house: House) -> None:
    to_published(house, decided=TOLD)
    lodge(house, day("2027-02-01"))
    with nothing_kept(house), pytest.raises(Contradiction) as refused:
        meet(house, day("2027-02-02"))
    assert str(refused.value) == (
        "An appeal is open. Conditions can be recorded as met once the committee has answered it."
    )
    work(house, Kind.CONDITIONS, at=day("2027-08-01"))
    assert after(house).changes == ()
    respond(house, None, on="2027-08-02")
    work(house, Kind.CONDITIONS, at=day("2027-08-02"))
    assert after(house).stands.outcome == "refused"


def test_nobody_who_was_on_the_visit_answers_by_whatever_token(house: House) -> None:
    to_published(house, decided=TOLD)
    lodge(house, day("2027-02-01"))
    seat = team_of(house)["lay"]
    create_token(
        house.database, principal=OFFICE, name="Dr Bay", role=Role.REVIEWER, team_id=None, reviewer_id=seat,
        valid_for=day("2028-01-01") - TOLD, at=TOLD,
    )  # fmt: skip
    there = [
        Principal(name=f"Lay {seat}", role=Role.COMMITTEE),  # the reviewer's own name
        Principal(name=f"reviewer {seat}", role=Role.COMMITTEE),  # the name under which they rated
        Principal(name="Dr Bay", role=Role.COMMITTEE),  # the name on their reviewer's token
        Principal(name="chair", role=Role.COMMITTEE, reviewer=seat),
    ]
    for who in there:
        with nothing_kept(house), pytest.raises(NotPermitted) as refused:
            respond(house, None, by=who)
        assert str(refused.value) == (
            f"{who.name} was on the visit that this appeal is about, so somebody else of the committee has to answer "
            "it."
        )
    with nothing_kept(house), pytest.raises(NotPermitted, match="It is for the committee"):
        respond(house, None, by=reviewer(seat))
    respond(house, None)


def test_refusals_say_what_is_wrong(house: House) -> None:
    to_published(house, decided=TOLD)
    with nothing_kept(house), pytest.raises(Contradiction, match="No appeal is lodged"):
        respond(house, None)
    with nothing_kept(house), pytest.raises(NotPermitted, match="It is for the team's lead"):
        lodge(house, TOLD, by=MEMBER)
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        lodge(house, TOLD, reason="")
    lodge(house, TOLD)
    with nothing_kept(house), pytest.raises(Invalid, match="'deferred', which is what was decided; one of: accredited"):
        respond(house, "deferred")
    with nothing_kept(house), pytest.raises(Invalid, match="'gold'; one of: accredited, refused"):
        respond(house, "gold")
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        respond(house, None, reason="")


def test_a_scheme_without_an_appeal_has_none(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    with nothing_kept(house), pytest.raises(Contradiction, match="The scheme 'A small scheme' has no appeal"):
        lodge(house, TOLD)
    assert told(house).appeal_until is None


def test_what_has_followed_the_decision_is_not_appealed(house: House) -> None:
    to_published(house, decided=TOLD)
    meet(house, day("2027-01-20"))
    with nothing_kept(house), pytest.raises(Contradiction, match="it is 'Accredited' since 20 January 2027"):
        lodge(house, day("2027-01-21"))


def test_before_the_publication_there_is_nothing_to_appeal_against(house: House) -> None:
    walk(house, Stage.PUBLICATION)
    with (
        nothing_kept(house),
        pytest.raises(MoveNotAllowed, match="'appeal' is not possible in the stage 'publication'"),
    ):
        lodge(house, TOLD)


def test_everybody_is_offered_what_they_can_do_now(house: House) -> None:
    to_published(house, decided=TOLD)

    def offered(who: Principal, text: str) -> list[str]:
        whole = cycle_whole(house.database, principal=who, cycle_id=CYCLE, at=day(text))
        return [one.move.value for one in whole.allowed]

    people = (LEAD, OFFICE, COMMITTEE)
    assert [offered(who, "2027-02-15") for who in people] == [["appeal"], ["meet_condition"], []]
    assert [offered(who, "2027-02-16") for who in people] == [[], ["meet_condition"], []]
    lodge(house, day("2027-02-15"))
    assert [offered(who, "2027-02-15") for who in people] == [[], [], ["answer_appeal"]]


def test_who_decides_and_who_confirms_it_is_told_to_everybody(house: House) -> None:
    to_published(house, decided=TOLD)
    both = ("The accreditation committee", "The college council")
    now = entry(house, TOLD)
    assert (now.body, now.confirmed_by) == both
    assert (told(house).body, told(house).confirmed_by) == both
