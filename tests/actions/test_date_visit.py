"""The days of a visit reach the matching, whoever is asked, and whoever sits; nothing happens twice."""

from datetime import date, timedelta
from typing import Any

import pytest

from accreditation.actions.change_reviewer import Changed, ReviewerChange, change_reviewer
from accreditation.actions.date_visit import AwayThen, Dated, ElsewhereThen, date_visit
from accreditation.actions.take_off import take_off
from accreditation.errors import Invalid, MoveNotAllowed
from accreditation.records import cycles, notices, peers, visit_days
from accreditation.records.jobs import Kind
from accreditation.rules.conflicts import Days, Engaged
from accreditation.rules.cycle import Stage
from accreditation.rules.wishes import Lock, Swap
from accreditation.views.cycles import cycle_whole
from accreditation.views.invitations import own_invitations
from accreditation.views.looking import VisitShown
from accreditation.views.teams_of_review import seats_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.proposing import (
    asked,
    change,
    confirm_all,
    confirmed_by_office,
    endings,
    proposed,
    says,
    service_says,
    to_proposal,
)
from tests.walking import (
    AT,
    CYCLE,
    LAYS,
    LEAD,
    LEADS,
    NORTHS_LEAD,
    OFFICE,
    OTHER_LEAD,
    ROUND,
    due_jobs,
    newest,
    nothing_kept,
    reviewer,
    stage_of,
    team_of,
    work,
)

FIRST, LAST = date(2026, 5, 4), date(2026, 5, 5)


def dated(house: House, first: date = FIRST, last: date = LAST) -> Dated:
    return date_visit(house.database, principal=OFFICE, cycle_id=CYCLE, first=first, last=last, at=AT)


def away(house: House, number: int, first: date = LAST, last: date = LAST) -> Changed:
    given: dict[str, Any] = {"unavailable": [{"first": first, "last": last}]}
    change = ReviewerChange.model_validate(given)
    return change_reviewer(house.database, principal=OFFICE, reviewer_id=number, change=change, at=AT)


def told(house: House, inbox: str) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        return [(one.kind, one.words) for one in notices.of_inbox(session, inbox, after=0, limit=100)]


@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.ASSIGNMENT, Stage.REVIEW])
def test_the_newest_days_stand_and_the_same_again_change_nothing(at_stage: AtStage, stage: Stage) -> None:
    house = at_stage(stage)
    assert dated(house, last=FIRST) == Dated(new=True)
    assert dated(house) == Dated(new=True)
    assert [entry for entry in newest(house, number=1) if entry[1] == "visit:date"] == [
        ("office:the office", "visit:date", "cycle:1", {"first": "2026-05-04", "last": "2026-05-05"})
    ]
    with nothing_kept(house):
        assert dated(house) == Dated(new=False)
    with house.database.reading() as session:
        assert visit_days.days_of(session, [CYCLE, 99]) == {CYCLE: Days(first=FIRST, last=LAST)}
        (visit,) = peers.visits_asked(session, [cycles.now(session, CYCLE)])
    assert visit.days == Days(first=FIRST, last=LAST)
    shown = cycle_whole(house.database, principal=LEAD, cycle_id=CYCLE, at=AT).visit
    assert shown == VisitShown(first=FIRST, last=LAST)


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.PUBLISHED, Stage.WITHDRAWN])
def test_once_the_review_is_over_nothing_is_dated(for_all_at: AtStage, stage: Stage) -> None:
    house = for_all_at(stage)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="'date visit' is not possible"):
        dated(house)


def test_days_that_cannot_be_meant_are_refused_and_nothing_is_kept(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.ASSIGNMENT)
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        dated(house, first=date(2062, 5, 5))
    assert [fault.where for fault in refused.value.faults] == ["last", "first"]


def test_nobody_is_seated_who_is_away_on_a_day_of_the_visit(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    assert away(house, NORTHS_LEAD) == Changed(changed=("unavailable",))
    assert dated(house) == Dated(new=True)
    assert (Kind.ASSIGNMENT, ROUND) in {(job.kind, job.subject) for job in due_jobs(house)}
    work(house)
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, OTHER_LEAD)


