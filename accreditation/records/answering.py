"""Where the college office has confirmed a whole review team: nothing is left for it there until all have answered."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from accreditation.records.cycles import Cycle
from accreditation.records.invitations import Invitation, InvitationEnd, SeatAnswer, Side
from accreditation.records.proposals import Proposal, ProposalSeat
from accreditation.records.reviewers import Assignment, AssignmentEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Since when everybody of a cycle's team is asked or seated, in which round, and which sides have yet to answer."""

    round: int
    since: datetime
    sides: frozenset[Side]


def answering(session: Session, cycle_ids: Collection[int] | None = None) -> dict[int, Answering]:
    """Of which cycles (of these) is everybody asked or seated whom the newest proposal has, with no seat empty?"""
    asked = _asked(session, cycle_ids)
    if not asked:
        return {}
    rounds = {one.round for one in asked.values()}
    newest = session.exec(select(Proposal).where(col(Proposal.round_id).in_(rounds), _is_newest())).all()
    empty = {seat["cycle"] for row in newest for seat in json.loads(row.told)["empty"]}
    left = empty | _not_asked(session, [row.id or 0 for row in newest])
    return {cycle: one for cycle, one in asked.items() if cycle not in left}


def _asked(session: Session, cycle_ids: Collection[int] | None) -> dict[int, Answering]:
    """The cycles in which somebody is asked, whoever else is not."""
    waits = [
        and_(
            col(until).is_not(None),
            ~exists().where(col(SeatAnswer.invitation_id) == Invitation.id, col(SeatAnswer.side) == side.value),
        )
        for side, until in ((Side.SERVICE, Invitation.service_until), (Side.REVIEWER, Invitation.reviewer_until))
    ]
    query = (
        select(Invitation.cycle_id, Cycle.round_id, Invitation.at, *waits)
        .join(Cycle, col(Cycle.id) == Invitation.cycle_id)
        .where(_open())
    )
    if cycle_ids is not None:
        query = query.where(col(Invitation.cycle_id).in_(list(cycle_ids)))
    found: dict[int, Answering] = {}
    for cycle, number, at, service, reviewer in session.execute(query):
        sides = {side for side, awaited in ((Side.SERVICE, service), (Side.REVIEWER, reviewer)) if awaited}
        known = found.get(cycle, Answering(round=number, since=at, sides=frozenset()))
        found[cycle] = Answering(round=number, since=max(at, known.since), sides=known.sides | sides)
    return found


def _not_asked(session: Session, proposal_ids: Collection[int]) -> set[int]:
    """The cycles of these proposals with somebody who is neither asked nor sits where they are proposed."""
    seat = ProposalSeat
    asked = exists().where(
        col(Invitation.cycle_id) == seat.cycle_id, col(Invitation.reviewer_id) == seat.reviewer_id,
        col(Invitation.role) == seat.role, _open(),
    )  # fmt: skip
    sits = exists().where(
        col(Assignment.cycle_id) == seat.cycle_id, col(Assignment.reviewer_id) == seat.reviewer_id,
        col(Assignment.role) == seat.role,
        ~exists().where(col(AssignmentEnd.assignment_id) == Assignment.id),
    )  # fmt: skip
    query = select(seat.cycle_id).where(col(seat.proposal_id).in_(list(proposal_ids)), ~asked, ~sits)
    return set(session.exec(query.distinct()))


def _open() -> Any:
    return ~exists().where(col(InvitationEnd.invitation_id) == Invitation.id)


def _is_newest() -> Any:
    later = aliased(Proposal)
    return ~exists().where(col(later.round_id) == Proposal.round_id, col(later.number) > Proposal.number)
