"""The cycle's one table: from which stage, by which move, by whom, to which stage, on what condition.

A stage is where a cycle stands; a move is what somebody does. A move whose stage stays the same is
work within the stage. The engine is one of the movers: it does what a machine can do and nothing else.
Conditions are stated here in words and held by the action that makes the move.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from accreditation.errors import MoveNotAllowed
from accreditation.rules.people import Role


class Stage(StrEnum):
    """Where a cycle stands. The order is the order of a cycle without detours."""

    SELF_ASSESSMENT = "self_assessment"
    EVIDENCE = "evidence"
    ASSIGNMENT = "assignment"
    REVIEW = "review"
    CONSENSUS = "consensus"
    FACTUAL_ACCURACY = "factual_accuracy"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    PUBLICATION = "publication"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STAGE_MEANINGS: dict[Stage, str] = {
    Stage.SELF_ASSESSMENT: "the team rates itself against every criterion that applies to it",
    Stage.EVIDENCE: "the team attaches the evidence that criteria ask for",
    Stage.ASSIGNMENT: "the engine looks for a review team without a conflict of interest",
    Stage.REVIEW: "every reviewer rates every criterion, each alone",
    Stage.CONSENSUS: "the lead settles the criteria on which the reviewers' ratings differ",
    Stage.FACTUAL_ACCURACY: "the team says what in the report is not accurate, and is answered",
    Stage.RECOMMENDATION: "the engine works out what the rules recommend",
    Stage.DECISION: "the committee decides",
    Stage.PUBLICATION: "the college office publishes the decision",
    Stage.PUBLISHED: "the result is in the public register",
    Stage.WITHDRAWN: "the team or the college ended the cycle without a decision",
}


class Move(StrEnum):
    """What somebody can do with a cycle."""

    STATE_PROFILE = "state_profile"
    DATE_VISIT = "date_visit"
    IMPORT_AUDIT = "import_audit"
    CHALLENGE_INDICATOR = "challenge_indicator"
    ANSWER_CHALLENGE = "answer_challenge"
    RATE = "rate"
    ATTACH_EVIDENCE = "attach_evidence"
    WITHDRAW_EVIDENCE = "withdraw_evidence"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    DECLARE_CONFLICT = "declare_conflict"
    PROPOSE = "propose"
    LOCK = "lock"
    SWAP = "swap"
    CONFIRM = "confirm"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    STEP_DOWN = "step_down"
    TAKE_OFF = "take_off"
    ASSIGN = "assign"
    REASSIGN = "reassign"
    REVIEW = "review"
    RECORD_FINDING = "record_finding"
    ASK_EVIDENCE = "ask_evidence"
    ANSWER_REQUEST = "answer_request"
    RAISE_RISK = "raise_risk"
    HAND_IN = "hand_in"
    CLOSE_REVIEW = "close_review"
    SETTLE = "settle"
    SETTLE_FINDING = "settle_finding"
    APPOINT_SETTLER = "appoint_settler"
    CLOSE_CONSENSUS = "close_consensus"
    SEND_REPORT = "send_report"
    COMMENT = "comment"
    ANSWER_COMMENT = "answer_comment"
    AGREE = "agree"
    CLOSE_ACCURACY = "close_accuracy"
    RECOMMEND = "recommend"
    DECIDE = "decide"
    PUBLISH = "publish"
    MEET_CONDITION = "meet_condition"
    LAPSE = "lapse"
    APPEAL = "appeal"
    ANSWER_APPEAL = "answer_appeal"
    WITHDRAW = "withdraw"
    CARRY_OVER = "carry_over"
    ANSWER_AGAIN = "answer_again"
    REVIEW_AGAIN = "review_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table."""

    stage: Stage
    move: Move
    by: frozenset[Role]
    to: Stage
    condition: str

    def __str__(self) -> str:
        """Say it as an answer to 'what can be done now?'."""
        return f"{self.move.value.replace('_', ' ')} (by {' or '.join(sorted(role.words for role in self.by))})"


def _row(stage: Stage, move: Move, by: str, to: Stage, condition: str) -> Transition:
    return Transition(
        stage=stage, move=move, by=frozenset(Role(role) for role in by.split()), to=to, condition=condition
    )


