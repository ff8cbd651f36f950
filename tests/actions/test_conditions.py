"""Conditions of a published decision: recorded as met, or run out. Worked cases are those of published schemes."""

from datetime import date

import pytest

from accreditation.actions.keep_up import begin_upkeep
from accreditation.actions.meet_condition import meet_condition
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted
from accreditation.records import standing_answers
from accreditation.records.jobs import Job, Kind
from accreditation.rules.afterwards import Status
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.views.cycles import cycle_whole
from accreditation.wiring import House
from tests.actions.doing import clerk_of_north
from tests.building import followed
from tests.following import after, day, entry, meet, to_published, told
from tests.walking import (
    COMMITTEE,
    CYCLE,
    LEAD,
    OFFICE,
    job_of,
    newest,
    nothing_kept,
    walk,
    work,
)

VISIT = day("2027-03-01")


def visited(house: House, **changes: str) -> None:
    """Decided and published on the first of March, with one condition and six months for it."""
    to_published(house, edition=followed(**changes), decided=VISIT)


def outcomes(house: House) -> list[tuple[str, str]]:
    found = after(house)
    return [(found.decision.outcome, "decided"), *((row.outcome, row.because) for row in found.changes)]


def test_evidence_accepted_in_time_leads_to_the_award_by_rule(house: House) -> None:
    visited(house)
    assert entry(house, VISIT).words == "No award is held. Its condition is still to be met by 1 September 2027."
    assert meet(house, day("2027-07-20")) == "accredited"
    assert outcomes(house) == [("deferred", "decided"), ("accredited", "conditions_met")]
    now = entry(house, day("2027-07-20"))
    assert (now.outcome, now.status, now.because, now.public_wording) == (
        "accredited",
        Status.CURRENT,
        "conditions_met",
        "It is good.",
    )
    assert (now.decided_on, now.stands_since, now.valid_until) == (
        date(2027, 3, 1),
        date(2027, 7, 20),
        date(2030, 7, 20),
    ), "valid from the day on which it followed"
    assert [(one.outcome, one.since, one.because) for one in now.before] == [("deferred", date(2027, 3, 1), "decided")]
    assert now.conditions == ()
    assert newest(house)[0][1:3] == ("condition:meet", "cycle:1")
    with nothing_kept(house):
        assert meet(house, day("2027-07-21")) == "accredited"
    assert work(house, Kind.CONDITIONS, at=day("2028-07-20")) == [Kind.CONDITIONS]
    assert outcomes(house)[1:] == [("accredited", "conditions_met")], "its time ran out after it was met"


def test_nothing_by_the_last_day_lapses_the_day_after(house: House) -> None:
    visited(house)
    assert work(house, Kind.CONDITIONS, at=day("2027-09-01", 23)) == []
    assert work(house, Kind.CONDITIONS, at=day("2027-09-02", 0)) == [Kind.CONDITIONS]
    assert outcomes(house) == [("deferred", "decided"), ("refused", "lapsed")]
    now = entry(house, day("2027-09-02"))
    assert (now.outcome, now.status, now.because, now.words) == (
        "refused",
        Status.NOT_AWARDED,
        "lapsed",
        "No award is held.",
    )
    assert [(one.outcome, one.reason, one.by) for one in told(house).followed] == [
        ("refused", "not everything was put right by 1 September 2027: 1.01", "engine")
    ]
    assert newest(house)[0][:3] == ("engine:engine", "award:lapse", "cycle:1")
    with nothing_kept(house):
        assert work(house, Kind.CONDITIONS, at=day("2028-01-01")) == []


def test_the_last_day_is_in_time_and_the_next_is_not(house: House) -> None:
    visited(house)
    with nothing_kept(house), pytest.raises(Contradiction) as late:
        meet(house, day("2027-09-02", 0))
    assert str(late.value) == "This had to be put right by 1 September 2027; the time is over."
    assert meet(house, day("2027-09-01", 23)) == "accredited"


def test_a_case_held_for_nine_months_ends_by_itself(house: House) -> None:
    months = {"type: essential}, within: {months: 6}": "type: essential}, within: {months: 9}"}
    to_published(house, edition=followed(**months), decided=day("2027-02-01"))
    work(house, Kind.CONDITIONS, at=day("2027-11-01", 23))
    assert outcomes(house) == [("deferred", "decided")]
    work(house, Kind.CONDITIONS, at=day("2027-11-02", 1))
    assert outcomes(house)[-1] == ("refused", "lapsed")


def test_accepted_at_month_twenty_it_is_valid_four_years_from_then(house: House) -> None:
    years = {"within: {months: 6}": "within: {years: 2}", "valid_for: {years: 3}": "valid_for: {years: 4}"}
    to_published(house, edition=followed(**years), decided=VISIT, c2_01="not_met", c2_02="not_met")
    asked = [(one.needed, [criterion.id for criterion in one.criteria]) for one in told(house).conditions]
    assert asked == [(1, ["1.01"]), (1, ["2.01", "2.02"])]
    assert meet(house, day("2027-07-01"), condition=1) == "deferred"
    assert entry(house, day("2027-07-01")).words == (
        "No award is held. 1 of its 2 conditions is still to be met by 1 March 2029."
    )
    assert meet(house, day("2028-11-01"), condition=2, criteria=["2.02"]) == "accredited"
    assert entry(house, day("2028-11-01")).valid_until == date(2032, 11, 1)


