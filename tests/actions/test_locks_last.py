"""Seats that the office fixed among people of whom few are experienced: they last, or the office is told why not."""

from collections.abc import Mapping

import pytest

from accreditation.actions.arrange import preview
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.take_off import take_off
from accreditation.errors import Invalid
from accreditation.ledger.entries import entries
from accreditation.records import notices
from accreditation.records.invitations import Said
from accreditation.rules.wishes import Lock, Release, Swap
from accreditation.wiring import House
from tests.proposing import (
    ASKS,
    asked,
    change,
    confirm_all,
    confirmed_by_office,
    number,
    proposed,
    says,
    service_says,
    to_proposal,
)
from tests.walking import AT, CYCLE, OFFICE, ROUND, nothing_kept, work

EXPERIENCED = f"experienced: {{at_least: 1, after_visits: 3}}, {ASKS}"


def states(house: House, who: int, **given: object) -> None:
    """The office changes what is registered of a reviewer, and the engine looks again."""
    change_reviewer(
        house.database, principal=OFFICE, reviewer_id=who, change=ReviewerChange.model_validate(given), at=AT
    )
    work(house)


def both_leads_know_how(house: House) -> None:
    """Two leads made enough visits before, and no lay reviewer did."""
    to_proposal(house, edition=confirmed_by_office(EXPERIENCED))
    for lead in (1, 2):
        states(house, lead, visits_done=3)


def told(house: House) -> list[str]:
    """What the office was told of seats that it fixed."""
    with house.database.reading() as session:
        rows = notices.of_inbox(session, notices.OFFICE, after=0, limit=100)
    return [one.words for one in rows if one.kind == "lock_fallen"]


def test_everybody_who_is_proposed_may_be_locked_where_they_are(house: House) -> None:
    both_leads_know_how(house)
    for role, (who, _) in proposed(house).items():
        with nothing_kept(house):
            shown = preview(
                house.database, principal=OFFICE, round_id=ROUND, number=number(house),
                change=Lock(cycle=CYCLE, reviewer=who, role=role),
            )  # fmt: skip
        assert (shown.hindrances, [(one.reviewer, one.how) for one in shown.coming]) == ((), [])
    lay = proposed(house)["lay"][0]
    (other,) = {3, 4} - {lay}
    assert change(house, Swap(cycle=CYCLE, out=lay, into=other)).effect.empty_after == ()
    assert proposed(house)["lay"] == (other, "swapped")


def test_where_another_lock_is_released_the_seat_stays_fixed(house: House) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=1, role="lead"))
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    change(house, Release(cycle=CYCLE, reviewer=1))
    work(house)
    assert proposed(house) == {"lead": (1, "proposed"), "lay": (3, "locked")}
    assert told(house) == []


def test_where_somebody_declines_the_seats_that_were_fixed_beside_them_stay(house: House) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=1, role="lead"))
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    confirm_all(house)
    says(house, "lead", Said.DECLINES)
    work(house)
    assert proposed(house) == {"lead": (2, "proposed"), "lay": (3, "locked")}
    assert told(house) == [
        "Lead 1 cannot be kept as lead of North, North Trust, where you fixed the seat: Lead 1 declined this visit. "
        f"Proposal {number(house)} is worked out without that."
    ]
    says(house, "lay")
    work(house)
    assert proposed(house)["lay"] == (3, "locked")
    change(house, Release(cycle=CYCLE, reviewer=3))
    assert proposed(house)["lay"] == (3, "kept")


def test_where_nobody_experienced_is_left_the_seats_that_were_fixed_stay_all_the_same(house: House) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    for lead in (1, 2):
        declare_conflict(house.database, principal=OFFICE, reviewer_id=lead, organisation_id=1, reason="Kin.", at=AT)
    work(house)
    assert (proposed(house), told(house)) == ({"lay": (3, "locked")}, [])


FALLS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "no visit left": ({"capacity": 0}, "Lay 3 has 1 visit and capacity for 0"),
    "another role": ({"roles": ["lead"]}, "Lay 3 does not hold the role lay in North"),
    "employed there": ({"organisation": 1}, "Lay 3 is employed by the organisation of North"),
}


@pytest.mark.parametrize("case", FALLS)
def test_whoever_cannot_be_kept_falls_and_the_office_is_told_which_and_why(house: House, case: str) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    change(house, Lock(cycle=CYCLE, reviewer=1, role="lead"))
    given, why = FALLS[case]
    states(house, 3, **given)
    assert proposed(house) == {"lead": (1, "locked"), "lay": (4, "proposed")}
    assert told(house) == [
        f"Lay 3 cannot be kept as lay of North, North Trust, where you fixed the seat: {why}. Proposal {number(house)} "
        "is worked out without that."
    ]
    with house.database.reading() as session:
        made = [one for one in entries(session) if one.action == "review:propose"][-1]
    assert made.detail["locks_fallen"] == [{"cycle": CYCLE, "reviewer": 3}]
    work(house)
    assert len(told(house)) == 1, "once"


def test_the_office_is_told_as_well_where_it_changes_something_else_first(house: House) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    change_reviewer(
        house.database, principal=OFFICE, reviewer_id=3, change=ReviewerChange.model_validate({"capacity": 0}), at=AT
    )
    change(house, Lock(cycle=CYCLE, reviewer=1, role="lead"))
    assert [one.split(":")[1] for one in told(house)] == [
        f" Lay 3 has 1 visit and capacity for 0. Proposal {number(house)} is worked out without that."
    ]


def test_who_is_confirmed_and_comes_into_conflict_loses_the_seat_and_the_office_reads_that_it_was_fixed(
    house: House,
) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=1, role="lead"))
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    confirm_all(house)
    service_says(house, "lead", conflict=True, reason="private")
    says(house, "lay", Said.CONFLICT, reason="private")
    work(house)
    assert proposed(house) == {"lead": (2, "proposed"), "lay": (4, "proposed")}
    assert sorted(one.split(": ")[1] for one in told(house)) == [
        f"Lay 3 has a conflict of interest with this service. Proposal {number(house)} is worked out without that.",
        "Lead 1 is in conflict with this service, by the service's word. "
        f"Proposal {number(house)} is worked out without that.",
    ]
    assert "private" not in str(told(house))


def test_whom_the_office_takes_off_itself_is_no_news_to_it(house: House) -> None:
    both_leads_know_how(house)
    change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))
    confirm_all(house)
    take_off(house.database, principal=OFFICE, cycle_id=CYCLE, reviewer_id=asked(house)["lay"], reason="Ill.", at=AT)
    work(house)
    assert (proposed(house)["lay"], told(house)) == ((4, "proposed"), [])


def test_what_leaves_nobody_experienced_is_refused_and_nothing_is_offered_that_cannot_help(house: House) -> None:
    to_proposal(house, edition=confirmed_by_office(EXPERIENCED))
    states(house, 1, visits_done=3)
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        change(house, Swap(cycle=CYCLE, out=1, into=2))
    (fault,) = refused.value.faults
    assert (fault.found, fault.allowed) == (
        "North needs 1 reviewer with 3 visits or more before and could have none with these seats, whoever else joins",
        "choose somebody whom nothing keeps from it; the proposal's preview says what would come of it",
    )
