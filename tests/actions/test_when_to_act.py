"""Every action on a cycle in every stage: one literal table, held against the cycle's own."""

from collections.abc import Mapping

import pytest

from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import TABLE
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.actions.doing import ON_A_CYCLE, ON_THE_COLLEGE
from tests.walking import COMMITTEE, LEAD, OFFICE, everything, nothing_kept, reviewer, team_of

REFUSALS = {"move": MoveNotAllowed, "faulty": Invalid, "none": NotFound, "stands": Contradiction}
"""no such move now; something is missing; the cycle does not exist for who asks; what was done stands."""

#                                       self-  evi-   assign review consen accur. recom. decis. public publi- with-
#                                       assess dence  ment          sus                         ation  shed   drawn
WHEN: Mapping[str, tuple[Role, str]] = {
    "state_profile": (Role.TEAM_LEAD,  "done   move   move   move   move   move   move   move   move   move   move"),
    "rate": (Role.TEAM_LEAD,           "done   done   move   move   move   move   move   move   move   move   move"),
    "attach_evidence": (Role.TEAM_LEAD,"done   done   done   done   done   move   move   move   move   move   move"),
    "attach_from_library": (Role.TEAM_LEAD,
                                       "done   done   done   done   done   move   move   move   move   move   move"),
    "replace_evidence": (Role.TEAM_LEAD,"done   done   done   done   done   move   move   move   move   move   none"),
    "place_evidence": (Role.TEAM_LEAD, "done   done   done   done   done   move   move   move   move   move   move"),
    "withdraw_evidence": (Role.TEAM_LEAD,
                                       "done   done   done   done   done   move   move   move   move   move   none"),
    "challenge_indicator": (Role.TEAM_LEAD,
                                       "done   done   done   done   move   move   move   move   move   move   move"),
    "answer_challenge": (Role.OFFICE,  "done   done   done   done   done   done   done   done   none   none   none"),
    "explain_evidence": (Role.TEAM_LEAD,
                                       "none   none   done   done   done   done   done   done   done   done   none"),
    "answer_clearance": (Role.OFFICE,  "none   none   done   done   done   done   done   done   done   done   none"),
    "comment_criterion": (Role.TEAM_LEAD,
                                       "done   done   done   done   done   done   done   done   done   move   move"),
    "give_criterion": (Role.TEAM_LEAD, "faulty faulty faulty faulty faulty faulty faulty faulty faulty move   move"),
    "submit": (Role.TEAM_LEAD,         "faulty faulty move   move   move   move   move   move   move   move   move"),
    "send_back": (Role.OFFICE,         "move   done   done   move   move   move   move   move   move   move   move"),
    "remind": (Role.OFFICE,            "done   done   stands done   done   done   stands done   stands stands stands"),
    "withdraw": (Role.TEAM_LEAD,       "done   done   done   done   done   done   done   done   move   move   move"),
    "carry_over": (Role.OFFICE,        "done   done   done   done   done   done   done   move   move   move   move"),
    "date_visit": (Role.OFFICE,        "done   done   done   done   move   move   move   move   move   move   move"),
    "name_panel": (Role.OFFICE,        "done   done   done   done   done   done   done   done   done   done   done"),
    "assign": (Role.OFFICE,            "again  again  done   again  again  again  again  again  again  again  again"),
    "declare_conflict": (Role.OFFICE,  "done   done   done   done   done   done   done   done   done   done   done"),
    "review": (Role.REVIEWER,          "none   none   none   done   move   move   move   move   move   move   none"),
    "record_finding": (Role.REVIEWER,  "none   none   none   done   move   move   move   move   move   move   none"),
    "ask_evidence": (Role.REVIEWER,    "none   none   none   done   move   move   move   move   move   move   none"),
    "answer_request": (Role.TEAM_LEAD, "none   none   done   done   done   none   none   none   none   none   none"),
    "raise_risk": (Role.REVIEWER,      "none   none   none   done   done   move   move   move   move   move   none"),
    "settle_finding": (Role.REVIEWER,  "none   none   none   move   done   none   none   none   none   none   none"),
    "hand_in": (Role.REVIEWER,         "none   none   none   faulty again  again  again  again  again  again  none"),
    "settle": (Role.REVIEWER,          "none   none   none   move   done   again  again  again  again  again  none"),
    "appoint_settler": (Role.OFFICE,   "move   move   move   move   done   done   move   move   move   move   move"),
    "comment": (Role.TEAM_LEAD,        "move   move   move   move   move   done   move   move   move   move   move"),
    "answer_comment": (Role.REVIEWER,  "none   none   none   none   none   done   none   none   none   none   none"),
    "agree": (Role.TEAM_LEAD,          "move   move   move   move   move   done   move   move   move   move   move"),
    "decide": (Role.COMMITTEE,         "move   move   move   move   move   move   move   done   again  again  move"),
    "publish": (Role.OFFICE,           "move   move   move   move   move   move   move   move   done   again  move"),
    "export_archive": (Role.TEAM_LEAD, "none   none   none   none   none   none   none   none   none   done   none"),
}  # fmt: skip
"""Action -> who does it, and what comes of it in each stage. 'again' is what was done already: nothing changes."""

