"""The cycle's one table: from which stage, by which move, by whom, to which stage, on what condition.

Conditions are stated here in words and held by the action that makes the move.
"""

from collections.abc import Iterable, Iterator, Mapping

from accreditation.errors import MoveNotAllowed
from accreditation.rules.cycle import Move, Stage, Transition
from accreditation.rules.people import Role

_Row = tuple[Move, str, str] | tuple[Move, str, str, Stage]
"""A move, by whom, on what condition, and, where it does not stay in its stage, to which it leads."""


def _in(stage: Stage, *rows: _Row) -> Iterator[Transition]:
    """These moves of one stage."""
    for move, by, condition, *leads in rows:
        to = leads[0] if leads else stage
        yield Transition(stage=stage, move=move, by=frozenset(map(Role, by.split())), to=to, condition=condition)


def _each(
    stages: Mapping[Stage, str] | Iterable[Stage], move: Move, by: str, condition: str = "", to: Stage | None = None
) -> Iterator[Transition]:
    """The same move in each of these stages, on the condition that stands beside the stage, or on this one."""
    for stage in stages:
        said = stages[stage] if isinstance(stages, Mapping) else condition
        yield from _in(stage, (move, by, said, to or stage))


_S, _M = Stage, Move
_TEAM = "team_lead team_member"
_BEFORE_DECISION = tuple(Stage)[: tuple(Stage).index(Stage.PUBLICATION)]

