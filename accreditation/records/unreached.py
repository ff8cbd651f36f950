"""Whose turn it is and who cannot come: nobody who was let in for it can sign in, and no token stands for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import and_, bindparam, exists, func, null, or_, union, union_all
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from accreditation.records.credentials import Identity, Password
from accreditation.records.cycles import Cycle, StageChange, newest_stage
from accreditation.records.invitations import Invitation, InvitationEnd, SeatAnswer, Side
from accreditation.records.people import RoleGrant, RoleGrantEnd, taken
from accreditation.records.reviewers import Assignment, AssignmentEnd, Reviewer
from accreditation.records.reviews import HandIn
from accreditation.records.teams import Organisation, OrganisationMerger, Team
from accreditation.records.tokens import Token
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Reach
from accreditation.rules.people import Role

TEAMS_TURN = frozenset({Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.FACTUAL_ACCURACY})
"""Stages in which it is the team's turn: its lead alone can end them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Somebody whose turn it is in a cycle and who cannot sign in: its team's lead, or the reviewer of this name.

    `invited` where somebody was let in as them and has not chosen how to sign in.
    """

    cycle: int
    team_id: int = 0
    team: str
    organisation: str
    reviewer: str = ""
    invited: bool


Of = Literal["cycles", "rounds"]
"""Whether it is asked of these cycles, or of all cycles of these rounds."""


def leads(
    session: Session, of: Of, ids: Collection[int], *, at: datetime, limit: int
) -> tuple[list[Unreached], int]:  # fmt: skip
    """In which cycles is it the turn of a team whose lead cannot sign in, that first which waits longest?

    So many of them, and how many there are.
    """
    rows = session.execute(_leads(of), _values(ids, at, limit)).all()
    found = [
        Unreached(cycle=cycle, team_id=number, team=team, organisation=organisation, invited=bool(invited))
        for cycle, number, team, organisation, invited, _ in rows
    ]
    return found, rows[0][-1] if rows else 0


def reviewers(
    session: Session, of: Of, ids: Collection[int], *, at: datetime, limit: int
) -> tuple[list[Unreached], int]:  # fmt: skip
    """Which reviewers are to answer an invitation or to hand in, and cannot sign in? So many, and how many are."""
    rows = session.execute(_reviewers(of), _values(ids, at, limit)).all()
    found = [
        Unreached(cycle=cycle, team=team, organisation=organisation, reviewer=name, invited=bool(invited))
        for cycle, team, organisation, name, invited, _ in rows
    ]
    return found, rows[0][-1] if rows else 0


def reviewers_of(session: Session, reviewer_ids: Collection[int], *, at: datetime) -> dict[int, bool]:
    """Who of these reviewers cannot sign in -> whether somebody was let in as them, and has not chosen how."""
    found = session.execute(_reviewers_of(), {"ids": list(reviewer_ids), "at": at})
    return {one: bool(invited) for one, invited in found}


def committee(session: Session, *, at: datetime) -> Reach:
    """How far reaches whoever of the committee can sign in?"""
    found = session.execute(_committee(), {"at": at}).all()
    return Reach(
        whole=any(bounds == (None, None) for bounds in found),
        schemes=frozenset(scheme for scheme, _ in found if scheme is not None),
        rounds=frozenset(number for _, number in found if number is not None),
    )


def _values(ids: Collection[int], at: datetime, limit: int) -> dict[str, object]:
    return {"ids": list(ids), "at": at, "most": limit}


# Each question is made once: to make one costs more than to ask it.


@cache
def _leads(of: Of) -> Any:
    able = or_(
        col(Team.id).in_(union(_let_in(Role.TEAM_LEAD, col(RoleGrant.team_id), able=True), _tokens_of_leads())),
        col(Team.organisation_id).in_(_organisations(able=True)),
    )
    invited = or_(
        col(Team.id).in_(_let_in(Role.TEAM_LEAD, col(RoleGrant.team_id), able=False)),
        col(Team.organisation_id).in_(_organisations(able=False)),
    )
    return (
        _named(columns_of(col(Cycle.id), col(Team.id), col(Team.name), col(Organisation.name), invited, TOTAL), of)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, newest_stage()))
        .where(col(StageChange.to_stage).in_([one.value for one in TEAMS_TURN]), ~able)
        .order_by(col(StageChange.at), col(Cycle.id))
        .limit(bindparam("most"))
    )


@cache
def _reviewers(of: Of) -> Any:
    due = union_all(_to_answer(), _to_hand_in()).subquery()
    columns = (col(Cycle.id), col(Team.name), col(Organisation.name), col(Reviewer.name), _is_invited(), TOTAL)
    return (
        _named(columns_of(*columns), of)
        .join(due, due.c.cycle_id == Cycle.id)
        .join(Reviewer, col(Reviewer.id) == due.c.reviewer_id)
        .where(_cannot_come())
        .order_by(col(Reviewer.name), col(Cycle.id))
        .limit(bindparam("most"))
    )


@cache
def _reviewers_of() -> Any:
    return columns_of(col(Reviewer.id), _is_invited()).where(
        col(Reviewer.id).in_(bindparam("ids", expanding=True)), _cannot_come()
    )  # fmt: skip


@cache
def _committee() -> Any:
    able = _let_in(Role.COMMITTEE, col(RoleGrant.id), able=True)
    by_grant = columns_of(col(RoleGrant.scheme), col(RoleGrant.round_id)).where(col(RoleGrant.id).in_(able))
    by_token = columns_of(null(), null()).where(exists(_by_token(Role.COMMITTEE, col(Token.id))))
    return union(by_grant, by_token)


TOTAL = func.count().over()


def _named(query: Any, of: Of) -> Any:
    key = col(Cycle.id) if of == "cycles" else col(Cycle.round_id)
    return (
        query.select_from(Cycle)
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(key.in_(bindparam("ids", expanding=True)))
    )


def _is_invited() -> Any:
    return col(Reviewer.id).in_(_let_in(Role.REVIEWER, col(RoleGrant.reviewer_id), able=False))


def _cannot_come() -> Any:
    able = _let_in(Role.REVIEWER, col(RoleGrant.reviewer_id), able=True)
    return col(Reviewer.id).not_in(union(able, _by_token(Role.REVIEWER, col(Token.reviewer_id))))


def _organisations(*, able: bool) -> Any:
    """Every organisation all of whose teams somebody leads (who is able to come), with what it became a part of."""
    led = _let_in(Role.TEAM_LEAD, col(RoleGrant.organisation_id).label("id"), able=able).cte(recursive=True)
    into = columns_of(col(OrganisationMerger.into_id)).join(led, led.c.id == OrganisationMerger.organisation_id)
    return columns_of(led.union(into).c.id)


def _let_in(role: Role, what: Any, *, able: bool) -> Any:
    """What the grants of this role are bound to, that hold now; of those alone who can sign in, where `able`."""
    ended = columns_of(col(RoleGrantEnd.grant_id))
    query = columns_of(what).where(
        col(RoleGrant.role) == role.value, what.is_not(None), col(RoleGrant.id).not_in(ended)
    )  # fmt: skip
    if not able:
        return query
    query = query.where(taken())  # whom a lead offered the role can do nothing before they take it
    ways = union(columns_of(col(Password.person_id)), columns_of(col(Identity.person_id)))
    return query.where(col(RoleGrant.person_id).in_(ways))


def _tokens_of_leads() -> Any:
    return _by_token(Role.TEAM_LEAD, col(Token.team_id))


def _by_token(role: Role, what: Any) -> Any:
    held = col(Token.expires_at) > bindparam("at")
    return columns_of(what).where(col(Token.role) == role.value, what.is_not(None), held)


def _to_answer() -> Any:
    """(cycle, reviewer) of everybody who is asked to take a visit on and has not answered."""
    answered = columns_of(col(SeatAnswer.invitation_id)).where(col(SeatAnswer.side) == Side.REVIEWER.value)
    return columns_of(col(Invitation.cycle_id), col(Invitation.reviewer_id)).where(
        col(Invitation.reviewer_until).is_not(None),
        col(Invitation.id).not_in(columns_of(col(InvitationEnd.invitation_id))),
        col(Invitation.id).not_in(answered),
    )


def _to_hand_in() -> Any:
    """(cycle, reviewer) of everybody who sits in the review team of a cycle in review and has not handed in."""
    return (
        columns_of(col(Assignment.cycle_id), col(Assignment.reviewer_id))
        .join(StageChange, and_(col(StageChange.cycle_id) == Assignment.cycle_id, newest_stage()))
        .where(
            col(StageChange.to_stage) == Stage.REVIEW.value,
            col(Assignment.id).not_in(columns_of(col(AssignmentEnd.assignment_id))),
            col(Assignment.id).not_in(columns_of(col(HandIn.assignment_id))),
        )
    )
