"""Which moves of the table can be made in a cycle now: those of its stage, as far as its scheme and records allow."""

from datetime import datetime

from accreditation.records import (
    challenges,
    evidence_items,
    evidence_requests,
    findings,
    indicators,
    invitations,
    panels,
    reviewers,
    settlers,
)
from accreditation.records.aftermath import Aftermath, aftermath
from accreditation.records.awards import Publication
from accreditation.rules.afterwards import appeal_until
from accreditation.rules.cycle import Move, Stage, Transition
from accreditation.rules.deadlines import due, holidays_of
from accreditation.rules.library import may_take_back
from accreditation.rules.moves import allowed
from accreditation.rules.panels import PanelKind
from accreditation.rules.stating import open_to_office
from accreditation.views.looking import Looked

ONCE_ASKED = frozenset({Stage.ASSIGNMENT, Stage.REVIEW, Stage.CONSENSUS})
"""Stages in which a team gives what a reviewer asked for, and nothing else."""

RATING = frozenset(
    {
        Move.REVIEW, Move.RECORD_FINDING, Move.ASK_EVIDENCE, Move.RAISE_RISK, Move.HAND_IN, Move.SETTLE,
        Move.SETTLE_FINDING, Move.ANSWER_COMMENT,
    }
)  # fmt: skip
"""What a reviewer does who does not merely observe."""

SETTLING = frozenset({Move.SETTLE, Move.SETTLE_FINDING, Move.ANSWER_COMMENT})
"""What whoever settles does, and no other reviewer."""

AFTER_DECISION = frozenset({Move.MEET_CONDITION, Move.LAPSE, Move.APPEAL, Move.ANSWER_APPEAL})

OF_THE_OFFICE = frozenset({Move.PROPOSE, Move.LOCK, Move.SWAP, Move.CONFIRM})
"""What can be done where the scheme has the office confirm review teams; elsewhere the engine assigns them."""


def open_moves(looked: Looked, *, at: datetime) -> tuple[Transition, ...]:
    """What can whoever looks do with this cycle at this moment? In the order of the table.

    To a team and to a reviewer nothing is said that would tell them of what another reviewer does; and nothing is
    looked up that only others can do, so that the time it takes does not tell either.
    """
    rows = [row for row in allowed(looked.now.stage) if looked.principal.role in row.by]
    decided = any(row.move in AFTER_DECISION for row in rows)
    after = aftermath(looked.session, looked.cycle_id) if decided else None
    return tuple(row for row in rows if _is_open(looked, row, after, at))


def _is_open(looked: Looked, row: Transition, after: Aftermath | None, at: datetime) -> bool:
    if row.move is Move.STATE_PROFILE and row.stage is not Stage.SELF_ASSESSMENT:
        return bool(open_to_office(scheme=looked.scheme))
    if row.move in (Move.CLOSE_CONSENSUS, Move.SEND_REPORT):
        return (row.move is Move.SEND_REPORT) == (looked.scheme.factual_accuracy is not None)
    if row.move in OF_THE_OFFICE or row.move is Move.ASSIGN:
        return (row.move in OF_THE_OFFICE) == (looked.scheme.assignment.confirmed_by == "office")
    if row.move in (Move.ACCEPT, Move.DECLINE):  # for whoever is asked, who does not know the cycle yet
        return False
    if row.move is Move.ANSWER:
        asked = invitations.open_ones(looked.session, cycle_ids=[looked.cycle_id])
        return any(one.service_until is not None for one, _ in asked)
    if row.move is Move.COMMENT:
        return _may_comment(looked, at)
    if row.move is Move.ANSWER_REQUEST or (row.move is Move.ATTACH_EVIDENCE and row.stage in ONCE_ASKED):
        return bool(evidence_requests.open_at(looked.session, looked.cycle_id, at))
    if row.move is Move.WITHDRAW_EVIDENCE and row.stage in ONCE_ASKED:
        return _may_take_back(looked, at)
    if row.move is Move.CHALLENGE_INDICATOR:
        return _may_challenge(looked)
    if row.move is Move.ANSWER_CHALLENGE:
        return any(answer is None for _, answer in challenges.of_cycles(looked.session, [looked.cycle_id]))
    if row.move in RATING:
        return _may_review(looked, row.move)
    if row.move in AFTER_DECISION:
        return after is not None and _is_open_after(looked, row.move, after, at)
    return True