_S, _M = Stage, Move
_TEAM = "team_lead team_member"
_BEFORE_DECISION = (
    _S.SELF_ASSESSMENT,
    _S.EVIDENCE,
    _S.ASSIGNMENT,
    _S.REVIEW,
    _S.CONSENSUS,
    _S.FACTUAL_ACCURACY,
    _S.RECOMMENDATION,
    _S.DECISION,
)

_NEVER_OF_IT = "the reviewer never had a role in the team or its organisation"
_OFFICE_STATES = "the fact is one that the college office states, and decides no criterion"

_SITS = "the reviewer sits already, while another one is looked for, and has not handed in"
_ASKED = "a reviewer asked for more on that criterion, and the time to give it is not over"
_GIVEN = "it was attached because a reviewer asked for more, and the time to give it is not over"
_REQUESTED = "a reviewer asked, and the time to answer is not over"
_APPOINTED = "the reviewer rates in the team, has handed in and has no conflict with the service; a reason is given"

_DAYS = "the days are in order"
_DATED = {
    _S.SELF_ASSESSMENT: _DAYS,
    _S.EVIDENCE: _DAYS,
    _S.ASSIGNMENT: _DAYS,
    _S.REVIEW: "the days are in order; who sits and is away then is named, and stays",
}

_HOLDS = "under the other edition everything that was given still holds"
_CARRIED = {
    _S.SELF_ASSESSMENT: "the other edition of the scheme is published",
    _S.EVIDENCE: _HOLDS,
    _S.ASSIGNMENT: _HOLDS,
    _S.REVIEW: "under the other edition what the team gave, and every review handed in, still holds",
    _S.CONSENSUS: _HOLDS,
    _S.FACTUAL_ACCURACY: _HOLDS,
    _S.RECOMMENDATION: _HOLDS,
}

