import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.state_profile import state_profile
from accreditation.errors import NotFound
from accreditation.records import cycles
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, OFFICE, ROUND, SOUTH, begin, walk
from tests.wide import PROFILE, start


def test_a_cycle_stands_in_the_stage_it_entered_last_with_the_profile_stated_last(any_house: House) -> None:
    begin(any_house)
    state_profile(any_house.database, principal=LEAD, cycle_id=CYCLE, profile={"hasu": True}, at=AT)
    with any_house.database.reading() as session:
        now = cycles.now(session, CYCLE)
    assert (now.id, now.stage, now.profile) == (CYCLE, Stage.SELF_ASSESSMENT, {"hasu": True})
    assert (now.team.name, now.organisation.name, now.change.number) == ("North", "North Trust", 1)


def test_every_stage_that_a_cycle_entered_stays_in_its_history(house: House) -> None:
    walk(house, Stage.REVIEW)
    with house.database.reading() as session:
        told = [(row.number, row.from_stage, row.to_stage, row.move, row.by) for row in cycles.history(session, CYCLE)]
    assert told == [
        (1, None, "self_assessment", "enrol", "the office"),
        (2, "self_assessment", "evidence", "submit", "lead of north"),
        (3, "evidence", "assignment", "submit", "lead of north"),
        (4, "assignment", "review", "assign", "engine"),
    ]


def test_cycles_are_found_by_all_that_is_asked(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={}, at=AT)
    with house.database.reading() as session:
        asked = [
            cycles.several(session),
            cycles.several(session, after=1),
            cycles.several(session, limit=1),
            cycles.several(session, team_id=SOUTH),
            cycles.several(session, round_id=99),
            cycles.several(session, stages=[Stage.EVIDENCE]),
            cycles.several(session, ids=[2, 99]),
            cycles.several(session, ids=[]),
        ]
        assert [[now.id for now in found] for found in asked] == [[1, 2], [2], [1], [2], [], [1], [2], []]
        assert cycles.stage_counts(session, ROUND) == {Stage.EVIDENCE: 1, Stage.SELF_ASSESSMENT: 1}


def test_what_does_not_exist_is_not_found(house: House) -> None:
    with house.database.reading() as session:
        with pytest.raises(NotFound, match="There is no such cycle, or it is not one of yours"):
            cycles.now(session, 1)
        with pytest.raises(NotFound, match="There is no round 1"):
            cycles.get_round(session, 1)
        assert cycles.rounds(session) == []


def test_a_profile_of_every_kind_is_kept(any_house: House) -> None:
    start(any_house)
    with any_house.database.reading() as session:
        assert cycles.now(session, CYCLE).profile == PROFILE
