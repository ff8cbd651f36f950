"""What follows a decision: every stage and every role, for each of its actions. Only one stage and role may."""

from collections.abc import Callable, Mapping
from itertools import product

import pytest

from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.appeal import appeal
from accreditation.actions.meet_condition import meet_condition
from accreditation.errors import AccreditationError, MoveNotAllowed, NotFound, NotPermitted
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import TABLE
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, holders
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.actions.doing import Do
from tests.actions.test_who_may_act import somebody
from tests.following import to_published
from tests.walking import AT, CYCLE, STRANGER, everything, nothing_kept, reviewer


def record(house: House, by: Principal) -> object:
    """Record the first condition as met, by whoever tries."""
    return meet_condition(house.database, principal=by, cycle_id=CYCLE, condition_id=1, reason="Seen.", at=AT)


DO: Mapping[Move, tuple[Permission, Do]] = {
    Move.MEET_CONDITION: (Permission.CONDITION_MEET, record),
    Move.APPEAL: (
        Permission.APPEAL_LODGE,
        lambda house, by: appeal(house.database, principal=by, cycle_id=CYCLE, reason="A strike.", at=AT),
    ),
    Move.ANSWER_APPEAL: (
        Permission.APPEAL_ANSWER,
        lambda house, by: answer_appeal(
            house.database, principal=by, cycle_id=CYCLE, outcome=None, reason="Heard.", at=AT
        ),
    ),
}
BEFORE = [stage for stage in Stage if stage is not Stage.PUBLISHED]


def refusal(house: House, do: Callable[[House, Principal], object], who: Principal) -> type[AccreditationError]:
    with nothing_kept(house), pytest.raises(AccreditationError) as refused:
        do(house, who)
    return type(refused.value)


@pytest.mark.parametrize("stage", BEFORE)
def test_before_the_publication_and_after_a_withdrawal_nobody_can(for_all_at: AtStage, stage: Stage) -> None:
    house = for_all_at(stage)
    sits = stage not in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.ASSIGNMENT, Stage.WITHDRAWN)
    for (permission, do), role in product(DO.values(), Role):
        knows = role is not Role.PUBLIC and (role is not Role.REVIEWER or sits)
        expected = NotFound if not knows else MoveNotAllowed if role in holders(permission) else NotPermitted
        assert refusal(house, do, somebody(house, role)) is expected, (permission, role)


def test_once_published_the_one_role_may_and_every_other_is_refused(house: House) -> None:
    to_published(house)
    for move in (Move.APPEAL, Move.ANSWER_APPEAL, Move.MEET_CONDITION):
        permission, do = DO[move]
        (may,) = holders(permission)
        assert [row.by for row in TABLE if row.move is move] == [frozenset({may})]
        for role in Role:
            if role is not may:
                expected = NotFound if role is Role.PUBLIC else NotPermitted
                assert refusal(house, do, somebody(house, role)) is expected, (move, role)
        before = everything(house)["head"]
        do(house, somebody(house, may))
        assert everything(house)["head"] != before
        with nothing_kept(house):
            do(house, somebody(house, may))


@pytest.mark.parametrize("stranger", [STRANGER, reviewer(99)], ids=["another team", "another reviewer"])
def test_the_cycle_of_others_does_not_exist(house: House, stranger: Principal) -> None:
    to_published(house)
    assert {refusal(house, do, stranger) for _, do in DO.values()} == {NotFound}
