"""Every action by every role: one literal table, beside what the permissions say."""

from collections.abc import Mapping

import pytest

from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import PUBLIC, Principal, Role
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.actions.doing import ON_A_CYCLE, ON_THE_COLLEGE, clerk_of_north, let_in
from tests.walking import (
    COMMITTEE,
    LEAD,
    MEMBER,
    NORTH,
    OFFICE,
    STRANGER,
    everything,
    hold,
    nothing_kept,
    rate_all,
    reviewer,
    team_of,
)

WHO_MAY: Mapping[str, tuple[Stage, str]] = {
    "publish_edition": (Stage.SELF_ASSESSMENT, "office"),
    "import_teams": (Stage.SELF_ASSESSMENT, "office"),
    "remove_team": (Stage.SELF_ASSESSMENT, "office"),
    "rename_organisation": (Stage.SELF_ASSESSMENT, "office"),
    "rename_team": (Stage.SELF_ASSESSMENT, "office"),
    "open_round": (Stage.SELF_ASSESSMENT, "office"),
    "enrol": (Stage.SELF_ASSESSMENT, "office"),
    "register_reviewer": (Stage.SELF_ASSESSMENT, "office"),
    "change_reviewer": (Stage.SELF_ASSESSMENT, "office"),
    "import_reviewers": (Stage.SELF_ASSESSMENT, "office"),
    "merge_organisations": (Stage.SELF_ASSESSMENT, "office"),
    "create_token": (Stage.SELF_ASSESSMENT, "office"),
    "invite_person": (Stage.SELF_ASSESSMENT, "team_lead office"),
    "grant_role": (Stage.SELF_ASSESSMENT, "office"),
    "end_grant": (Stage.SELF_ASSESSMENT, "office"),
    "undo_grant": (Stage.SELF_ASSESSMENT, "office"),
    "end_colleague": (Stage.SELF_ASSESSMENT, "team_lead"),
    "forget_app": (Stage.SELF_ASSESSMENT, "office"),
    "release_job": (Stage.SELF_ASSESSMENT, "office"),
    "state_availability": (Stage.ASSIGNMENT, "reviewer"),
    "declare_conflict": (Stage.REVIEW, "reviewer office"),
    "assign": (Stage.ASSIGNMENT, "office engine"),
    "state_profile": (Stage.SELF_ASSESSMENT, "team_lead office"),
    "date_visit": (Stage.REVIEW, "office"),
    "name_panel": (Stage.DECISION, "office"),
    "rate": (Stage.SELF_ASSESSMENT, "team_lead team_member"),
    "attach_evidence": (Stage.SELF_ASSESSMENT, "team_lead team_member"),
    "attach_from_library": (Stage.EVIDENCE, "team_lead team_member"),
    "replace_evidence": (Stage.EVIDENCE, "team_lead team_member"),
    "place_evidence": (Stage.EVIDENCE, "team_lead team_member"),
    "withdraw_evidence": (Stage.EVIDENCE, "team_lead team_member"),
    "explain_evidence": (Stage.REVIEW, "team_lead team_member"),
    "answer_clearance": (Stage.REVIEW, "office"),
    "keep_document": (Stage.EVIDENCE, "team_lead team_member"),
    "describe_document": (Stage.EVIDENCE, "team_lead team_member"),
    "delete_evidence": (Stage.EVIDENCE, "office"),
    "set_hold": (Stage.EVIDENCE, "office"),
    "end_hold": (Stage.EVIDENCE, "office"),
    "comment_criterion": (Stage.REVIEW, "team_lead team_member"),
    "give_criterion": (Stage.REVIEW, "team_lead team_member"),
    "challenge_indicator": (Stage.EVIDENCE, "team_lead team_member"),
    "answer_challenge": (Stage.EVIDENCE, "office"),
    "map_indicators": (Stage.SELF_ASSESSMENT, "office"),
    "import_indicators": (Stage.SELF_ASSESSMENT, "office"),
    "submit": (Stage.SELF_ASSESSMENT, "team_lead"),
    "send_back": (Stage.EVIDENCE, "office"),
    "remind": (Stage.REVIEW, "office"),
    "withdraw": (Stage.REVIEW, "team_lead office"),
    "carry_over": (Stage.EVIDENCE, "office"),
    "review": (Stage.REVIEW, "reviewer"),
    "record_finding": (Stage.REVIEW, "reviewer"),
    "ask_evidence": (Stage.REVIEW, "reviewer"),
    "answer_request": (Stage.REVIEW, "team_lead team_member"),
    "raise_risk": (Stage.REVIEW, "reviewer"),
    "settle_finding": (Stage.CONSENSUS, "reviewer"),
    "hand_in": (Stage.REVIEW, "reviewer"),
    "settle": (Stage.CONSENSUS, "reviewer"),
    "appoint_settler": (Stage.CONSENSUS, "office"),
    "comment": (Stage.FACTUAL_ACCURACY, "team_lead team_member"),
    "answer_comment": (Stage.FACTUAL_ACCURACY, "reviewer"),
    "agree": (Stage.FACTUAL_ACCURACY, "team_lead"),
    "decide": (Stage.DECISION, "committee"),
    "publish": (Stage.PUBLICATION, "office"),
    "export_archive": (Stage.PUBLISHED, "team_lead office"),
}
"""Action -> a stage where it can be done, and the roles that may do it there."""

