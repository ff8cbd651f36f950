import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.state_profile import state_profile
from accreditation.actions.submit import submit
from accreditation.errors import Invalid, NotFound
from accreditation.records import cycles
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.scheme.facts import FactValue
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import AT, CYCLE, LEAD, NORTH, OFFICE, ROUND, SOUTH, due_jobs, newest, nothing_kept, scheme


def enrolled(house: House, team: int = SOUTH, round_id: int = ROUND, **profile: bool) -> int:
    return enrol(house.database, principal=OFFICE, team_id=team, round_id=round_id, profile=profile, at=AT)


def test_a_cycle_begins_on_the_rounds_edition(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    cycle = enrolled(house, hasu=True)
    detail = {"team": SOUTH, "round": ROUND, "edition": scheme().digest, "profile": {"hasu": True}}
    assert newest(house) == [("office:the office", "cycle:enrol", f"cycle:{cycle}", detail)]
    assert [(job.kind, job.subject) for job in due_jobs(house)][-1] == (Kind.SELF_ASSESSMENT, cycle)
    with house.database.reading() as session:
        now = cycles.now(session, cycle)
    assert (now.stage, now.profile, now.cycle.edition_digest) == (
        Stage.SELF_ASSESSMENT,
        {"hasu": True},
        scheme().digest,
    )


def test_a_team_is_enrolled_in_a_round_once(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house):
        assert enrolled(house, team=NORTH, hasu=True) == CYCLE


def test_a_team_a_round_or_a_fact_that_does_not_exist_is_refused(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house):
        with pytest.raises(NotFound, match=r"There is no team 99\."):
            enrolled(house, team=99)
        with pytest.raises(NotFound, match=r"There is no round 99\."):
            enrolled(house, round_id=99)
        with pytest.raises(Invalid, match=r"profile\.beds: there is no fact of the profile 'beds'; allowed here: hasu"):
            enrolled(house, beds=True)


def test_a_fact_may_be_left_open_until_submission(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    cycle = enrolled(house)
    lead = Principal(name="lead of south", role=Role.TEAM_LEAD, team=SOUTH)
    with pytest.raises(Invalid) as invalid:
        submit(house.database, principal=lead, cycle_id=cycle, stage=Stage.SELF_ASSESSMENT, at=AT)
    assert str(invalid.value.faults[0]) == ("profile.hasu: not stated; answer yes or no: Is it a hyperacute unit?")


def test_a_stated_profile_is_kept_and_the_same_again_changes_nothing(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)

    def state(**profile: bool) -> dict[str, FactValue]:
        return state_profile(house.database, principal=LEAD, cycle_id=CYCLE, profile=profile, at=AT)

    assert state(hasu=True) == {"hasu": True}
    assert newest(house) == [("team_lead:lead of north", "cycle:profile", "cycle:1", {"profile": {"hasu": True}})]
    with nothing_kept(house):
        assert state(hasu=True) == state() == {"hasu": True}
        with pytest.raises(Invalid, match=r"profile\.beds"):
            state(beds=True)


def test_an_actor_whose_name_cannot_stand_in_the_ledger_is_refused(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    somebody = Principal(name="the\noffice", role=Role.OFFICE)
    with nothing_kept(house), pytest.raises(Invalid, match="the name of who acts: a character that cannot be printed"):
        enrol(house.database, principal=somebody, team_id=SOUTH, round_id=ROUND, profile={}, at=AT)
