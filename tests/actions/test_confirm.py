"""The office confirms what the engine proposes; whoever is asked agrees; the review begins."""

from collections.abc import Callable

import pytest

from accreditation.actions.arrange import arrange
from accreditation.actions.confirm import confirm
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.explain_seat import explain_seat
from accreditation.actions.invite_person import invite_person
from accreditation.actions.take_off import take_off
from accreditation.errors import Invalid, NotFound, NotPermitted, Stale
from accreditation.records import notices
from accreditation.records.invitations import Said
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.rules.wishes import KeepOut, Lock, Swap
from accreditation.wiring import House
from tests.proposing import (
    all_agree,
    asked,
    change,
    confirm_all,
    confirmed_by_office,
    invitation,
    number,
    proposed,
    says,
    service_says,
    to_proposal,
)
from tests.walking import (
    AT,
    CYCLE,
    LAYS,
    OFFICE,
    ROUND,
    STRANGER,
    due_jobs,
    newest,
    nothing_kept,
    stage_of,
    team_of,
    work,
)

Proposed = Callable[..., House]


def conflict(house: House, reviewer: int, organisation: int = 1) -> None:
    declare_conflict(
        house.database, principal=OFFICE, reviewer_id=reviewer, organisation_id=organisation, reason="Kin.", at=AT
    )


def test_the_engine_proposes_seats_nobody_and_says_it_in_the_ledger_once(house: House) -> None:
    to_proposal(house)
    assert (stage_of(house), team_of(house), asked(house)) == (Stage.ASSIGNMENT, {}, {})
    assert {role: how for role, (_, how) in proposed(house).items()} == {"lead": "proposed", "lay": "proposed"}
    kept = newest(house, number=2)[0]
    assert kept[:3] == ("engine:engine", "review:propose", "round:1")
    assert kept[3]["teams"] == {
        "1": [{"reviewer": proposed(house)[role][0], "role": role, "how": "proposed"} for role in ("lay", "lead")]
    }
    assert (kept[3]["number"], kept[3]["empty"], kept[3]["given_up"]) == (1, [], [])


def test_proposing_again_keeps_nothing_where_nothing_changed(house: House) -> None:
    from accreditation.actions.assign import assign

    to_proposal(house)
    with nothing_kept(house):
        assert assign(house.database, principal=OFFICE, round_id=ROUND, at=AT) == ()


def test_confirmed_and_agreed_to_by_all_the_review_begins(house: House) -> None:
    to_proposal(house)
    assert confirm_all(house) == (CYCLE,)
    assert asked(house) == {role: who for role, (who, _) in proposed(house).items()}
    with nothing_kept(house):
        assert confirm_all(house) == ()
    all_agree(house)
    assert stage_of(house) is Stage.ASSIGNMENT
    work(house)
    assert (stage_of(house), asked(house)) == (Stage.REVIEW, {})
    with nothing_kept(house):  # somebody else of the office, who comes late to the same teams
        assert confirm_all(house, cycles=[CYCLE]) == ()
    assert team_of(house) == {role: who for role, (who, _) in proposed(house).items()}
    assert [job.kind for job in due_jobs(house)] == []


@pytest.mark.parametrize(
    ("asks", "who"),
    [
        ("", ()),
        ("service_answers: {within: {weeks: 1}, silence: waits}", ("service",)),
        ("reviewer_answers: {within: {days: 3}}", ("reviewer",)),
    ],
    ids=["nobody is asked", "the service is asked", "reviewers are asked"],
)
def test_only_whom_the_scheme_asks_is_waited_for(house: House, asks: str, who: tuple[str, ...]) -> None:
    to_proposal(house, edition=confirmed_by_office(asks))
    confirm_all(house)
    work(house)
    assert stage_of(house) is (Stage.ASSIGNMENT if who else Stage.REVIEW)
    for role in asked(house):
        if "service" in who:
            service_says(house, role)
        else:
            says(house, role)
    work(house)
    assert stage_of(house) is Stage.REVIEW