TABLE: tuple[Transition, ...] = (
    _row(
        _S.SELF_ASSESSMENT,
        _M.STATE_PROFILE,
        "team_lead office",
        _S.SELF_ASSESSMENT,
        "the scheme asks for the fact; some it asks of the office alone",
    ),
    _row(_S.SELF_ASSESSMENT, _M.IMPORT_AUDIT, "office", _S.SELF_ASSESSMENT, "nobody of the team has answered it"),
    _row(_S.SELF_ASSESSMENT, _M.RATE, _TEAM, _S.SELF_ASSESSMENT, "the answer fits the criterion"),
    _row(_S.SELF_ASSESSMENT, _M.ATTACH_EVIDENCE, _TEAM, _S.SELF_ASSESSMENT, "the file arrived whole"),
    _row(_S.SELF_ASSESSMENT, _M.WITHDRAW_EVIDENCE, _TEAM, _S.SELF_ASSESSMENT, "a reason is given"),
    _row(
        _S.SELF_ASSESSMENT,
        _M.SUBMIT,
        "team_lead",
        _S.EVIDENCE,
        "the profile is stated and every criterion that applies is answered",
    ),
    _row(_S.EVIDENCE, _M.STATE_PROFILE, "office", _S.EVIDENCE, _OFFICE_STATES),
    _row(_S.EVIDENCE, _M.RATE, _TEAM, _S.EVIDENCE, "the answer fits the criterion"),
    _row(_S.EVIDENCE, _M.ATTACH_EVIDENCE, _TEAM, _S.EVIDENCE, "the file arrived whole"),
    _row(_S.EVIDENCE, _M.WITHDRAW_EVIDENCE, _TEAM, _S.EVIDENCE, "a reason is given"),
    _row(
        _S.EVIDENCE,
        _M.SUBMIT,
        "team_lead",
        _S.ASSIGNMENT,
        "every answer stands, required evidence is attached, every file is cleared",
    ),
    _row(_S.EVIDENCE, _M.SEND_BACK, "office", _S.SELF_ASSESSMENT, "a reason is given"),
    _row(_S.ASSIGNMENT, _M.STATE_PROFILE, "office", _S.ASSIGNMENT, _OFFICE_STATES),
    _row(_S.ASSIGNMENT, _M.SEND_BACK, "office", _S.SELF_ASSESSMENT, "a reason is given"),
    _row(_S.ASSIGNMENT, _M.DECLARE_CONFLICT, "reviewer office", _S.ASSIGNMENT, "a reason is given"),
    *(
        _row(_S.ASSIGNMENT, move, by, _S.ASSIGNMENT, condition)
        for move, by, condition in (
            (_M.PROPOSE, "engine office", "the scheme has the office confirm review teams"),
            (_M.LOCK, "office", "the reviewer may sit there in that role but for rules set aside, and has visits left"),
            (_M.SWAP, "office", "the one who comes may sit in that team in that role, and has a visit left"),
            (_M.CONFIRM, "office", "it is the newest proposal, every seat is filled and every rule still holds"),
            (_M.ANSWER, "team_lead", "the office confirmed the reviewer; a conflict has a reason"),
            (_M.ACCEPT, "reviewer", f"the office confirmed the reviewer, and it is in time; {_NEVER_OF_IT}"),
            (_M.DECLINE, "reviewer", "the office confirmed the reviewer"),
            (_M.STEP_DOWN, "reviewer", "a reason is given; a review handed in stands"),
            (_M.TAKE_OFF, "office", "a reason is given; a review handed in is kept and does not count"),
            (_M.REVIEW, "reviewer", _SITS),
            (
                _M.HAND_IN,
                "reviewer",
                f"the reviewer sits already, while another one is looked for; every criterion is rated; {_NEVER_OF_IT}",
            ),
        )
    ),
    _row(_S.ASSIGNMENT, _M.RECORD_FINDING, "reviewer", _S.ASSIGNMENT, _SITS),
    _row(_S.ASSIGNMENT, _M.ASK_EVIDENCE, "reviewer", _S.ASSIGNMENT, _SITS),
    _row(
        _S.ASSIGNMENT, _M.RAISE_RISK, "reviewer", _S.ASSIGNMENT, "the reviewer sits already; it says what the risk is"
    ),
    _row(_S.ASSIGNMENT, _M.ATTACH_EVIDENCE, _TEAM, _S.ASSIGNMENT, _ASKED),
    _row(_S.ASSIGNMENT, _M.WITHDRAW_EVIDENCE, _TEAM, _S.ASSIGNMENT, _GIVEN),
    _row(_S.ASSIGNMENT, _M.ANSWER_REQUEST, _TEAM, _S.ASSIGNMENT, _REQUESTED),
    _row(
        _S.ASSIGNMENT,
        _M.ASSIGN,
        "engine office",
        _S.REVIEW,
        "every seat is filled without a conflict; where the office confirms, it has, and all who are asked agree",
    ),
    _row(_S.REVIEW, _M.STATE_PROFILE, "office", _S.REVIEW, _OFFICE_STATES),
    _row(_S.REVIEW, _M.DECLARE_CONFLICT, "reviewer office", _S.REVIEW, "a reason is given; a review handed in stands"),
    _row(_S.REVIEW, _M.STEP_DOWN, "reviewer", _S.REVIEW, "a reason is given; a review handed in stands"),
    _row(
        _S.REVIEW,
        _M.TAKE_OFF,
        "office",
        _S.REVIEW,
        "a reason is given; a review handed in is kept and does not count",
    ),
    _row(_S.REVIEW, _M.REASSIGN, "engine", _S.ASSIGNMENT, "a reviewer has left the review team"),
    _row(_S.REVIEW, _M.REVIEW, "reviewer", _S.REVIEW, "the reviewer has not handed in"),
    _row(_S.REVIEW, _M.RECORD_FINDING, "reviewer", _S.REVIEW, "the reviewer has not handed in"),
    _row(
        _S.REVIEW,
        _M.ASK_EVIDENCE,
        "reviewer",
        _S.REVIEW,
        "the scheme gives time to answer; the reviewer has not handed in",
    ),
    _row(_S.REVIEW, _M.ATTACH_EVIDENCE, _TEAM, _S.REVIEW, _ASKED),
    _row(_S.REVIEW, _M.WITHDRAW_EVIDENCE, _TEAM, _S.REVIEW, _GIVEN),
    _row(_S.REVIEW, _M.ANSWER_REQUEST, _TEAM, _S.REVIEW, _REQUESTED),
    _row(_S.REVIEW, _M.RAISE_RISK, "reviewer", _S.REVIEW, "it says what the risk is"),
    _row(
        _S.REVIEW,
        _M.HAND_IN,
        "reviewer",
        _S.REVIEW,
        f"every criterion is rated, and every finding is whole; {_NEVER_OF_IT}",
    ),
    _row(_S.REVIEW, _M.CLOSE_REVIEW, "engine", _S.CONSENSUS, "every reviewer has handed in"),
    _row(_S.CONSENSUS, _M.STATE_PROFILE, "office", _S.CONSENSUS, _OFFICE_STATES),
    _row(_S.CONSENSUS, _M.SETTLE, "reviewer", _S.CONSENSUS, "the reviewer is the one who settles, and gives a reason"),
    _row(
        _S.CONSENSUS,
        _M.SETTLE_FINDING,
        "reviewer",
        _S.CONSENSUS,
        "the reviewer is the one who settles; keeps, amends or withdraws it, and gives a reason",
    ),
    _row(_S.CONSENSUS, _M.APPOINT_SETTLER, "office", _S.CONSENSUS, _APPOINTED),
    _row(_S.CONSENSUS, _M.ATTACH_EVIDENCE, _TEAM, _S.CONSENSUS, _ASKED),
    _row(_S.CONSENSUS, _M.WITHDRAW_EVIDENCE, _TEAM, _S.CONSENSUS, _GIVEN),
    _row(_S.CONSENSUS, _M.ANSWER_REQUEST, _TEAM, _S.CONSENSUS, _REQUESTED),
    _row(_S.CONSENSUS, _M.RAISE_RISK, "reviewer", _S.CONSENSUS, "it says what the risk is"),
    _row(
        _S.CONSENSUS,
        _M.CLOSE_CONSENSUS,
        "engine",
        _S.RECOMMENDATION,
        "every criterion and every finding is settled; the scheme asks for no check of factual accuracy",
    ),
    _row(
        _S.CONSENSUS,
        _M.SEND_REPORT,
        "engine",
        _S.FACTUAL_ACCURACY,
        "every criterion and every finding is settled; the scheme asks for a check of factual accuracy",
    ),
    _row(_S.FACTUAL_ACCURACY, _M.STATE_PROFILE, "office", _S.FACTUAL_ACCURACY, _OFFICE_STATES),
    _row(
        _S.FACTUAL_ACCURACY,
        _M.COMMENT,
        _TEAM,
        _S.FACTUAL_ACCURACY,
        "it says why the finding is not accurate; where silence is agreement, only in time",
    ),
    _row(
        _S.FACTUAL_ACCURACY,
        _M.ANSWER_COMMENT,
        "reviewer",
        _S.FACTUAL_ACCURACY,
        "the reviewer is the one who settles, and amends or keeps the finding with a reason",
    ),
    _row(_S.FACTUAL_ACCURACY, _M.APPOINT_SETTLER, "office", _S.FACTUAL_ACCURACY, _APPOINTED),
    _row(_S.FACTUAL_ACCURACY, _M.AGREE, "team_lead", _S.RECOMMENDATION, "every comment is answered"),
    _row(
        _S.FACTUAL_ACCURACY,
        _M.CLOSE_ACCURACY,
        "engine",
        _S.RECOMMENDATION,
        "the time is over, silence is agreement, and every comment is answered",
    ),
    _row(_S.RECOMMENDATION, _M.STATE_PROFILE, "office", _S.RECOMMENDATION, _OFFICE_STATES),
    _row(
        _S.RECOMMENDATION,
        _M.RECOMMEND,
        "engine",
        _S.DECISION,
        "the office has stated its facts; the award's working is kept",
    ),
    _row(
        _S.DECISION,
        _M.DECIDE,
        "committee",
        _S.PUBLICATION,
        "a departure from the recommendation, or a judgement, has a reason; nobody decides who was on the visit, has "
        "or had a role in the team or its organisation, or is in conflict with the service",
    ),
    _row(_S.PUBLICATION, _M.PUBLISH, "office", _S.PUBLISHED, "a decision is kept"),
    _row(
        _S.PUBLISHED,
        _M.MEET_CONDITION,
        "office",
        _S.PUBLISHED,
        "it is put right in time, a reason is given, and no appeal is open",
    ),
    _row(
        _S.PUBLISHED,
        _M.LAPSE,
        "engine",
        _S.PUBLISHED,
        "the time of a condition is over, and the scheme says what follows; no appeal is open",
    ),
    _row(
        _S.PUBLISHED,
        _M.APPEAL,
        "team_lead",
        _S.PUBLISHED,
        "the scheme has an appeal; a reason is given in time, and it is the first",
    ),
    _row(
        _S.PUBLISHED,
        _M.ANSWER_APPEAL,
        "committee",
        _S.PUBLISHED,
        "an appeal is open, and its panel named where the scheme asks for one; nobody who was on the visit hears or "
        "answers it; a reason is given",
    ),
    *(_row(stage, _M.DATE_VISIT, "office", stage, _DATED[stage]) for stage in _DATED),
    *(_row(stage, _M.WITHDRAW, "team_lead office", _S.WITHDRAWN, "a reason is given") for stage in _BEFORE_DECISION),
    *(_row(stage, _M.CARRY_OVER, "office", stage, _CARRIED[stage]) for stage in _CARRIED),
    *(
        _row(stage, _M.ANSWER_AGAIN, "office", _S.SELF_ASSESSMENT, "under the other edition the team has more to give")
        for stage in (_S.EVIDENCE, _S.ASSIGNMENT, _S.REVIEW)
    ),
    _row(
        _S.REVIEW,
        _M.REVIEW_AGAIN,
        "office",
        _S.ASSIGNMENT,
        "under the other edition a review that is handed in would not mean the same",
    ),
    *(
        _row(
            stage, _M.CHALLENGE_INDICATOR, _TEAM, stage, "a figure is reported that was not challenged; a note says why"
        )
        for stage in (_S.SELF_ASSESSMENT, _S.EVIDENCE, _S.ASSIGNMENT, _S.REVIEW)
    ),
    *(
        _row(stage, _M.ANSWER_CHALLENGE, "office", stage, "the team challenged a figure; a reason is given")
        for stage in _BEFORE_DECISION
    ),
)

