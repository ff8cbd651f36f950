"""What waits for the committee, and who of it may take it on: where nobody may, a cycle stands still unseen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from accreditation.records import credentials, cycles, editions, impartial, people
from accreditation.records.aftermath import open_appeals
from accreditation.records.cycles import Cycle, CycleNow, Round, StageChange, newest_stage
from accreditation.records.teams import Team
from accreditation.records.tokens import Token
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Thing
from accreditation.rules.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """A cycle to be decided about, or whose appeal is to be answered: whose service it is, and in which round."""

    cycle: int
    organisation: int
    scheme: str
    round: int


def awaiting(session: Session, rounds: Collection[int]) -> list[Awaiting]:
    """Every cycle of these rounds that waits for the committee, by id."""
    appeals = [one.cycle_id for one in open_appeals(session)]
    query = (
        columns_of(col(Cycle.id), col(Team.organisation_id), col(Round.scheme), col(Cycle.round_id))
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Round, col(Round.id) == Cycle.round_id)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, newest_stage()))
        .where(or_(col(StageChange.to_stage) == Stage.DECISION.value, col(Cycle.id).in_(appeals)))
        .where(col(Cycle.round_id).in_(list(rounds)))
        .order_by(col(Cycle.id))
    )
    return [
        Awaiting(cycle=cycle, organisation=organisation, scheme=scheme, round=number)
        for cycle, organisation, scheme, number in session.execute(query)
    ]


def awaits(session: Session, several: Collection[CycleNow]) -> list[Awaiting]:
    """Which of these cycles wait for the committee?"""
    published = any(now.stage is Stage.PUBLISHED for now in several)
    appeals = {one.cycle_id for one in open_appeals(session)} if published else set()
    return [
        Awaiting(cycle=now.id, organisation=now.organisation.id or 0, scheme=now.round.scheme, round=now.cycle.round_id)
        for now in several
        if now.stage is Stage.DECISION or now.id in appeals
    ]


def nobody_may(session: Session, several: Collection[Awaiting], *, at: datetime) -> set[int]:
    """About which of these cycles may nobody of the committee decide who can sign in and whose role reaches it?

    Only where there is somebody: each is of the service, was on the visit, or is in conflict with it. A token of the
    committee may decide about all of them.
    """
    token = select(Token.id).where(Token.role == Role.COMMITTEE.value, col(Token.expires_at) > at).limit(1)
    if not several or session.exec(token).first() is not None:
        return set()
    held = people.holding(session, Role.COMMITTEE)
    able = credentials.who_can_sign_in(session, held)
    reach = {
        about: {who for who in able if impartial.decides(held[who], about)}
        for about in {Thing(scheme=one.scheme, round=one.round) for one in several}
    }
    deciding = {one.cycle: reach[Thing(scheme=one.scheme, round=one.round)] for one in several}
    near = impartial.near(session, able)
    doubtful = [
        one.cycle
        for one in several
        if deciding[one.cycle] and all(one.organisation in near[who] for who in deciding[one.cycle])
    ]
    if not doubtful:
        return set()
    asked = cycles.several(session, ids=doubtful)
    rules = {now.id: editions.scheme_of(session, now.edition_digest).assignment for now in asked}
    found = impartial.hindered(session, asked, able, rules, on=at.date())
    return {cycle for cycle in doubtful if deciding[cycle] <= found[cycle].keys()}