DO = {**ON_THE_COLLEGE, **ON_A_CYCLE}


def somebody(house: House, role: Role) -> Principal:
    named = {Role.TEAM_LEAD: LEAD, Role.OFFICE: OFFICE, Role.COMMITTEE: COMMITTEE}
    return named[role] if role in named else reviewer(team_of(house).get("lead", 1))


def test_the_table_has_every_action_on_a_cycle() -> None:
    assert set(WHEN) == {*ON_A_CYCLE, "assign", "declare_conflict"}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("action", WHEN)
def test_an_action_in_a_stage(at_stage: AtStage, for_all_at: AtStage, action: str, stage: Stage) -> None:
    role, outcomes = WHEN[action]
    outcome = dict(zip(Stage, outcomes.split(), strict=True))[stage]
    house = at_stage(stage) if outcome == "done" else for_all_at(stage)
    who = somebody(house, role)
    if outcome == "done":
        before = everything(house)["head"]
        DO[action](house, who)
        assert everything(house)["head"] != before
    elif outcome == "again":
        with nothing_kept(house):
            DO[action](house, who)
    else:
        with nothing_kept(house), pytest.raises(REFUSALS[outcome]):
            DO[action](house, who)


STAYING = ("review", "hand_in", "record_finding", "ask_evidence", "raise_risk")
WHO_STAYS = {action: {Stage.ASSIGNMENT} for action in STAYING}
"""What somebody can do who sits already while another is looked for; on this way nobody sits yet in that stage."""


MOVE_OF = {
    "attach_from_library": Move.ATTACH_EVIDENCE,
    "place_evidence": Move.ATTACH_EVIDENCE,
    "replace_evidence": Move.WITHDRAW_EVIDENCE,
}
"""Actions that do a move of another name."""


FROM_OUTSIDE = (
    "name_panel", "explain_evidence", "answer_clearance", "export_archive", "comment_criterion", "give_criterion",
    "remind",
)  # fmt: skip
"""What is no move of the cycle's, in whatever stage it is: a panel looks at it from outside, and a file that is kept
back has a table of its own. An archive is taken along and leaves the cycle as it is. What a team shares of its work
among itself is its own as long as the cycle goes on; here nobody can sign in to whom a criterion could be given. A
letter reminds whoever's turn it is, and moves nothing.
"""


@pytest.mark.parametrize("action", [action for action in ON_A_CYCLE if action not in FROM_OUTSIDE])
def test_what_can_be_done_in_a_stage_is_what_the_cycles_table_lets_that_role_do(action: str) -> None:
    role, outcomes = WHEN[action]
    can = {stage for stage, outcome in zip(Stage, outcomes.split(), strict=True) if outcome in ("done", "faulty")}
    can |= WHO_STAYS.get(action, set())
    move = MOVE_OF.get(action) or Move(action)
    assert can == {row.stage for row in TABLE if row.move == move and role in row.by}