FIRST_STAGE = Stage.SELF_ASSESSMENT
ENDED = frozenset({Stage.PUBLISHED, Stage.WITHDRAWN})
"""Stages that no move leaves. What follows a published decision (conditions, an appeal) happens within its stage."""

TEAMS_TURN = frozenset({Stage.SELF_ASSESSMENT, Stage.EVIDENCE})
"""Stages in which a team attaches what it wants to; later it gives what a reviewer asks for, and nothing else."""

ENGINES_TURN = frozenset({Stage.ASSIGNMENT, Stage.RECOMMENDATION})
"""Stages in which only the engine can go on; a cycle here always has a job."""


def allowed(stage: Stage) -> tuple[Transition, ...]:
    """What can be done in this stage, and by whom? In the order of the table."""
    return tuple(row for row in TABLE if row.stage == stage)


def transition(*, stage: Stage, move: Move, roles: Iterable[Role]) -> Transition:
    """Which row of the table lets one of these roles make this move now?

    Raises MoveNotAllowed, saying what is allowed in this stage and to whom.
    """
    row = next((row for row in allowed(stage) if row.move == move), None)
    if row is not None and row.by & frozenset(roles):
        return row
    options = tuple(str(option) for option in allowed(stage))
    now = "; ".join(options) if options else "nothing: the cycle has ended"
    reason = f"'{move.value.replace('_', ' ')}' is not possible in the stage '{stage.value.replace('_', ' ')}'"
    if row is not None:
        reason += f" for you; it is for {' or '.join(sorted(role.words for role in row.by))}"
    raise MoveNotAllowed(f"{reason}. Allowed now: {now}.", stage=stage.value, allowed=options, move=move.value)
