"""Who is proposed for the review teams of a round, and what the college office confirmed: appended, never overwritten.

The newest proposal of a round stands. It has the seats of every team that waited when it was made, those that stood
already among them.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime
from accreditation.records.cycles import Cycle, StageChange, newest_stage
from accreditation.rules.cycle import Stage
from accreditation.rules.matching import Figures, Seated, Unfilled
from accreditation.rules.proposed import HOWS, ProposedSeat
from accreditation.rules.proposing import Content
from accreditation.rules.wishes import Wish, Wishes


class Proposal(SQLModel, table=True):
    """Review teams as they were proposed at a moment; the highest number of a round stands.

    `question` is the digest of everything that it depends on. `wishes` are the seats that the office fixed (with the
    rules set aside for them, and why) or keeps somebody out of, as JSON; `told` has what is empty and why, what would
    fill it, who loses a seat, and the figures, as JSON. A proposal of before says nothing of what would fill it or of
    rules set aside.
    """

    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    number: int
    question: str = Field(max_length=64)
    wishes: str
    told: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class ProposalSeat(SQLModel, table=True):
    """Somebody in a seat of a proposal: why, and how they come to it (proposed, locked, swapped or kept)."""

    __tablename__ = "proposal_seat"

    proposal_id: int = Field(foreign_key="proposal.id", primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    reviewer_id: int = Field(foreign_key="reviewer.id", primary_key=True)
    role: str
    why: str
    how: str


class ProposalConfirmation(SQLModel, table=True):
    """The college office confirmed the team that a proposal has for a cycle."""

    __tablename__ = "proposal_confirmation"

    proposal_id: int = Field(foreign_key="proposal.id", primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", primary_key=True)
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def newest(session: Session, round_id: int) -> Proposal | None:
    """The proposal of this round that stands, if there is one."""
    query = select(Proposal).where(Proposal.round_id == round_id)
    return session.exec(query.order_by(col(Proposal.number).desc()).limit(1)).first()


def every(session: Session, round_id: int) -> list[Proposal]:
    """All proposals of this round, the newest first."""
    query = select(Proposal).where(Proposal.round_id == round_id)
    return list(session.exec(query.order_by(col(Proposal.number).desc())))


def numbered(session: Session, round_id: int, number: int) -> Proposal | None:
    """The proposal of this round with this number, if there is one."""
    query = select(Proposal).where(Proposal.round_id == round_id, Proposal.number == number)
    return session.exec(query).first()


MOST_NAMED = 500
"""Up to so many cycles the database is asked for these alone; beyond, for all."""


def seats(session: Session, proposal_id: int, *, cycle_ids: Collection[int] | None = None) -> list[ProposalSeat]:
    """The seats of this proposal (in these cycles' teams), by cycle, role and reviewer."""
    query = select(ProposalSeat).where(ProposalSeat.proposal_id == proposal_id)
    if cycle_ids is not None and len(cycle_ids) <= MOST_NAMED:
        query = query.where(col(ProposalSeat.cycle_id).in_(list(cycle_ids)))
    ordered = query.order_by(col(ProposalSeat.cycle_id), col(ProposalSeat.role), col(ProposalSeat.reviewer_id))
    return list(session.exec(ordered))


def append(
    session: Session, *, round_id: int, question: str, wishes: Wishes, content: Content, by: str, at: datetime
) -> Proposal:
    """Append a proposal that says this, with the next number of its round."""
    last = newest(session, round_id)
    told = {
        "empty": [asdict(one) for one in content.empty],
        "left": [asdict(one) for one in content.left],
        "figures": asdict(content.figures),
        "proven": content.proven,
        "blocks": content.blocks,
        "ways_out": content.ways_out,
    }
    row = Proposal(
        round_id=round_id, number=1 if last is None else last.number + 1, question=question,
        wishes=json.dumps(asdict(wishes), sort_keys=True), told=json.dumps(told, sort_keys=True), by=by, at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add_all(
        ProposalSeat(
            proposal_id=row.id or 0, cycle_id=one.cycle, reviewer_id=one.reviewer, role=one.role, why=one.why,
            how=one.how,
        )
        for one in content.seats
    )  # fmt: skip
    session.flush()
    return row


def wishes_of(proposal: Proposal | None) -> Wishes:
    """What the office wished when this proposal was made; nothing, where there is none."""
    if proposal is None:
        return Wishes()
    told = json.loads(proposal.wishes)
    return Wishes(
        seats=tuple(Wish(**{**one, "whatever": tuple(one.get("whatever", ()))}) for one in told["seats"]),
        out=tuple((cycle, who) for cycle, who in told["out"]),
    )


def confirmations(session: Session, round_id: int) -> dict[int, ProposalConfirmation]:
    """Cycle -> when its team was confirmed last in this round, and by whom; the last first."""
    query = select(ProposalConfirmation).join(Proposal, col(Proposal.id) == ProposalConfirmation.proposal_id)
    found: dict[int, ProposalConfirmation] = {}
    for row in session.exec(query.where(Proposal.round_id == round_id).order_by(col(ProposalConfirmation.at).desc())):
        found.setdefault(row.cycle_id, row)
    return found


def without_team(session: Session) -> dict[int, int]:
    """Round -> how many of its cycles have no complete review team yet, of those that have any."""
    query = (
        select(Cycle.round_id, func.count())
        .select_from(Cycle)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, newest_stage()))
        .where(StageChange.to_stage == Stage.ASSIGNMENT.value)
        .group_by(col(Cycle.round_id))
        .order_by(col(Cycle.round_id))
    )
    return dict(session.exec(query).all())


def waived(session: Session, round_ids: Collection[int]) -> set[tuple[int, int, str]]:
    """(cycle, reviewer, rule) of the rules that the office has set aside in these rounds, as they stand."""
    return {
        (one.cycle, one.reviewer, one.rule)
        for round_id in round_ids
        for one in wishes_of(newest(session, round_id)).waived
    }


def figures_of(proposal: Proposal) -> Figures:
    """How good are its teams, over the whole round?"""
    told = json.loads(proposal.told)["figures"]
    return Figures(**{one.name: told[one.name] for one in fields(Figures) if one.name in told})


def content_of(session: Session, proposal: Proposal, *, cycles: Collection[int] | None = None) -> Content:
    """What this proposal says (of these cycles)."""
    told = json.loads(proposal.told)
    content = Content(
        seats=tuple(
            ProposedSeat(cycle=one.cycle_id, role=one.role, reviewer=one.reviewer_id, why=one.why, how=HOWS[one.how])
            for one in seats(session, proposal.id or 0, cycle_ids=cycles)
        ),
        empty=tuple(Unfilled(**one) for one in told["empty"]),
        left=tuple(Seated(**one) for one in told["left"]),
        figures=figures_of(proposal),
        proven=told["proven"],
        blocks=tuple(told.get("blocks", ())),
        ways_out=tuple(told.get("ways_out", ())),
    )
    return content if cycles is None else content.of(cycles)