def _may_take_back(looked: Looked, at: datetime) -> bool:
    """Was something attached because a reviewer asked for it, and is there time still?"""
    asked = evidence_requests.asked_for(looked.session, looked.cycle_id, at)
    return bool(asked) and any(
        may_take_back(criteria=names, attached_at=item.at, asked=asked)
        for item, names, _ in evidence_items.of_cycle(looked.session, looked.cycle_id)
    )


def _may_challenge(looked: Looked) -> bool:
    """Is a figure shown that was not challenged in this cycle?"""
    shown = indicators.shown(looked.session, scheme=looked.scheme.id, team=looked.now.cycle.team_id)
    asked = {one.id for one in looked.applicable}
    said = {one.value_id for one, _ in challenges.of_cycles(looked.session, [looked.cycle_id])} if shown else set()
    return any(figure.id not in said for name, figure in shown.items() if name in asked)


def _may_review(looked: Looked, move: Move) -> bool:
    """Is it open to a reviewer; to the one who asks, where one does?"""
    if move is Move.ASK_EVIDENCE and looked.scheme.evidence_requests is None:
        return False
    if move is Move.SETTLE_FINDING and not findings.unsettled(looked.session, looked.cycle_id):
        return False
    asks = looked.principal.reviewer
    if asks is not None and move in SETTLING:
        return asks in settlers.who_settles(looked.session, cycle_id=looked.cycle_id, scheme=looked.scheme).reviewers
    rows = [] if asks is None else reviewers.sitting(looked.session, cycle_ids=[looked.cycle_id], reviewer_id=asks)
    if move is Move.ASK_EVIDENCE and rows and not _may_ask(looked, rows[0][0].id or 0):
        return False
    return not any(looked.scheme.observes(seat.role) for seat, _ in rows)


def _may_ask(looked: Looked, seat: int) -> bool:
    """Has whoever sits there asked less often than the scheme lets them?"""
    rule = looked.scheme.evidence_requests
    asked = evidence_requests.of_cycle(looked.session, looked.cycle_id, seats=[seat])
    return rule is not None and len(asked) < rule.most


def _may_comment(looked: Looked, at: datetime) -> bool:
    """Where silence is agreement, what is not accurate can be said until the time is over."""
    check = looked.scheme.factual_accuracy
    off = holidays_of(scheme=looked.scheme, profile=looked.now.profile)
    end = due(
        stage=looked.now.stage, since=looked.now.change.at, timetable=looked.scheme.timetable, holidays=off,
        accuracy=check,
    )  # fmt: skip
    return check is None or check.silence == "waits" or end is None or at <= end


def _is_open_after(looked: Looked, move: Move, after: Aftermath, at: datetime) -> bool:
    match move:
        case Move.APPEAL:
            return after.appeal is None and not after.changes and _in_time(looked, at)
        case Move.ANSWER_APPEAL:
            return after.appeal_open and _panel_is_named(looked)
        case Move.MEET_CONDITION:
            return not after.appeal_open and any(not one.met and at.date() <= one.due_on for one in after.asked)
        case _:
            return not after.appeal_open and any(not one.met for one in after.asked)


def _panel_is_named(looked: Looked) -> bool:
    """Are as many named to hear an appeal as the scheme asks for?"""
    rule = looked.scheme.appeal
    if rule is None or rule.panel is None:
        return True
    rows = panels.members(looked.session, [looked.cycle_id])
    return sum(row.kind == PanelKind.APPEAL for row in rows) >= rule.panel


def _in_time(looked: Looked, at: datetime) -> bool:
    published, rule = looked.session.get(Publication, looked.cycle_id), looked.scheme.appeal
    if published is None or rule is None:
        return False
    off = holidays_of(scheme=looked.scheme, profile=looked.now.profile)
    return at.date() <= appeal_until(rule, told=published.at, holidays=off)
