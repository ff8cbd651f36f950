"""What is registered of a reviewer changes; whoever so comes into conflict leaves the team; nothing happens twice."""

from datetime import date
from typing import Any

import pytest

from accreditation.actions.change_reviewer import Changed, ReviewerChange, change_reviewer
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.invite_person import invite_person
from accreditation.errors import Invalid, NotFound, NotPermitted
from accreditation.records import notices, reviewer_facts, reviewers
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.rules.reviewer_facts import NO_FACTS, ReviewerFacts, Worked
from accreditation.views.awards import recommendation
from accreditation.views.teams_of_review import seats_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.actions.doing import clerk_of_north
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    LEADS,
    NORTH,
    OFFICE,
    ROUND,
    due_jobs,
    newest,
    nothing_kept,
    stage_of,
    team_of,
    work,
)


def changed(house: House, number: int = LEADS[0], by: Principal = OFFICE, **given: Any) -> Changed:
    change = ReviewerChange.model_validate(given)
    return change_reviewer(house.database, principal=by, reviewer_id=number, change=change, at=AT)


def facts(house: House, number: int = LEADS[0]) -> ReviewerFacts:
    with house.database.reading() as session:
        return reviewer_facts.facts_of(session).get(number, NO_FACTS)


def test_what_is_given_changes_and_the_rest_stays(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    worked = [{"organisation": 1, "until": "2024-05-31"}]
    assert changed(house, specialties=["stroke", "stroke", "falls"], worked_at=worked).changed == (
        "specialties", "worked_at",
    )  # fmt: skip
    assert changed(house, capacity=5, visits_done=7) == Changed(changed=("capacity", "visits_done"))
    assert facts(house) == ReviewerFacts(
        specialties=("falls", "stroke"), visits_done=7, worked_at=(Worked(organisation=1, until=date(2024, 5, 31)),)
    )
    with house.database.reading() as session:
        row = reviewers.get(session, LEADS[0])
        assert (row.role_set, row.organisation_id, row.capacity) == (frozenset({"lead"}), 3, 5)
    entry = newest(house)[0]
    assert entry[:3] == ("office:the office", "reviewer:change", f"reviewer:{LEADS[0]}")
    assert entry[3]["changed"] == ["capacity", "visits_done"]
    assert "2024-05-31" not in str(entry), "what was is nobody's business but the office's: the ledger keeps a digest"


def test_the_same_change_again_changes_nothing(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    given: dict[str, Any] = {
        "capacity": 5,
        "unavailable": [{"first": "2026-05-01", "last": "2026-05-14"}],
        "organisation": None,
    }
    assert set(changed(house, **given).changed) == set(given)
    with nothing_kept(house):
        assert changed(house, **given) == Changed()
        assert changed(house) == Changed()


def test_whoever_is_now_employed_by_the_service_leaves_its_team_and_another_is_found(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    lead = team_of(house)["lead"]
    assert changed(house, lead, organisation=1) == Changed(changed=("organisation",), left=(CYCLE,))
    assert (stage_of(house), "lead" in team_of(house)) == (Stage.ASSIGNMENT, False)
    work(house)
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, sum(LEADS) - lead)


def test_an_office_of_the_service_itself_makes_no_reviewer_leave_it(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    clerk, lead = clerk_of_north(house), team_of(house)["lead"]
    with nothing_kept(house), pytest.raises(NotPermitted, match="somebody else of the college office has to"):
        changed(house, lead, by=clerk, organisation=1)
    called: Any = {"key": house.key(), "principal": clerk, "name": "A peer", "email": "peer@example.org", "at": AT}
    invite_person(house.database, grants=[Grant(role=Role.REVIEWER, reviewer=lead)], **called | {"principal": OFFICE})
    with nothing_kept(house), pytest.raises(NotPermitted, match="this would change who reviews it or decides about it"):
        invite_person(house.database, grants=[Grant(role=Role.TEAM_MEMBER, team=NORTH)], **called)


def test_a_review_that_was_handed_in_stands_and_is_named(at_stage: AtStage) -> None:
    house = at_stage(Stage.CONSENSUS)
    lead = team_of(house)["lead"]
    assert changed(house, lead, organisation=1) == Changed(changed=("organisation",), stands=(CYCLE,))
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.CONSENSUS, lead)


def test_a_round_that_waits_is_tried_again(at_stage: AtStage) -> None:
    house = at_stage(Stage.ASSIGNMENT)
    changed(house, LEADS[0], capacity=0)
    changed(house, LEADS[1], capacity=0)
    work(house)
    assert stage_of(house) is Stage.ASSIGNMENT
    changed(house, LEADS[1], capacity=1)
    assert [(job.kind, job.subject) for job in due_jobs(house)] == [(Kind.ASSIGNMENT, ROUND)]
    work(house)
    assert (stage_of(house), team_of(house)["lead"]) == (Stage.REVIEW, LEADS[1])


def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(at_stage: AtStage) -> None:
    house = at_stage(Stage.SELF_ASSESSMENT)
    with nothing_kept(house):
        with pytest.raises(Invalid, match="at least one role"):
            changed(house, roles=[])
        for given in ({"organisation": 99}, {"worked_at": [{"organisation": 99, "until": "2024-05-31"}]}):
            with pytest.raises(NotFound, match=r"There is no organisation 99\."):
                changed(house, **given)
        with pytest.raises(NotFound, match=r"There is no reviewer 99\."):
            changed(house, 99, capacity=1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"capacity": -1}, "greater than or equal to 0"),
        ({"visits_done": float("nan")}, "finite number"),
        ({"unavailable": [{"first": "2026-05-14", "last": "2026-05-01"}]}, "is before the first"),
        (
            {"preferences": [{"organisation": 1, "how": "prefers"}, {"organisation": 1, "how": "rather_not"}]},
            "both preferred and rather not visited",
        ),
        ({"specialties": ["Stroke medicine"]}, "small letters, digits and _ are allowed"),
        ({"speciality": ["stroke"]}, "Extra inputs are not permitted"),
    ],
)
def test_a_change_that_contradicts_itself_is_no_change(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ReviewerChange.model_validate(given)


def test_a_conflict_after_the_hand_in_is_told_to_the_office_and_shown_beside_the_recommendation(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.DECISION)
    lead = team_of(house)["lead"]
    office, committee = (recommendation(house.database, principal=who, cycle_id=CYCLE) for who in (OFFICE, COMMITTEE))
    assert (office.warnings, committee.warnings) == ((), ())
    before = {one.reviewer: one.why for one in seats_of(house.database, principal=OFFICE, cycle_id=CYCLE).seats}
    changed(house, lead, organisation=1)
    words = (
        "handed in before the conflict was known: is employed by this organisation by now; "
        "the review counts all the same"
    )
    for who in (OFFICE, COMMITTEE):
        shown = recommendation(house.database, principal=who, cycle_id=CYCLE)
        assert shown.warnings == (f"Lead {lead} {words}",)
        seats = {one.reviewer: (one.why, one.warning) for one in seats_of(
            house.database, principal=who, cycle_id=CYCLE
        ).seats}  # fmt: skip
        assert seats == {number: (why, "") for number, why in before.items()} | {lead: (words, words)}
    theirs = seats_of(house.database, principal=LEAD, cycle_id=CYCLE).seats
    assert {one.reviewer: (one.why, one.warning) for one in theirs} == {one: (why, "") for one, why in before.items()}
    with house.database.reading() as session:
        told = notices.of_inbox(session, notices.OFFICE, after=0, limit=10)
    assert [(one.kind, one.cycle_id, one.words) for one in told] == [
        (
            "conflict_after_review", CYCLE,
            f"Lead {lead} has a conflict of interest with North, North Trust by now, and had handed in the review of "
            "it before. The review counts all the same: take them off while the review lasts, or let the committee "
            "weigh it.",
        )
    ]  # fmt: skip


def test_a_declared_conflict_reads_the_same_and_its_reason_is_not_told(at_stage: AtStage) -> None:
    house = at_stage(Stage.DECISION)
    lead = team_of(house)["lead"]
    declare_conflict(house.database, principal=OFFICE, reviewer_id=lead, organisation_id=1, reason="Kin.", at=AT)
    assert recommendation(house.database, principal=COMMITTEE, cycle_id=CYCLE).warnings == (
        f"Lead {lead} handed in before the conflict was known: a conflict of interest with this service is declared by "
        "now; the review counts all the same",
    )