def test_a_proposal_that_is_not_the_newest_any_more_is_not_confirmed(house: House) -> None:
    to_proposal(house)
    other = {1: 2, 2: 1}[proposed(house)["lead"][0]]
    change(house, Lock(cycle=CYCLE, reviewer=other, role="lead"))
    with nothing_kept(house), pytest.raises(Stale) as stale:
        confirm(house.database, principal=OFFICE, round_id=ROUND, number=1, at=AT)
    assert (str(stale.value), stale.value.current_version) == (
        "Proposal 1 is not the newest any more: look at proposal 2 and decide on that.", 2,
    )  # fmt: skip


def test_an_empty_seat_is_not_confirmed_and_the_refusal_says_what_blocks_and_what_to_do(house: House) -> None:
    to_proposal(house, both=True)
    for lay in LAYS:
        conflict(house, lay, organisation=2)
    work(house)
    assert set(proposed(house, 2)) == {"lead"}
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        confirm_all(house)
    (fault,) = refused.value.faults
    assert (fault.where, fault.allowed) == (
        "South, lay", "fill it first, or confirm the other teams alone by naming their cycles",
    )  # fmt: skip
    assert fault.found.startswith("1 place is empty: ")
    assert confirm_all(house, cycles=[CYCLE]) == (CYCLE,)


def test_nothing_is_half_confirmed_where_a_rule_is_broken_since(house: House) -> None:
    to_proposal(house, both=True)
    lay = proposed(house, 2)["lay"][0]
    conflict(house, lay, organisation=2)
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        confirm_all(house)
    assert [(fault.where, fault.found) for fault in refused.value.faults] == [
        ("proposal", f"Lay {lay} has a declared conflict of interest with South")
    ]
    work(house)
    assert proposed(house, 2)["lay"][0] != lay
    assert confirm_all(house) == (CYCLE, 2)


def test_whoever_is_given_a_role_in_the_service_after_the_proposal_is_found_and_cannot_be_asked_for_by_hand(
    house: House,
) -> None:
    to_proposal(house)
    lay = proposed(house)["lay"][0]
    person = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email="clerk@example.org",
        grants=[Grant(role=Role.TEAM_LEAD, organisation=1), Grant(role=Role.REVIEWER, reviewer=lay)], at=AT,
    ).person  # fmt: skip
    why = f"Lay {lay} has or had a role in North or its organisation"
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        confirm_all(house)
    assert [(fault.where, fault.found) for fault in refused.value.faults] == [("proposal", why)]
    work(house)
    other = proposed(house)["lay"][0]
    assert (other != lay, confirm_all(house)) == (True, (CYCLE,))
    for wanted in (Lock(cycle=CYCLE, reviewer=lay, role="lay"), Swap(cycle=CYCLE, out=other, into=lay)):
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            change(house, wanted)
        assert why in [fault.found for fault in refused.value.faults]
    out, clerk = KeepOut(cycle=CYCLE, reviewer=other), Principal(name=f"A clerk (person {person})", role=Role.OFFICE)
    with nothing_kept(house):
        with pytest.raises(NotPermitted, match="so you cannot choose who reviews it: somebody else"):
            arrange(house.database, principal=clerk, round_id=ROUND, number=number(house), change=out, at=AT)
        with pytest.raises(NotPermitted, match="so you cannot take its reviewers off: somebody else"):
            take_off(house.database, principal=clerk, cycle_id=CYCLE, reviewer_id=other, reason="Kin.", at=AT)
    said = explain_seat(house.database, principal=OFFICE, round_id=ROUND, cycle_id=CYCLE, reviewer_id=lay)
    assert "has or had a role in this team or its organisation" in " ".join(said)


