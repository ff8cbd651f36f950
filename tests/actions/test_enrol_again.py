"""A team whose cycle was withdrawn: it stays so in its round, and the team may take part in another."""

import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.open_round import open_round
from accreditation.errors import Contradiction
from accreditation.rules.cycle import Stage
from tests.actions.conftest import AtStage
from tests.walking import AT, CYCLE, NORTH, OFFICE, ROUND, nothing_kept, scheme, stage_of


def test_a_withdrawn_team_is_not_enrolled_in_the_same_round(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.WITHDRAWN)
    with nothing_kept(house), pytest.raises(Contradiction) as refused:
        enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=ROUND, profile={"hasu": False}, at=AT)
    assert str(refused.value) == (
        "The cycle of the team 'North' (North Trust) in the round 'spring' was withdrawn; enrol it in another round."
    )


def test_a_withdrawn_team_may_take_part_in_another_round(at_stage: AtStage) -> None:
    house = at_stage(Stage.WITHDRAWN)
    autumn = open_round(house.database, principal=OFFICE, digest=scheme().digest, name="autumn", at=AT)
    cycle = enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=autumn, profile={}, at=AT)
    assert (stage_of(house, CYCLE), stage_of(house, cycle)) == (Stage.WITHDRAWN, Stage.SELF_ASSESSMENT)


@pytest.mark.parametrize("stage", [Stage.EVIDENCE, Stage.PUBLISHED])
def test_a_cycle_that_goes_on_or_came_to_its_end_is_the_same_enrolment(for_all_at: AtStage, stage: Stage) -> None:
    house = for_all_at(stage)
    with nothing_kept(house):
        assert enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=ROUND, profile={}, at=AT) == CYCLE
