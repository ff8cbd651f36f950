"""The office locks and swaps by hand: what is shown beforehand is what is kept, and what cannot be is said."""

from collections.abc import Callable, Mapping

import pytest

from accreditation.actions.arrange import preview
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.errors import Invalid, NotFound, Stale
from accreditation.records.invitations import Said
from accreditation.rules.cycle import Stage
from accreditation.rules.proposing import Effect
from accreditation.rules.wishes import Change, KeepOut, Lock, Release, Swap
from accreditation.wiring import House
from tests.proposing import asked, change, confirm_all, endings, number, proposed, says, service_says, to_proposal
from tests.walking import AT, CYCLE, LEADS, OFFICE, ROUND, newest, nothing_kept, stage_of, work


def shown(house: House, wanted: Change) -> Effect:
    return preview(house.database, principal=OFFICE, round_id=ROUND, number=number(house), change=wanted)


def other_lead(house: House, cycle: int = CYCLE) -> int:
    """The lead who is not proposed for this cycle."""
    (other,) = {*LEADS} - {proposed(house, cycle)["lead"][0]}
    return other


def register(house: House, *, roles: list[str], organisation: int | None = None, capacity: int = 1) -> int:
    return register_reviewer(
        house.database, principal=OFFICE, name="Another", roles=roles, organisation_id=organisation,
        capacity=capacity, at=AT,
    )  # fmt: skip


def test_what_a_lock_would_change_is_shown_and_then_kept_as_shown(house: House) -> None:
    to_proposal(house)
    before, other = proposed(house)["lead"][0], other_lead(house)
    wanted = Lock(cycle=CYCLE, reviewer=other, role="lead")
    with nothing_kept(house):
        effect = shown(house, wanted)
    assert [(one.reviewer, one.role, one.how) for one in effect.coming] == [(other, "lead", "locked")]
    assert [(one.reviewer, one.role) for one in effect.leaving] == [(before, "lead")]
    assert (effect.hindrances, effect.given_up, effect.empty_after) == ((), (), ())
    kept = change(house, wanted)
    assert (kept.number, kept.effect) == (2, effect)
    assert proposed(house)["lead"] == (other, "locked")
    assert newest(house)[0][:3] == ("office:the office", "review:lock", "round:1")
    with nothing_kept(house):
        assert change(house, wanted).number == 2, "the same lock again changes nothing"


def test_a_swap_keeps_the_one_out_who_leaves_until_it_is_taken_back(house: House) -> None:
    to_proposal(house)
    first, other = proposed(house)["lead"][0], other_lead(house)
    change(house, Swap(cycle=CYCLE, out=first, into=other))
    assert proposed(house)["lead"] == (other, "swapped")
    change(house, Release(cycle=CYCLE, reviewer=other))
    assert proposed(house)["lead"] == (other, "proposed"), "the one who was swapped out stays out"
    change(house, Release(cycle=CYCLE, reviewer=first))
    assert proposed(house)["lead"] == (other, "proposed"), "of equals whoever is proposed already stays"
    assert number(house) == 4
    change(house, Lock(cycle=CYCLE, reviewer=first, role="lead"))
    change(house, Release(cycle=CYCLE, reviewer=first))
    assert proposed(house)["lead"] == (first, "proposed"), "and may come again, once they are not out any more"


def test_the_others_are_worked_out_around_a_lock(house: House) -> None:
    to_proposal(house, both=True)
    north, south = proposed(house)["lead"][0], proposed(house, 2)["lead"][0]
    assert {north, south} == {*LEADS}
    effect = change(house, Lock(cycle=CYCLE, reviewer=south, role="lead")).effect
    assert (proposed(house)["lead"], proposed(house, 2)["lead"]) == ((south, "locked"), (north, "proposed"))
    assert {(one.cycle, one.reviewer) for one in effect.coming} == {(1, south), (2, north)}


def test_a_lock_holds_when_the_round_changes_and_falls_when_it_breaks_a_rule(house: House) -> None:
    from accreditation.actions.declare_conflict import declare_conflict
    from tests.proposing import south_waits

    to_proposal(house)
    other = other_lead(house)
    change(house, Lock(cycle=CYCLE, reviewer=other, role="lead"))
    south_waits(house)
    work(house)
    assert proposed(house)["lead"] == (other, "locked")
    declare_conflict(house.database, principal=OFFICE, reviewer_id=other, organisation_id=1, reason="Kin.", at=AT)
    work(house)
    assert proposed(house)["lead"] == ({1: 2, 2: 1}[other], "proposed")


HINDERED: Mapping[str, tuple[Callable[[House], int], str]] = {
    "a conflict": (
        lambda house: register(house, roles=["lead"], organisation=1),
        "is employed by the organisation of North",
    ),
    "no visit left": (lambda house: register(house, roles=["lead"], capacity=0), "has 1 visit and capacity for 0"),
    "another role": (lambda house: register(house, roles=["lay"]), "does not hold the role lead in North"),
}


