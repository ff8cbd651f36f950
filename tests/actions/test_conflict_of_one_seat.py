"""A review that was handed in stands; its author's declared conflict still bars the organisation's other visits."""

import pytest

from accreditation.actions.arrange import preview
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.rate import rate
from accreditation.actions.submit import submit
from accreditation.actions.take_off import take_off
from accreditation.errors import Invalid
from accreditation.records import notices
from accreditation.records.jobs import Kind
from accreditation.records.reviewers import DeclaredConflict
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.rules.wishes import Lock
from accreditation.wiring import House
from tests.proposing import change, confirm_all, confirmed_by_office, number, proposed, to_proposal
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    NO_UNIT,
    OFFICE,
    ROUND,
    attach,
    given,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    work,
)

SECOND = Principal(name="lead of the second team", role=Role.TEAM_LEAD, team=4)
"""Of another team of North's organisation, whose cycle in the same round is `OTHER`."""

OTHER = 2


def two_of_one_organisation(house: House) -> tuple[int, int]:
    """North is reviewed, the second team of its organisation waits for reviewers; North's lead and lay reviewer."""
    database = house.database
    to_proposal(house, edition=confirmed_by_office(""))
    confirm_all(house)
    work(house)
    row = TeamToImport(organisation="North Trust", team="North two", service_line="small")
    import_teams(database, principal=OFFICE, rows=[row], at=AT)
    enrol(database, principal=OFFICE, team_id=4, round_id=ROUND, profile=NO_UNIT, at=AT)
    rate(database, principal=SECOND, cycle_id=OTHER, given=given(ANSWERS), at=AT)
    submit(database, principal=SECOND, cycle_id=OTHER, stage=Stage.SELF_ASSESSMENT, at=AT)
    attach(house, cycle=OTHER, by=SECOND)
    work(house, Kind.EVIDENCE)
    submit(database, principal=SECOND, cycle_id=OTHER, stage=Stage.EVIDENCE, at=AT)
    work(house)
    team = team_of(house)
    return team["lead"], team["lay"]


def takes_off(house: House, who: int) -> None:
    take_off(house.database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=who, reason="Ill for weeks.", at=AT)
    assert stage_of(house) is Stage.ASSIGNMENT


def declares(house: House, who: int) -> None:
    declare_conflict(
        house.database, principal=reviewer(who), reviewer_id=who, organisation_id=1, reason="His wife.", at=AT
    )


def begun_without(house: House, who: int) -> None:
    """Both teams are confirmed and begin: the review that was handed in stands, and the other visit has another."""
    confirm_all(house)
    work(house)
    assert (stage_of(house), stage_of(house, OTHER)) == (Stage.REVIEW, Stage.REVIEW)
    assert (team_of(house)["lead"], who in team_of(house, OTHER).values()) == (who, False)


def test_whose_review_stands_is_not_locked_into_another_visit_of_the_organisation(house: House) -> None:
    lead, lay = two_of_one_organisation(house)
    rate_and_hand_in(house, "lead")
    declares(house, lead)
    takes_off(house, lay)
    work(house)
    wanted = Lock(cycle=OTHER, reviewer=lead, role="lead")
    with nothing_kept(house):
        with pytest.raises(Invalid) as refused:
            change(house, wanted)
        shown = preview(house.database, principal=OFFICE, round_id=ROUND, number=number(house), change=wanted)
    why = f"Lead {lead} has a declared conflict of interest with North two"
    assert ([one.found for one in refused.value.faults], shown.hindrances) == ([why], (why,))
    assert (proposed(house)["lead"], proposed(house, OTHER)["lead"][0] == lead) == ((lead, "kept"), False)
    begun_without(house, lead)


def test_whoever_was_locked_there_before_they_declared_falls_and_the_office_is_told(house: House) -> None:
    lead, lay = two_of_one_organisation(house)
    change(house, Lock(cycle=OTHER, reviewer=lead, role="lead"))
    rate_and_hand_in(house, "lead")
    takes_off(house, lay)
    declares(house, lead)
    work(house)
    assert (proposed(house)["lead"], proposed(house, OTHER)["lead"][0] == lead) == ((lead, "kept"), False)
    with house.database.reading() as session:
        words = [one.words for one in notices.of_inbox(session, notices.OFFICE, after=0, limit=99)]
    assert [one for one in words if "cannot be kept" in one] == [
        f"Lead {lead} cannot be kept as lead of North two, North Trust, where you fixed the seat: Lead {lead} has a "
        f"declared conflict of interest with North two. Proposal {number(house)} is worked out without that."
    ]
    begun_without(house, lead)


def test_a_confirmation_asks_the_facts_once_more_whatever_the_rules_of_the_round_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, lay = two_of_one_organisation(house)
    change(house, Lock(cycle=OTHER, reviewer=lead, role="lead"))
    rate_and_hand_in(house, "lead")
    takes_off(house, lay)
    declares(house, lead)
    monkeypatch.setattr("accreditation.actions.confirm.broken", lambda **_: ())
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        confirm_all(house, cycles=[OTHER])
    assert [(one.where, one.found) for one in refused.value.faults] == [
        (
            "proposal",
            f"Lead {lead} cannot sit in North two: a conflict of interest with this service is declared by now",
        )
    ]


def test_nobody_is_seated_whom_the_facts_set_apart_since_they_were_asked(house: House) -> None:
    lead, _ = two_of_one_organisation(house)
    change(house, Lock(cycle=OTHER, reviewer=lead, role="lead"))
    confirm_all(house, cycles=[OTHER])
    with house.database.bookkeeping() as session:
        session.add(DeclaredConflict(reviewer_id=lead, organisation_id=1, reason="His wife.", by="the office", at=AT))
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        work(house)
    (fault,) = refused.value.faults
    assert fault.found == (
        f"Lead {lead} cannot sit in North two: a conflict of interest with this service is declared by now"
    )
    assert team_of(house, OTHER) == {}
