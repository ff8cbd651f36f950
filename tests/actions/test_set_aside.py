"""The office sets a rule aside for one seat, with a reason: what it may, what is said of it, and that it lasts."""

import pytest

from accreditation.actions.arrange import preview
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.errors import Invalid
from accreditation.ledger.entries import entries
from accreditation.records import proposals
from accreditation.records.invitations import Said
from accreditation.rules.cycle import Stage
from accreditation.rules.wishes import Change, Lock, Release
from accreditation.views.proposals import round_proposal
from accreditation.views.teams_of_review import seats_of
from accreditation.wiring import House
from tests.proposing import (
    ASKS,
    all_agree,
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
from tests.walking import AT, COMMITTEE, CYCLE, LEAD, OFFICE, ROUND, nothing_kept, reviewer, stage_of, team_of, work

WHY = "Nobody else is left; both sides were asked."
REGION = "region set aside by the office: Nobody else is left; both sides were asked."


def by_region(house: House) -> None:
    """Only a lead or a lay reviewer of the region may come, and nobody's region is known: nobody is found."""
    to_proposal(house, edition=confirmed_by_office(f"region: same, {ASKS}"))
    assert proposed(house) == {}


def lock(who: int, role: str, *, reason: str = WHY, whatever: tuple[str, ...] = ("region",)) -> Lock:
    return Lock(cycle=CYCLE, reviewer=who, role=role, whatever=whatever, reason=reason)


def both(house: House) -> None:
    """North's lead and lay reviewer are locked whatever their region."""
    by_region(house)
    change(house, lock(1, "lead"))
    change(house, lock(3, "lay"))


def set_aside(house: House) -> dict[int, str]:
    """Reviewer -> what the office's view of the proposal says was set aside for them."""
    shown = round_proposal(house.database, principal=OFFICE, round_id=ROUND)
    return {seat.reviewer: seat.set_aside for team in shown.teams for seat in team.seats}


def test_the_way_out_that_is_offered_is_taken_as_it_is_said(house: House) -> None:
    by_region(house)
    shown = round_proposal(house.database, principal=OFFICE, round_id=ROUND)
    assert shown.ways_out[0] == (
        "the least that would help: "
        "let Lead 1 visit North whatever their region (lock them there with whatever: region)"
        "; let Lay 4 visit North whatever their region (lock them there with whatever: region)"
        " (tried: then every seat is filled)"
    )
    with nothing_kept(house):
        effect = preview(house.database, principal=OFFICE, round_id=ROUND, number=number(house), change=lock(1, "lead"))
    (coming,) = effect.coming
    assert (coming.reviewer, coming.how, coming.why) == (
        1, "locked",
        "holds the role lead, no conflict with North, seated whatever their region, 1 of 2 visits this round",
    )  # fmt: skip
    assert (len(effect.empty_before), len(effect.empty_after)) == (2, 1)
    kept = change(house, lock(1, "lead"))
    assert (kept.effect, kept.number) == (effect, 2)
    with nothing_kept(house):
        assert change(house, lock(1, "lead")).number == 2, "the same again changes nothing"
    change(house, lock(4, "lay"))
    assert proposed(house) == {"lead": (1, "locked"), "lay": (4, "locked")}
    assert set_aside(house) == {1: REGION, 4: REGION}


def test_the_ledger_has_what_was_set_aside_for_whom_and_why(house: House) -> None:
    by_region(house)
    change(house, lock(1, "lead", reason=f"  {WHY} "))
    with house.database.reading() as session:
        last = entries(session)[-1]
    assert (last.action, last.detail["set_aside"]) == (
        "review:lock", [{"cycle": CYCLE, "reviewer": 1, "rules": ["region"], "reason": WHY}],
    )  # fmt: skip


REFUSED: dict[str, tuple[Change, list[str]]] = {
    "no reason": (
        lock(1, "lead", reason=" \n"),
        ["a rule is to be set aside and no reason is given; say why, for the college's record"],
    ),
    "no such rule": (
        lock(1, "lead", whatever=("region", "own_organisation")),
        [
            "own_organisation is never set aside; what may be is same_network, repeat, region, travel, and no conflict "
            "of interest"
        ],
    ),
    "a rule that does not bar them": (
        lock(1, "lead", whatever=("region", "travel")),
        ["the rule travel does not keep Lead 1 from North, so there is nothing to set aside"],
    ),
    "no rule named": (
        lock(1, "lead", whatever=()),
        [
            "a reason is given and no rule named that is set aside for it; name the rule, or leave the reason out",
            "Lead 1 is not from the same region, as far as is known, and sits in North",
        ],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_set_aside_is_refused_with_everything_that_is_wrong(house: House, case: str) -> None:
    by_region(house)
    wanted, said = REFUSED[case]
    with nothing_kept(house):
        shown = preview(house.database, principal=OFFICE, round_id=ROUND, number=number(house), change=wanted)
        assert list(shown.hindrances) == said
        with pytest.raises(Invalid) as refused:
            change(house, wanted)
    assert [fault.found for fault in refused.value.faults] == said


def test_a_conflict_of_interest_stands_whatever_else_is_set_aside(house: House) -> None:
    by_region(house)
    employed = register_reviewer(
        house.database, principal=OFFICE, name="Another", roles=["lead"], organisation_id=1, capacity=1, at=AT
    )
    declare_conflict(house.database, principal=OFFICE, reviewer_id=2, organisation_id=1, reason="Kin.", at=AT)
    work(house)
    for who, said in (
        (employed, "Another is employed by the organisation of North"),
        (2, "Lead 2 has a declared conflict of interest with North"),
    ):
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            change(house, lock(who, "lead"))
        assert [fault.found for fault in refused.value.faults] == [said]


def test_it_lasts_through_confirmation_answers_and_another_who_declines(house: House) -> None:
    both(house)
    work(house)
    assert set_aside(house) == {1: REGION, 3: REGION}, "when the engine looks again"
    assert confirm_all(house) == (CYCLE,)
    with nothing_kept(house):
        assert confirm_all(house) == ()
    says(house, "lead")
    service_says(house, "lead")
    says(house, "lay", Said.DECLINES)
    work(house)
    assert proposed(house) == {"lead": (1, "locked")}, "the lead stays when the other declines"
    assert set_aside(house) == {1: REGION}
    change(house, lock(4, "lay"))
    assert confirm_all(house) == (CYCLE,)
    assert asked(house) == {"lead": 1, "lay": 4}
    says(house, "lay")
    service_says(house, "lay")
    work(house)
    assert stage_of(house) is Stage.REVIEW
    team = [seats_of(house.database, principal=who, cycle_id=CYCLE).seats for who in (OFFICE, COMMITTEE, reviewer(1))]
    assert [[(one.reviewer, one.set_aside) for one in seats] for seats in team] == [
        [(4, REGION), (1, REGION)], [(4, REGION), (1, REGION)], [(4, ""), (1, "")],
    ]  # fmt: skip
    assert all("whatever their region" in one.why for one in team[2])


def test_the_service_may_still_have_a_conflict_and_the_reviewer_too(house: House) -> None:
    both(house)
    confirm_all(house)
    service_says(house, "lead", conflict=True, reason="A friend.")
    says(house, "lay", Said.CONFLICT, reason="Kin.")
    work(house)
    assert proposed(house) == {}
    for who, role, said in (
        (1, "lead", "the service of North has a conflict of interest with Lead 1"),
        (3, "lay", "Lay 3 has a declared conflict of interest with North"),
    ):
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            change(house, lock(who, role))
        assert [fault.found for fault in refused.value.faults] == [said]


def test_one_of_the_same_network_stays_when_facts_change_and_leaves_for_another_conflict(house: House) -> None:
    """What is looked for while a review is arranged is not what the office has decided already."""

    def networks(name: str) -> None:
        rows = [
            TeamToImport(organisation=f"{where} Trust", team=where, service_line="small", network=name)
            for where in ("North", "Far")
        ]
        import_teams(house.database, principal=OFFICE, rows=rows, at=AT)

    to_proposal(house, edition=confirmed_by_office(f"same_network: barred, {ASKS}"))
    networks("Wales")
    work(house)
    assert [*proposed(house)] == ["lay"], "both leads are of North's network"
    change(house, lock(1, "lead", whatever=("same_network",)))
    assert set_aside(house)[1] == f"same network set aside by the office: {WHY}"
    confirm_all(house)
    networks("Cymru")
    work(house)
    assert (proposed(house)["lead"], asked(house)["lead"]) == ((1, "locked"), 1)
    all_agree(house)
    work(house)
    networks("Wales")
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, 1)
    declare_conflict(house.database, principal=OFFICE, reviewer_id=1, organisation_id=1, reason="Kin.", at=AT)
    assert (stage_of(house), [*team_of(house)]) == (Stage.ASSIGNMENT, ["lay"])


def test_taken_back_the_rule_holds_again(house: House) -> None:
    both(house)
    change(house, Release(cycle=CYCLE, reviewer=1))
    assert (proposed(house), set_aside(house)) == ({"lay": (3, "locked")}, {3: REGION})
    with nothing_kept(house), pytest.raises(Invalid, match="is not from the same region"):
        change(house, Lock(cycle=CYCLE, reviewer=3, role="lay"))


def test_neither_the_service_nor_a_reviewer_reads_why(house: House) -> None:
    both(house)
    confirm_all(house)
    all_agree(house)
    work(house)
    for who in (LEAD, reviewer(1), reviewer(3)):
        assert WHY not in seats_of(house.database, principal=who, cycle_id=CYCLE).model_dump_json()


def test_a_proposal_of_before_has_nothing_set_aside(house: House) -> None:
    """What was kept before rules could be set aside reads as it did."""
    told = '{"seats": [{"cycle": 1, "role": "lead", "reviewer": 2, "how": "locked"}], "out": [[1, 1]]}'
    row = proposals.Proposal(round_id=1, number=1, question="", wishes=told, told="{}", by="the office", at=AT)
    wishes = proposals.wishes_of(row)
    assert [(one.reviewer, one.whatever, one.reason) for one in wishes.seats] == [(2, (), "")]
    assert (wishes.waived, dict(wishes.set_aside)) == ((), {})