_REASON = "a reason is given"
_FITS = "the answer fits the criterion"
_ARRIVED = "the file arrived whole"
_RISK = "it says what the risk is"
_HANDED_IN_STANDS = "a reason is given; a review handed in stands"
_TAKEN_OFF = "a reason is given; a review handed in is kept and does not count"
_NOT_HANDED_IN = "the reviewer has not handed in"
_NEVER_OF_IT = "the reviewer never had a role in the team or its organisation"
_OFFICE_STATES = "the fact is one that the college office states, and decides no criterion"
_SITS = "the reviewer sits already, while another one is looked for, and has not handed in"
_ASKED = "a reviewer asked for more on that criterion, and the time to give it is not over"
_GIVEN = "it was attached because a reviewer asked for more, and the time to give it is not over"
_REQUESTED = "a reviewer asked, and the time to answer is not over"
_SETTLES = "the reviewer is the one who settles"
_ALL_SETTLED = "every criterion and every finding is settled"
_APPOINTED = "the reviewer rates in the team, has handed in and has no conflict with the service; a reason is given"
_NO_STRANGER = (
    "nobody decides who was on the visit, has or had a role in the team or its organisation, or is in conflict with "
    "the service"
)

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
    *_in(
        _S.SELF_ASSESSMENT,
        (_M.STATE_PROFILE, "team_lead office", "the scheme asks for the fact; some it asks of the office alone"),
        (_M.IMPORT_AUDIT, "office", "nobody of the team has answered it"),
        (_M.RATE, _TEAM, _FITS),
        (_M.ATTACH_EVIDENCE, _TEAM, _ARRIVED),
        (_M.WITHDRAW_EVIDENCE, _TEAM, _REASON),
        (_M.SUBMIT, "team_lead", "the profile is stated and every criterion that applies is answered", _S.EVIDENCE),
    ),
    *_in(
        _S.EVIDENCE,
        (_M.STATE_PROFILE, "office", _OFFICE_STATES),
        (_M.RATE, _TEAM, _FITS),
        (_M.ATTACH_EVIDENCE, _TEAM, _ARRIVED),
        (_M.WITHDRAW_EVIDENCE, _TEAM, _REASON),
        (
            _M.SUBMIT,
            "team_lead",
            "every answer stands, required evidence is attached, every file is cleared",
            _S.ASSIGNMENT,
        ),
        (_M.SEND_BACK, "office", _REASON, _S.SELF_ASSESSMENT),
    ),
    *_in(
        _S.ASSIGNMENT,
        (_M.STATE_PROFILE, "office", _OFFICE_STATES),
        (_M.SEND_BACK, "office", _REASON, _S.SELF_ASSESSMENT),
        (_M.DECLARE_CONFLICT, "reviewer office", _REASON),
        (_M.PROPOSE, "engine office", "the scheme has the office confirm review teams"),
        (_M.LOCK, "office", "the reviewer may sit there in that role but for rules set aside, and has visits left"),
        (_M.SWAP, "office", "the one who comes may sit in that team in that role, and has a visit left"),
        (_M.CONFIRM, "office", "it is the newest proposal, every seat is filled and every rule still holds"),
        (_M.ANSWER, "team_lead", "the office confirmed the reviewer; a conflict has a reason"),
        (_M.ACCEPT, "reviewer", f"the office confirmed the reviewer, and it is in time; {_NEVER_OF_IT}"),
        (_M.DECLINE, "reviewer", "the office confirmed the reviewer"),
        (_M.STEP_DOWN, "reviewer", _HANDED_IN_STANDS),
        (_M.TAKE_OFF, "office", _TAKEN_OFF),
        (_M.REVIEW, "reviewer", _SITS),
        (
            _M.HAND_IN,
            "reviewer",
            f"the reviewer sits already, while another one is looked for; every criterion is rated; {_NEVER_OF_IT}",
        ),
        (_M.RECORD_FINDING, "reviewer", _SITS),
        (_M.ASK_EVIDENCE, "reviewer", _SITS),
        (_M.RAISE_RISK, "reviewer", f"the reviewer sits already; {_RISK}"),
        (_M.ATTACH_EVIDENCE, _TEAM, _ASKED),
        (_M.WITHDRAW_EVIDENCE, _TEAM, _GIVEN),
        (_M.ANSWER_REQUEST, _TEAM, _REQUESTED),
        (
            _M.ASSIGN,
            "engine office",
            "every seat is filled without a conflict; where the office confirms, it has, and all who are asked agree",
            _S.REVIEW,
        ),
    ),
    *_in(
        _S.REVIEW,
        (_M.STATE_PROFILE, "office", _OFFICE_STATES),
        (_M.DECLARE_CONFLICT, "reviewer office", _HANDED_IN_STANDS),
        (_M.STEP_DOWN, "reviewer", _HANDED_IN_STANDS),
        (_M.TAKE_OFF, "office", _TAKEN_OFF),
        (_M.REASSIGN, "engine", "a reviewer has left the review team", _S.ASSIGNMENT),
        (_M.REVIEW, "reviewer", _NOT_HANDED_IN),
        (_M.RECORD_FINDING, "reviewer", _NOT_HANDED_IN),
        (_M.ASK_EVIDENCE, "reviewer", f"the scheme gives time to answer; {_NOT_HANDED_IN}"),
        (_M.ATTACH_EVIDENCE, _TEAM, _ASKED),
        (_M.WITHDRAW_EVIDENCE, _TEAM, _GIVEN),
        (_M.ANSWER_REQUEST, _TEAM, _REQUESTED),
        (_M.RAISE_RISK, "reviewer", _RISK),
        (_M.HAND_IN, "reviewer", f"every criterion is rated, and every finding is whole; {_NEVER_OF_IT}"),
        (_M.CLOSE_REVIEW, "engine", "every reviewer has handed in", _S.CONSENSUS),
    ),
    *_in(
        _S.CONSENSUS,
        (_M.STATE_PROFILE, "office", _OFFICE_STATES),
        (_M.SETTLE, "reviewer", f"{_SETTLES}, and gives a reason"),
        (_M.SETTLE_FINDING, "reviewer", f"{_SETTLES}; keeps, amends or withdraws it, and gives a reason"),
        (_M.APPOINT_SETTLER, "office", _APPOINTED),
        (_M.ATTACH_EVIDENCE, _TEAM, _ASKED),
        (_M.WITHDRAW_EVIDENCE, _TEAM, _GIVEN),
        (_M.ANSWER_REQUEST, _TEAM, _REQUESTED),
        (_M.RAISE_RISK, "reviewer", _RISK),
        (
            _M.CLOSE_CONSENSUS,
            "engine",
            f"{_ALL_SETTLED}; the scheme asks for no check of factual accuracy",
            _S.RECOMMENDATION,
        ),
        (
            _M.SEND_REPORT,
            "engine",
            f"{_ALL_SETTLED}; the scheme asks for a check of factual accuracy",
            _S.FACTUAL_ACCURACY,
        ),
    ),
    *_in(
        _S.FACTUAL_ACCURACY,
        (_M.STATE_PROFILE, "office", _OFFICE_STATES),
        (_M.COMMENT, _TEAM, "it says why the finding is not accurate; where silence is agreement, only in time"),
        (_M.ANSWER_COMMENT, "reviewer", f"{_SETTLES}, and amends or keeps the finding with a reason"),
        (_M.APPOINT_SETTLER, "office", _APPOINTED),
        (_M.AGREE, "team_lead", "every comment is answered", _S.RECOMMENDATION),
        (
            _M.CLOSE_ACCURACY,
            "engine",
            "the time is over, silence is agreement, and every comment is answered",
            _S.RECOMMENDATION,
        ),
    ),
    *_in(
        _S.RECOMMENDATION,
        (_M.STATE_PROFILE, "office", _OFFICE_STATES),
        (_M.RECOMMEND, "engine", "the office has stated its facts; the award's working is kept", _S.DECISION),
    ),
    *_in(
        _S.DECISION,
        (
            _M.DECIDE,
            "committee",
            f"a departure from the recommendation, or a judgement, has a reason; {_NO_STRANGER}",
            _S.PUBLICATION,
        ),
    ),
    *_in(_S.PUBLICATION, (_M.PUBLISH, "office", "a decision is kept", _S.PUBLISHED)),
    *_in(
        _S.PUBLISHED,
        (_M.MEET_CONDITION, "office", "it is put right in time, a reason is given, and no appeal is open"),
        (_M.LAPSE, "engine", "the time of a condition is over, and the scheme says what follows; no appeal is open"),
        (_M.APPEAL, "team_lead", "the scheme has an appeal; a reason is given in time, and it is the first"),
        (
            _M.ANSWER_APPEAL,
            "committee",
            "an appeal is open, and its panel named where the scheme asks for one; nobody who was on the visit hears "
            "or answers it; a reason is given",
        ),
    ),
    *_each(_DATED, _M.DATE_VISIT, "office"),
    *_each(_BEFORE_DECISION, _M.WITHDRAW, "team_lead office", _REASON, _S.WITHDRAWN),
    *_each(_CARRIED, _M.CARRY_OVER, "office"),
    *_each(
        (_S.EVIDENCE, _S.ASSIGNMENT, _S.REVIEW),
        _M.ANSWER_AGAIN,
        "office",
        "under the other edition the team has more to give",
        _S.SELF_ASSESSMENT,
    ),
    *_in(
        _S.REVIEW,
        (
            _M.REVIEW_AGAIN,
            "office",
            "under the other edition a review that is handed in would not mean the same",
            _S.ASSIGNMENT,
        ),
    ),
    *_each(
        (_S.SELF_ASSESSMENT, _S.EVIDENCE, _S.ASSIGNMENT, _S.REVIEW),
        _M.CHALLENGE_INDICATOR,
        _TEAM,
        "a figure is reported that was not challenged; a note says why",
    ),
    *_each(_BEFORE_DECISION, _M.ANSWER_CHALLENGE, "office", "the team challenged a figure; a reason is given"),
)


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
