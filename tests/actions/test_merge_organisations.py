"""Two trusts become one: what was the one's is the other's, seats in conflict are given up, nothing is lost."""

import pytest

from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.merge_organisations import Merged, merge_organisations
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.errors import Contradiction, Invalid, NotFound
from accreditation.records import reviewer_facts, reviewers, teams
from accreditation.rules.cycle import Stage
from accreditation.rules.reviewer_facts import Preference, ReviewerFacts
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.proposing import south_waits
from tests.walking import AT, CYCLE, LAYS, LEADS, OFFICE, newest, nothing_kept, stage_of, team_of, work

NORTH_TRUST, SOUTH_TRUST, FAR_TRUST = 1, 2, 3
FAR = 3
"""The team of Far Trust, where both leads are employed."""


def merged(
    house: House, organisation: int = FAR_TRUST, into: int = NORTH_TRUST, reason: str = "They merged."
) -> Merged:
    return merge_organisations(
        house.database, principal=OFFICE, organisation_id=organisation, into_id=into, reason=reason, at=AT
    )


def test_teams_staff_conflicts_and_facts_follow(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    declare_conflict(
        house.database, principal=OFFICE, reviewer_id=LAYS[0], organisation_id=FAR_TRUST, reason="A friend.", at=AT
    )
    both = (Preference(organisation=2, how="prefers"), Preference(organisation=3, how="rather_not"))
    change = ReviewerChange(preferences=both)
    change_reviewer(house.database, principal=OFFICE, reviewer_id=LAYS[1], change=change, at=AT)
    done = Merged(new=True, teams=(FAR,), reviewers=LEADS, conflicts=(LAYS[0],))
    assert merged(house, into=SOUTH_TRUST) == done
    with house.database.reading() as session:
        assert teams.get(session, FAR)[1].id == SOUTH_TRUST
        assert [row.organisation_id for row in reviewers.pool(session)] == [SOUTH_TRUST, SOUTH_TRUST, None, None]
        declared = [(one.reviewer_id, one.organisation_id, one.reason) for one in reviewers.declared(session)]
        assert declared == [(LAYS[0], FAR_TRUST, "A friend."), (LAYS[0], SOUTH_TRUST, "A friend.")]
        stated = reviewer_facts.facts_of(session)[LAYS[1]]
    assert stated == ReviewerFacts(preferences=(Preference(organisation=2, how="rather_not"),)), "the wary word stands"
    entry = newest(house)[0]
    assert entry[:3] == ("office:the office", "organisation:merge", f"organisation:{FAR_TRUST}")
    assert entry[3]["into"] == SOUTH_TRUST
    with nothing_kept(house):
        assert merged(house, into=SOUTH_TRUST) == Merged(new=False)


def test_seats_that_come_into_conflict_are_given_up_named_and_filled_anew(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    assert merged(house).left == (CYCLE,)
    assert (stage_of(house), list(team_of(house))) == (Stage.ASSIGNMENT, ["lay"])
    work(house)
    assert stage_of(house) is Stage.ASSIGNMENT, "both leads work for the service now"


def test_a_review_that_was_handed_in_stands_and_is_named(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    assert (merged(house).stands, stage_of(house)) == ((CYCLE,), Stage.CONSENSUS)


def test_whoever_imports_the_old_name_means_the_new_organisation(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    merged(house)
    merged(house, organisation=NORTH_TRUST, into=SOUTH_TRUST)
    rows = [TeamToImport(organisation="Far Trust", team="Rehabilitation", service_line="small")]
    done = import_teams(house.database, principal=OFFICE, rows=rows, at=AT)
    with house.database.reading() as session:
        assert (teams.get(session, done.team_ids[0])[1].id, done.new_organisations) == (SOUTH_TRUST, 0)


def test_a_merger_that_cannot_be_is_refused(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    rows = [TeamToImport(organisation="South Trust", team="North", service_line="small")]
    import_teams(house.database, principal=OFFICE, rows=rows, at=AT)
    with nothing_kept(house):
        with pytest.raises(Contradiction, match=r"Both organisations have a team 'North' \(small\)"):
            merged(house, organisation=NORTH_TRUST, into=SOUTH_TRUST)
        with pytest.raises(Contradiction, match="cannot become part of itself"):
            merged(house, into=FAR_TRUST)
        with pytest.raises(NotFound, match=r"There is no organisation 99\."):
            merged(house, into=99)
        with pytest.raises(Invalid, match="say why"):
            merged(house, reason=" ")
    merged(house)
    with nothing_kept(house), pytest.raises(Contradiction, match="Organisation 3 is part of organisation 1 already"):
        merged(house, into=SOUTH_TRUST)


def test_seats_in_which_two_organisations_now_visit_each_other_are_named_and_nobody_leaves(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    lead = team_of(house)["lead"]
    south_waits(house)
    for number in LEADS:
        declare_conflict(
            house.database, principal=OFFICE, reviewer_id=number, organisation_id=SOUTH_TRUST, reason="A friend.", at=AT
        )
    register_reviewer(
        house.database, principal=OFFICE, name="Lead 9", roles=["lead"], organisation_id=NORTH_TRUST, capacity=1, at=AT
    )
    work(house)
    assert team_of(house, 2)["lead"] == 5
    done = merged(house, into=SOUTH_TRUST)
    assert (done.left, done.both_ways) == (
        (),
        (
            f"Lead 9 reviews South and Lead {lead} reviews North in the same round, and each is employed by the "
            "organisation that the other visits",
        ),
    )