def test_a_cycle_that_is_not_in_the_proposal_and_a_round_without_one_are_said(house: House) -> None:
    to_proposal(house)
    with nothing_kept(house):
        with pytest.raises(Invalid, match=r"cycle 7: it is not in this proposal.*; the cycles that wait are 1"):
            confirm_all(house, cycles=[7, CYCLE])
        with pytest.raises(NotFound, match=r"There is no round 9\."):
            confirm(house.database, principal=OFFICE, round_id=9, number=1, at=AT)


def test_where_nobody_is_there_nothing_can_be_confirmed(house: House) -> None:
    to_proposal(
        house, edition=confirmed_by_office(**{"role: lay,": "role: nurse,", "settled_by: lead": "settled_by: lead"})
    )
    assert set(proposed(house)) == {"lead"}
    with nothing_kept(house), pytest.raises(Invalid, match="no reviewer holds the role nurse"):
        confirm_all(house)


def test_a_team_confirmed_in_one_round_stays_while_another_joins(house: House) -> None:
    from tests.proposing import south_waits

    to_proposal(house)
    confirm_all(house)
    before, invited = proposed(house), invitation(house, "lead")
    south_waits(house)
    work(house)
    assert {role: who for role, (who, _) in proposed(house).items()} == {role: who for role, (who, _) in before.items()}
    assert {how for _, how in proposed(house).values()} == {"kept"}
    assert confirm_all(house) == (2,), "only South is new"
    assert invitation(house, "lead") == invited, "whoever stays is not asked again"
    all_agree(house)
    all_agree(house, cycle=2, by=STRANGER)
    work(house, Kind.ANSWERS)
    assert (stage_of(house), stage_of(house, 2)) == (Stage.REVIEW, Stage.REVIEW)
    assert number(house) == 2


def told(house: House, inbox: str) -> list[tuple[str, str]]:
    """Everything that stands in this inbox."""
    with house.database.reading() as session:
        return [(one.kind, one.words) for one in notices.of_inbox(session, inbox, after=0, limit=100)]


def test_whoever_has_something_to_do_is_told_once_and_nobody_is_told_why(house: House) -> None:
    to_proposal(house)
    assert told(house, notices.OFFICE) == [("proposal_made", "Proposal 1 of the round 'spring' waits to be looked at.")]
    confirm_all(house)
    lead, lay = asked(house)["lead"], asked(house)["lay"]
    asked_words = ("visit_asked", "You are asked to review North, North Trust. Answer until 8 April 2026, 09:00 UTC.")
    assert told(house, f"reviewer:{lead}") == [asked_words]
    assert told(house, "team_lead:1") == [
        (
            "reviewers_named",
            "Reviewers are named to your service: say whether it has a conflict with any. "
            "Answer until 8 April 2026, 09:00 UTC.",
        )
    ]
    service_says(house, "lay", conflict=True, reason="They ran our unit.")
    assert told(house, f"reviewer:{lay}")[1:] == [
        ("visit_not_asked", "You are not asked to review North, North Trust any more.")
    ]
    says(house, "lead", Said.DECLINES, reason="Too far away.")
    work(house)
    assert told(house, notices.OFFICE)[1:] == [
        (
            "proposal_made",
            "Proposal 2 of the round 'spring' waits to be looked at. Since proposal 1: "
            + "; ".join(
                words
                for _, words in sorted(
                    [
                        (lead, f"Lead {lead} declined North"),
                        (lay, f"the service of North has a conflict with Lay {lay}"),
                    ]
                )
            )
            + ".",
        )
    ]
    confirm_all(house)
    all_agree(house)
    work(house)
    assert told(house, f"reviewer:{3 - lead}") == [
        asked_words,
        ("review_begins", "The review of North, North Trust begins."),
    ]
    inboxes = [notices.OFFICE, *(f"reviewer:{number}" for number in (1, 2, 3, 4))]
    for reason in ("They ran our unit.", "Too far away."):
        assert reason not in str([told(house, inbox) for inbox in inboxes])