JUDGES = {
    "answer_challenge": "answer its challenge",
    "answer_clearance": "say whether its file is released",
    "appoint_settler": "appoint who settles",
    "declare_conflict": "declare others' conflicts with it",
    "name_panel": "name a panel about it",
}
"""What the office does of a cycle that judges the service, and how that is said: nobody does it for their own."""

CARRIES_ON = frozenset({
    "assign", "carry_over", "date_visit", "end_hold", "export_archive", "publish", "remind", "send_back", "set_hold",
    "state_profile", "withdraw",
})  # fmt: skip
"""What it does of one that judges nothing; facts that the team states too are among it, those of the college not."""

DO = {**ON_THE_COLLEGE, **ON_A_CYCLE}


def somebody(house: House, role: Role) -> Principal:
    """Who acts in this role; a reviewer is the one who leads the review, where there is one."""
    return {
        Role.PUBLIC: PUBLIC,
        Role.TEAM_MEMBER: MEMBER,
        Role.TEAM_LEAD: LEAD,
        Role.REVIEWER: reviewer(team_of(house).get("lead", 1)),
        Role.OFFICE: OFFICE,
        Role.COMMITTEE: COMMITTEE,
        Role.ENGINE: Principal(name="engine", role=Role.ENGINE),
    }[role]


def prepared(at_stage: AtStage, action: str) -> House:
    """A house in which whoever may do this can do it."""
    house = at_stage(WHO_MAY[action][0])
    if action == "release_job":
        hold(house, job=1)
    if action in ("grant_role", "end_grant", "forget_app"):
        let_in(house)
    if action in ("give_criterion", "end_colleague", "undo_grant"):
        let_in(house, Grant(role=Role.TEAM_MEMBER, team=NORTH))
    if action == "submit":
        rate_all(house)
    if action == "hand_in":
        DO["review"](house, somebody(house, Role.REVIEWER))
    return house


def test_the_table_has_every_action() -> None:
    assert set(WHO_MAY) == set(DO)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", WHO_MAY)
def test_an_action_is_done_for_whom_the_table_names_and_refused_to_others(
    at_stage: AtStage, for_all_at: AtStage, action: str, role: Role
) -> None:
    stage, may = WHO_MAY[action]
    if role in may.split():
        house = prepared(at_stage, action)
        before = everything(house)["head"]
        DO[action](house, somebody(house, role))
        assert everything(house)["head"] != before
        return
    house = for_all_at(stage)
    who = somebody(house, role)
    may_not_know = role is Role.PUBLIC or (role is Role.REVIEWER and stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE))
    refusal = NotFound if action in ON_A_CYCLE and may_not_know else NotPermitted
    with nothing_kept(house), pytest.raises(refusal) as refused:
        DO[action](house, who)
    assert type(refused.value) is refusal


def test_what_the_office_does_of_a_cycle_judges_or_carries_on() -> None:
    about = {*ON_A_CYCLE, "assign", "declare_conflict", "end_hold", "set_hold"}
    assert {action for action in about if "office" in WHO_MAY[action][1].split()} == {*JUDGES} | CARRIES_ON


@pytest.mark.parametrize("action", [*JUDGES, "publish", "state_profile"])
def test_nobody_of_the_office_judges_a_service_of_theirs(at_stage: AtStage, action: str) -> None:
    house = prepared(at_stage, action)
    clerk = clerk_of_north(house)
    if action in CARRIES_ON:
        before = everything(house)["head"]
        DO[action](house, clerk)
        assert everything(house)["head"] != before
        return
    with pytest.raises(NotPermitted) as refused:
        DO[action](house, clerk)
    assert str(refused.value) == (
        f"You have, or had, a role in this team or its organisation, so you cannot {JUDGES[action]}: somebody else of "
        "the college office has to."
    )


@pytest.mark.parametrize("stranger", [STRANGER, reviewer(99)], ids=["another team", "another reviewer"])
@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.REVIEW, Stage.PUBLISHED])
@pytest.mark.parametrize("action", ON_A_CYCLE)
def test_the_cycle_of_others_does_not_exist_for_a_team_or_a_reviewer(
    for_all_at: AtStage, action: str, stage: Stage, stranger: Principal
) -> None:
    house = for_all_at(stage)
    with nothing_kept(house), pytest.raises(NotFound) as others:
        ON_A_CYCLE[action](house, stranger)
    assert str(others.value) == "There is no such cycle, or it is not one of yours."


def test_a_cycle_that_does_not_exist_reads_the_same_as_one_of_others(for_all_at: AtStage) -> None:
    house = for_all_at(Stage.SELF_ASSESSMENT)
    with nothing_kept(house), pytest.raises(NotFound) as missing:
        rate_all(house, cycle=99)
    assert str(missing.value) == "There is no such cycle, or it is not one of yours."