def test_nothing_follows_where_the_scheme_names_no_outcome(house: House) -> None:
    visited(house, **{", when_met: accredited, when_missed: refused": ""})
    assert [job for job in work(house, at=day("2028-01-01")) if job is Kind.CONDITIONS] == []
    begin_upkeep(house.database, at=day("2028-01-01"))
    work(house, at=day("2028-01-01"))
    assert outcomes(house) == [("deferred", "decided")]
    assert entry(house, day("2028-01-01")).words == (
        "No award is held. Its condition is still to be met though the time was over on 1 September 2027."
    )


def test_conditions_all_met_without_a_named_outcome_are_shown_as_met(house: House) -> None:
    visited(house, **{", when_met: accredited, when_missed: refused": ""})
    assert meet(house, day("2027-05-01")) == "deferred"
    now = entry(house, day("2027-05-01"))
    assert (now.words, now.conditions[0].met_on) == ("No award is held. Every condition is met.", date(2027, 5, 1))


def test_a_draft_is_tried_on_those_who_hold_an_award_by_what_followed(house: House) -> None:
    def held(text: str) -> list[int]:
        with house.database.reading() as session:
            return [one.cycle for one in standing_answers.current(session, scheme="small", on=day(text).date())]

    visited(house)
    assert held("2027-07-20") == []
    meet(house, day("2027-07-20"))
    assert (held("2030-07-20"), held("2030-07-21")) == ([CYCLE], [])


def test_upkeep_finds_a_lapse_whose_job_was_lost(house: House) -> None:
    visited(house)
    with house.database.bookkeeping() as session:
        row = session.get_one(Job, job_of(house, Kind.CONDITIONS))
        row.done_at = VISIT
    begin_upkeep(house.database, at=day("2027-09-02"))
    assert Kind.CONDITIONS in work(house, at=day("2027-09-02"))
    assert outcomes(house)[-1] == ("refused", "lapsed")


def test_a_record_stands_and_refusals_say_why(house: House) -> None:
    visited(house)
    with nothing_kept(house), pytest.raises(NotFound, match="no condition 9"):
        meet(house, VISIT, condition=9)
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        meet(house, VISIT, reason=" ")
    with nothing_kept(house), pytest.raises(Invalid, match=r"'2\.01'; one of: 1\.01"):
        meet(house, VISIT, criteria=["2.01"])
    for who in (LEAD, COMMITTEE):
        with nothing_kept(house), pytest.raises(NotPermitted, match="It is for the college office"):
            record_as(house, who)
    clerk = clerk_of_north(house)
    with nothing_kept(house), pytest.raises(NotPermitted, match=r"cannot say that its condition is met: somebody else"):
        record_as(house, clerk)
    meet(house, VISIT)
    with nothing_kept(house), pytest.raises(Contradiction, match=r"Recorded as met on 1 March 2027, by the office"):
        meet(house, VISIT, reason="Something else.")


def record_as(house: House, who: Principal) -> None:
    meet_condition(house.database, principal=who, cycle_id=CYCLE, condition_id=1, reason="Seen.", at=VISIT)


def test_after_a_lapse_the_conditions_are_over(house: House) -> None:
    visited(house)
    work(house, Kind.CONDITIONS, at=day("2027-09-02"))
    with nothing_kept(house), pytest.raises(Contradiction) as over:
        meet(house, day("2027-09-03"))
    assert str(over.value) == (
        "The result is 'Refused' since 2 September 2027; the conditions of the one before it are over."
    )


@pytest.mark.parametrize("stage", [Stage.DECISION, Stage.PUBLICATION, Stage.WITHDRAWN])
def test_before_the_publication_nothing_can_be_met(house: House, stage: Stage) -> None:
    walk(house, stage)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="'meet condition' is not possible in the stage"):
        meet(house, VISIT)


def test_the_office_is_offered_the_record_only_while_it_can_be_made(house: House) -> None:
    visited(house)

    def offered(text: str) -> list[str]:
        whole = cycle_whole(house.database, principal=OFFICE, cycle_id=CYCLE, at=day(text))
        return [one.move.value for one in whole.allowed]

    assert offered("2027-09-01") == ["meet_condition"]
    assert offered("2027-09-02") == []


def test_an_award_that_ran_out_says_so_and_nothing_about_today(house: House) -> None:
    to_published(house, decided=VISIT, outcome="accredited")
    assert entry(house, day("2030-03-01")).words == "The award is valid until 1 March 2030."
    gone = entry(house, day("2030-03-02"))
    assert gone.status is Status.EXPIRED
    assert gone.words == (
        "This award expired on 1 March 2030. It says how the service stood when it was decided, and nothing about "
        "today."
    )
