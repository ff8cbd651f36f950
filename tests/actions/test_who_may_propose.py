"""What is done about a proposed review team, by every role: one literal table, beside what the permissions say."""

from collections.abc import Callable, Mapping

import pytest

from accreditation.actions.answer_seat import answer_for_service, answer_invitation
from accreditation.actions.arrange import arrange, preview
from accreditation.actions.assign import assign
from accreditation.actions.confirm import confirm
from accreditation.actions.take_off import step_down, take_off
from accreditation.errors import MoveNotAllowed, NotFound, NotPermitted
from accreditation.records.invitations import Said
from accreditation.rules.cycle import Stage
from accreditation.rules.people import ENGINE, PUBLIC, Principal, Role
from accreditation.rules.wishes import Lock
from accreditation.wiring import House
from tests.proposing import all_agree, asked, confirm_all, invitation, number, proposed, south_waits, to_proposal
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    ROUND,
    STRANGER,
    everything,
    nothing_kept,
    reviewer,
    stage_of,
    team_of,
    work,
)

Do = Callable[[House, Principal], object]


def _lock(house: House) -> Lock:
    return Lock(cycle=CYCLE, reviewer={1: 2, 2: 1}[proposed(house)["lead"][0]], role="lead")


DO: Mapping[str, Do] = {
    "propose": lambda house, by: assign(house.database, principal=by, round_id=ROUND, at=AT),
    "preview": lambda house, by: preview(
        house.database, principal=by, round_id=ROUND, number=number(house), change=_lock(house)
    ),
    "arrange": lambda house, by: arrange(
        house.database, principal=by, round_id=ROUND, number=number(house), change=_lock(house), at=AT
    ),
    "confirm": lambda house, by: confirm(
        house.database, principal=by, round_id=ROUND, number=number(house), at=AT
    ),
    "answer for the service": lambda house, by: answer_for_service(
        house.database, principal=by, cycle_id=CYCLE, reviewer_id=asked(house).get("lay", 1), conflict=False, reason="",
        at=AT,
    ),
    "answer an invitation": lambda house, by: answer_invitation(
        house.database, principal=by, invitation_id=invitation(house, "lead"), said=Said.ACCEPTS, reason="", at=AT
    ),
    "take off": lambda house, by: take_off(
        house.database, principal=by, cycle_id=CYCLE, reviewer_id=team_of(house).get("lay", 1), reason="Ill.", at=AT
    ),
    "step down": lambda house, by: step_down(house.database, principal=by, cycle_id=CYCLE, reason="Ill.", at=AT),
}  # fmt: skip


def _joined(house: House) -> None:
    to_proposal(house)
    south_waits(house)


def _asked(house: House) -> None:
    to_proposal(house)
    confirm_all(house)


def _in_review(house: House) -> None:
    _asked(house)
    all_agree(house)
    work(house)


# action: prepared by; P public, M member, L lead, S another team's lead, R reviewer, O office, C committee, E engine:
# + done, - not permitted, 0 not found, ! no move of theirs
TABLE: Mapping[str, tuple[Callable[[House], None], str]] = {
    "propose": (_joined, "P- M- L- S- R- O+ C- E+"),
    "arrange": (to_proposal, "P- M- L- S- R- O+ C- E!"),
    "confirm": (to_proposal, "P- M- L- S- R- O+ C- E!"),
    "answer for the service": (_asked, "P0 M- L+ S0 R0 O- C- E-"),
    "answer an invitation": (_asked, "P- M- L- S- R+ O- C- E-"),
    "take off": (_in_review, "P0 M- L- S0 R- O+ C- E!"),
    "step down": (_in_review, "P0 M- L- S0 R+ O- C- E-"),
}
REFUSALS = {"-": NotPermitted, "0": NotFound, "!": MoveNotAllowed}


def somebody(house: House, letter: str) -> Principal:
    """Who acts; the reviewer is the lead who is asked, or who sits in North's team."""
    lead = {**proposed(house), **{role: (who, "") for role, who in (asked(house) | team_of(house)).items()}}["lead"][0]
    return {
        "P": PUBLIC, "M": MEMBER, "L": LEAD, "S": STRANGER, "R": reviewer(lead), "O": OFFICE, "C": COMMITTEE,
        "E": ENGINE,
    }[letter]  # fmt: skip


@pytest.mark.parametrize("action", TABLE)
def test_an_action_is_done_for_whom_the_table_names_and_refused_to_others(house: House, action: str) -> None:
    prepare, answers = TABLE[action]
    prepare(house)
    told = [(one[0], one[1]) for one in answers.split()]
    assert [letter for letter, _ in told] == list("PMLSROCE")
    assert len(told) == len(Role) + 1
    for letter, refused in told:
        if refused == "+":
            continue
        with nothing_kept(house), pytest.raises(REFUSALS[refused]) as refusal:
            DO[action](house, somebody(house, letter))
        assert type(refusal.value) is REFUSALS[refused], (action, letter)
    for letter in [letter for letter, answer in told if answer == "+"][:1]:
        before = everything(house)["head"]
        DO[action](house, somebody(house, letter))
        assert everything(house)["head"] != before


@pytest.mark.parametrize("letter", list("PMLSRC"))
def test_nobody_but_the_office_and_the_engine_looks_at_what_a_change_would_do(house: House, letter: str) -> None:
    to_proposal(house)
    with nothing_kept(house):
        DO["preview"](house, OFFICE)
        with pytest.raises(NotPermitted):
            DO["preview"](house, somebody(house, letter))


def test_once_the_review_has_begun_nothing_more_is_answered(house: House) -> None:
    _asked(house)
    seat, who, lay = invitation(house, "lead"), reviewer(asked(house)["lead"]), asked(house)["lay"]
    all_agree(house)
    work(house)
    assert stage_of(house) is Stage.REVIEW
    with nothing_kept(house), pytest.raises(MoveNotAllowed):
        answer_invitation(house.database, principal=who, invitation_id=seat, said=Said.DECLINES, reason="", at=AT)
    with nothing_kept(house), pytest.raises(MoveNotAllowed):
        answer_for_service(
            house.database, principal=LEAD, cycle_id=CYCLE, reviewer_id=lay, conflict=True, reason="Kin.", at=AT
        )
