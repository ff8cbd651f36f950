"""Where a cycle can stand, and what somebody can do with it. The table of who does what when is in `moves.py`.

A stage is where a cycle stands; a move is what somebody does. A move whose stage stays the same is
work within the stage. The engine is one of the movers: it does what a machine can do and nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum

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


FIRST_STAGE = Stage.SELF_ASSESSMENT
ENDED = frozenset({Stage.PUBLISHED, Stage.WITHDRAWN})
"""Stages that no move leaves. What follows a published decision (conditions, an appeal) happens within its stage."""

TEAMS_TURN = frozenset({Stage.SELF_ASSESSMENT, Stage.EVIDENCE})
"""Stages in which a team attaches what it wants to; later it gives what a reviewer asks for, and nothing else."""

ENGINES_TURN = frozenset({Stage.ASSIGNMENT, Stage.RECOMMENDATION})
"""Stages in which only the engine can go on; a cycle here always has a job."""