def test_a_round_waits_where_everybody_is_away_and_goes_on_on_other_days(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    for one in LEADS:
        away(house, one)
    dated(house)
    work(house)
    assert stage_of(house) is Stage.ASSIGNMENT
    assert dated(house, last=FIRST) == Dated(new=True)
    work(house)
    assert stage_of(house) is Stage.REVIEW


def test_whoever_sits_and_is_away_is_named_and_stays(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    before = team_of(house)
    named = (AwayThen(reviewer=NORTHS_LEAD, name=f"Lead {NORTHS_LEAD}", role="lead"),)
    away(house, NORTHS_LEAD)
    assert dated(house) == Dated(new=True, away=named)
    assert dated(house) == Dated(new=False, away=named)
    assert (stage_of(house), team_of(house)) == (Stage.REVIEW, before)
    assert str(newest(house, number=1)).count("Lead") == 0, "who is away is not for whoever reads the ledger"
    assert away(house, before["lay"], FIRST, FIRST) == Changed(changed=("unavailable",), away=(CYCLE,))
    assert team_of(house) == before


def test_another_is_found_beside_somebody_who_sits_and_is_away(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    lay = team_of(house)["lay"]
    away(house, lay)
    dated(house)
    take_off(house.database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=NORTHS_LEAD, reason="Ill.", at=AT)
    assert dated(house, last=LAST + timedelta(1)).away == (AwayThen(reviewer=lay, name=f"Lay {lay}", role="lay"),)
    work(house)
    assert (stage_of(house), team_of(house)) == (Stage.REVIEW, {"lay": lay, "lead": OTHER_LEAD})


def test_a_proposal_from_before_the_days_is_not_confirmed(house: House) -> None:
    to_proposal(house, edition=confirmed_by_office())
    away(house, proposed(house)["lead"][0])
    dated(house)
    with nothing_kept(house), pytest.raises(Invalid, match="is away on a day of the visit"):
        confirm_all(house)


def test_whoever_is_asked_and_is_away_is_asked_no_more_and_another_is_proposed(house: House) -> None:
    to_proposal(house, edition=confirmed_by_office())
    confirm_all(house)
    lead = asked(house)["lead"]
    away(house, lead)
    service_says(house, "lead")
    service_says(house, "lay")
    says(house, "lead")
    says(house, "lay")
    assert dated(house) == Dated(new=True, asked_no_more=(lead,))
    assert endings(house) == {lead: "changed"}
    work(house)
    assert (stage_of(house), proposed(house)["lead"]) == (Stage.ASSIGNMENT, (sum(LEADS) - lead, "proposed"))
    with nothing_kept(house):
        assert dated(house) == Dated(new=False)


def test_an_absence_that_is_stated_after_the_days_frees_whoever_is_only_asked_too(house: House) -> None:
    to_proposal(house, edition=confirmed_by_office())
    confirm_all(house)
    dated(house)
    lead = asked(house)["lead"]
    assert away(house, lead) == Changed(changed=("unavailable",))
    assert endings(house) == {lead: "changed"}
    work(house)
    assert proposed(house)["lead"] == (sum(LEADS) - lead, "proposed")


def test_whoever_is_asked_and_the_service_are_told_the_days_and_see_them(house: House) -> None:
    to_proposal(house, edition=confirmed_by_office())
    confirm_all(house)
    dated(house)
    lead, lay = asked(house)["lead"], asked(house)["lay"]
    words = ("visit_dated", "The visit to North, North Trust is from 4 May 2026 to 5 May 2026.")
    for inbox in (f"reviewer:{lead}", f"reviewer:{lay}", "team_lead:1"):
        assert told(house, inbox)[-1] == words
    assert told(house, f"reviewer:{sum(LEADS) - lead}") == []
    (shown,) = own_invitations(house.database, principal=reviewer(lead)).invitations
    assert shown.visit == VisitShown(first=FIRST, last=LAST)
    dated(house, last=FIRST)
    assert told(house, f"reviewer:{lead}")[-1][1] == "The visit to North, North Trust is on 4 May 2026."


def dated_south(house: House, first: date = LAST, last: date = LAST) -> Dated:
    return date_visit(house.database, principal=OFFICE, cycle_id=2, first=first, last=last, at=AT)


def one_lay_for_both(house: House, asks: str = "") -> int:
    """The office has the same lay reviewer asked for North and for South, before their visits have days."""
    to_proposal(house, edition=confirmed_by_office(asks), both=True)
    lay = LAYS[0]
    for cycle in (CYCLE, 2):
        change(house, Lock(cycle=cycle, reviewer=lay, role="lay"))
    assert (proposed(house)["lay"], proposed(house, 2)["lay"]) == ((lay, "locked"), (lay, "locked"))
    return lay


def test_what_was_fixed_for_two_visits_falls_at_one_once_they_are_on_one_day(house: House) -> None:
    lay = one_lay_for_both(house)
    dated(house)
    dated_south(house, first=LAST + timedelta(1), last=LAST + timedelta(1))
    work(house)
    assert (proposed(house)["lay"][0], proposed(house, 2)["lay"][0]) == (lay, lay)
    dated_south(house)
    work(house)
    assert (proposed(house)["lay"], proposed(house, 2)["lay"]) == ((lay, "locked"), (sum(LAYS) - lay, "proposed"))
    for wanted in (Lock(cycle=2, reviewer=lay, role="lay"), Swap(cycle=2, out=sum(LAYS) - lay, into=lay)):
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            change(house, wanted)
        assert [one.found for one in refused.value.faults] == [
            f"Lay {lay} cannot be at North and at South: their visits are on the same day"
        ]


def test_a_proposal_from_before_the_days_seats_nobody_at_two_visits(house: House) -> None:
    lay = one_lay_for_both(house)
    dated(house)
    dated_south(house)
    with nothing_kept(house), pytest.raises(Invalid, match=rf"Lay {lay} cannot be at North and at South"):
        confirm_all(house)


def test_whoever_sits_at_two_visits_on_one_day_is_named_to_the_office_and_stays(house: House) -> None:
    lay = one_lay_for_both(house)
    confirm_all(house)
    work(house)
    assert (stage_of(house), stage_of(house, 2), team_of(house, 2)["lay"]) == (Stage.REVIEW, Stage.REVIEW, lay)
    before = told(house, notices.OFFICE)
    assert dated(house) == Dated(new=True)
    why = "already visits North on a day of this visit"
    named = (ElsewhereThen(reviewer=lay, name=f"Lay {lay}", role="lay", why=why),)
    assert dated_south(house) == Dated(new=True, elsewhere=named)
    with nothing_kept(house):
        assert dated_south(house) == Dated(new=False, elsewhere=named)
    assert (team_of(house)["lay"], team_of(house, 2)["lay"]) == (lay, lay)
    assert told(house, notices.OFFICE)[len(before) :] == [
        (
            "two_visits_at_once",
            f"Lay {lay} sits in the team of South, South Trust and already visits North on a day of this visit: "
            "choose other days, or take them off one of the teams.",
        )
    ]  # fmt: skip
    for cycle, other in ((CYCLE, "South"), (2, "North")):
        shown = {one.role: one.warning for one in seats_of(house.database, principal=OFFICE, cycle_id=cycle).seats}
        assert shown == {"lead": "", "lay": f"already visits {other} on a day of this visit"}
    theirs = seats_of(house.database, principal=LEAD, cycle_id=CYCLE).seats
    assert [one.warning for one in theirs] == ["", ""], "another team's visit is not for this one"
    dated_south(house, first=LAST + timedelta(1), last=LAST + timedelta(1))
    assert [one.warning for one in seats_of(house.database, principal=OFFICE, cycle_id=2).seats] == ["", ""]


def test_whoever_is_asked_to_be_at_two_visits_on_one_day_is_asked_no_more_for_the_one_dated_last(house: House) -> None:
    lay = one_lay_for_both(house, asks="service_answers: {within: {weeks: 1}, silence: waits}")
    confirm_all(house)
    assert dated(house) == Dated(new=True)
    assert dated_south(house) == Dated(new=True, asked_no_more=(lay,))
    assert (endings(house), endings(house, 2)) == ({}, {lay: "changed"})
    work(house)
    assert proposed(house, 2)["lay"] == (sum(LAYS) - lay, "proposed")


def test_a_visit_of_another_round_keeps_whoever_makes_it_from_one_on_its_days(house: House) -> None:
    lay = one_lay_for_both(house)
    dated(house)
    with house.database.reading() as session:
        assert {one.id: one.engaged for one in peers.reviewers_asked(session, round_id=2)}[lay] == ()
    confirm_all(house)
    work(house)
    north = (Engaged(team_name="North", days=Days(first=FIRST, last=LAST)),)
    with house.database.reading() as session:
        found = {
            of: {one.id: one.engaged for one in peers.reviewers_asked(session, round_id=of)}[lay] for of in (ROUND, 2)
        }
    assert found == {ROUND: (), 2: north}