@pytest.mark.parametrize("case", HINDERED)
def test_who_may_not_sit_there_is_neither_locked_nor_swapped_in_and_why_is_said(house: House, case: str) -> None:
    to_proposal(house)
    make, said = HINDERED[case]
    somebody = make(house)
    work(house)
    wishes: list[Change] = [
        Lock(cycle=CYCLE, reviewer=somebody, role="lead"),
        Swap(cycle=CYCLE, out=proposed(house)["lead"][0], into=somebody),
    ]
    for wanted in wishes:
        with nothing_kept(house), pytest.raises(Invalid) as refused:
            change(house, wanted)
        assert [fault.found for fault in refused.value.faults] == [f"Another {said}"]
        assert shown(house, wanted) == Effect(hindrances=(f"Another {said}",))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Lock(cycle=2, reviewer=1, role="lead"), "cycle 2 does not wait for a review team in this round"),
        (Lock(cycle=CYCLE, reviewer=99, role="lead"), "there is no reviewer 99"),
        (
            Lock(cycle=CYCLE, reviewer=1, role="nurse"),
            "the review team has no role nurse; its roles are lead, lay",
        ),
        (Swap(cycle=CYCLE, out=99, into=1), "reviewer 99 is not proposed for cycle 1"),
        (KeepOut(cycle=CYCLE, reviewer=99), "there is no reviewer 99"),
        (Release(cycle=2, reviewer=1), "cycle 2 does not wait for a review team in this round"),
    ],
)
def test_a_change_to_what_is_not_there_is_refused(house: House, wanted: Change, said: str) -> None:
    to_proposal(house)
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        change(house, wanted)
    assert [fault.found for fault in refused.value.faults] == [said]


def test_whoever_is_kept_out_of_a_team_sits_elsewhere_until_that_is_taken_back(house: House) -> None:
    to_proposal(house)
    first, other = proposed(house)["lead"][0], other_lead(house)
    change(house, Lock(cycle=CYCLE, reviewer=first, role="lead"))
    change(house, KeepOut(cycle=CYCLE, reviewer=first))
    assert proposed(house)["lead"] == (other, "proposed"), "the newer wish holds"
    change(house, KeepOut(cycle=CYCLE, reviewer=other))
    assert "lead" not in proposed(house)
    change(house, Release(cycle=CYCLE, reviewer=first))
    assert proposed(house)["lead"] == (first, "proposed")


def test_two_into_one_seat_are_too_many(house: House) -> None:
    to_proposal(house)
    change(house, Lock(cycle=CYCLE, reviewer=1, role="lead"))
    with nothing_kept(house), pytest.raises(Invalid, match="North has 2 in the seat lead and room for 1"):
        change(house, Lock(cycle=CYCLE, reviewer=2, role="lead"))


def test_a_change_to_an_older_proposal_is_stale_and_to_none_is_not_found(house: House) -> None:
    to_proposal(house)
    wanted = Lock(cycle=CYCLE, reviewer=other_lead(house), role="lead")
    change(house, wanted)
    with nothing_kept(house):
        with pytest.raises(Stale, match="Proposal 1 is not the newest any more"):
            preview(house.database, principal=OFFICE, round_id=ROUND, number=1, change=wanted)
        with pytest.raises(NotFound, match=r"There is no round 9\."):
            preview(house.database, principal=OFFICE, round_id=9, number=1, change=wanted)


def test_swapping_somebody_who_is_confirmed_asks_the_new_one_and_not_the_old_one_any_more(house: House) -> None:
    to_proposal(house)
    confirm_all(house)
    first, other, lay = asked(house)["lead"], other_lead(house), asked(house)["lay"]
    says(house, "lay")
    effect = change(house, Swap(cycle=CYCLE, out=first, into=other)).effect
    assert [(one.cycle, one.reviewer) for one in effect.given_up] == [(CYCLE, first)]
    assert asked(house)["lead"] == first, "nothing happens before it is confirmed"
    assert confirm_all(house) == (CYCLE,)
    assert (asked(house), endings(house)) == ({"lead": other, "lay": lay}, {first: "changed"})
    says(house, "lead")
    for role in ("lead", "lay"):
        service_says(house, role)
    work(house)
    assert stage_of(house) is Stage.REVIEW, "what the lay reviewer accepted before still holds"


def test_who_declined_is_locked_by_the_office_who_has_talked_to_them_but_not_who_has_a_conflict(house: House) -> None:
    to_proposal(house)
    confirm_all(house)
    first = asked(house)["lead"]
    says(house, "lead", Said.DECLINES)
    work(house)
    other = {1: 2, 2: 1}[first]
    assert proposed(house)["lead"] == (other, "proposed")
    change(house, Swap(cycle=CYCLE, out=other, into=first))
    assert proposed(house)["lead"] == (first, "swapped")
    confirm_all(house)
    service_says(house, "lead", conflict=True, reason="A friend.")
    work(house)
    assert proposed(house) == {"lay": proposed(house)["lay"]}, "one is kept out by the swap, the other by the conflict"
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        change(house, Lock(cycle=CYCLE, reviewer=first, role="lead"))
    assert [fault.found for fault in refused.value.faults] == [
        f"the service of North has a conflict of interest with Lead {first}"
    ], "once, and not twice"
