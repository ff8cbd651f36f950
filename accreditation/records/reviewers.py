"""Reviewers, the conflicts they declared, and the review teams they sit in."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.errors import NotFound
from accreditation.records import people
from accreditation.records.cycles import Cycle
from accreditation.records.tokens import Token
from accreditation.rules.people import Principal, Role


class Reviewer(SQLModel, table=True):
    """Somebody who reviews: by which roles, employed where (nowhere, for many lay reviewers), how many a round."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    roles: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    capacity: int

    @property
    def role_set(self) -> frozenset[str]:
        """The roles this reviewer can take."""
        return frozenset(json.loads(self.roles))


class DeclaredConflict(SQLModel, table=True):
    """A reviewer has a conflict of interest with an organisation. The reason is for the college alone."""

    __tablename__ = "declared_conflict"
    __table_args__ = (UniqueConstraint("reviewer_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    reviewer_id: int = Field(foreign_key="reviewer.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class Assignment(SQLModel, table=True):
    """A reviewer sits in the review team of a cycle, in a role, for a reason that can be told."""

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True)
    role: str
    why: str
    at: datetime = Field(sa_type=UTCDateTime)


class Left(StrEnum):
    """How somebody left a review team."""

    CONFLICT = "conflict"
    STEPPED_DOWN = "stepped_down"
    TAKEN_OFF = "taken_off"
    GIVEN_UP = "given_up"
    DISSOLVED = "dissolved"


NOT_AGAIN = frozenset({Left.CONFLICT, Left.STEPPED_DOWN, Left.TAKEN_OFF})
"""After these nobody is proposed for the same visit again."""


class AssignmentEnd(SQLModel, table=True):
    """The reviewer left the review team; what they had rated stays kept.

    `how` is a `Left`, empty in old rows. `reason` is what they or the office said, for the college alone.
    `proposal_id` is the proposal of the round that stood then, if there was one.
    """

    __tablename__ = "assignment_end"

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    how: str = Field(default="", sa_column_kwargs={"server_default": ""})
    reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    proposal_id: int | None = None
    at: datetime = Field(sa_type=UTCDateTime)


class AssignmentBlock(SQLModel, table=True):
    """Why no review team could be found for a cycle at that moment."""

    __tablename__ = "assignment_block"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    reason: str
    at: datetime = Field(sa_type=UTCDateTime)


def get(session: Session, reviewer_id: int) -> Reviewer:
    """The reviewer with this id. Raises NotFound."""
    row = session.get(Reviewer, reviewer_id)
    if row is None:
        raise NotFound(f"There is no reviewer {reviewer_id}.")
    return row


def named(session: Session, name: str) -> Reviewer | None:
    """The reviewer of this name, if there is one. Nobody has one that cannot be printed: PostgreSQL takes no NUL."""
    if not name.isprintable():
        return None
    return session.exec(select(Reviewer).where(Reviewer.name == name)).first()


def pool(session: Session, only: Collection[int] | None = None) -> list[Reviewer]:
    """All reviewers, or only these; by id."""
    query = select(Reviewer).order_by(col(Reviewer.id))
    return list(session.exec(query if only is None else query.where(col(Reviewer.id).in_(list(only)))))


def declared(session: Session, only: Collection[int] | None = None) -> list[DeclaredConflict]:
    """All declared conflicts, or those of these reviewers alone; by id."""
    query = select(DeclaredConflict).order_by(col(DeclaredConflict.id))
    return list(session.exec(query if only is None else query.where(col(DeclaredConflict.reviewer_id).in_(list(only)))))


def declared_by(session: Session, reviewer_id: int) -> list[DeclaredConflict]:
    """The conflicts that were declared of this reviewer, by id."""
    mine = select(DeclaredConflict).where(DeclaredConflict.reviewer_id == reviewer_id)
    return list(session.exec(mine.order_by(col(DeclaredConflict.id))))


def conflict_between(session: Session, *, reviewer_id: int, organisation_id: int) -> DeclaredConflict | None:
    """The conflict this reviewer declared with this organisation, if there is one."""
    return session.exec(
        select(DeclaredConflict).where(
            DeclaredConflict.reviewer_id == reviewer_id, DeclaredConflict.organisation_id == organisation_id
        )
    ).first()


@once_a_moment
def sitting(
    session: Session,
    *,
    cycle_ids: Iterable[int] | None = None,
    round_id: int | None = None,
    reviewer_id: int | None = None,
) -> list[tuple[Assignment, Reviewer]]:
    """Who sits in the review teams now (of these cycles, of this round, this reviewer)? By assignment id."""
    query = (
        select(Assignment, Reviewer)
        .join(Reviewer, col(Reviewer.id) == Assignment.reviewer_id)
        .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id, isouter=True)
        .where(col(AssignmentEnd.assignment_id).is_(None))
        .order_by(col(Assignment.id))
    )
    if cycle_ids is not None:
        query = query.where(col(Assignment.cycle_id).in_(list(cycle_ids)))
    if round_id is not None:
        query = query.join(Cycle, col(Cycle.id) == Assignment.cycle_id).where(Cycle.round_id == round_id)
    if reviewer_id is not None:
        query = query.where(Assignment.reviewer_id == reviewer_id)
    return list(session.exec(query))


def left(session: Session, *, cycle_ids: Iterable[int]) -> list[tuple[Assignment, AssignmentEnd]]:
    """Who sat in the review teams of these cycles and does not any more, and how that came? By assignment id."""
    query = (
        select(Assignment, AssignmentEnd)
        .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id)
        .where(col(Assignment.cycle_id).in_(list(cycle_ids)))
        .order_by(col(Assignment.id))
    )
    return list(session.exec(query))


def names_of_seats(session: Session, assignment_ids: Iterable[int]) -> dict[int, str]:
    """Assignment -> the name of its reviewer; of those who left too."""
    wanted = list(assignment_ids)
    query = select(Assignment.id, Reviewer.name).join(Reviewer, col(Reviewer.id) == Assignment.reviewer_id)
    found = session.exec(query.where(col(Assignment.id).in_(wanted))) if wanted else ()
    return {seat or 0: name for seat, name in found}


def last_block(session: Session, cycle_id: int) -> AssignmentBlock | None:
    """The newest reason why no review team was found, if there was one."""
    query = select(AssignmentBlock).where(AssignmentBlock.cycle_id == cycle_id)
    return session.exec(query.order_by(col(AssignmentBlock.id).desc()).limit(1)).first()


def own_seats(session: Session, cycle_id: int, principal: Principal) -> frozenset[int]:
    """What permissions need to know of who reviews this cycle: whether the reviewer who asks does.

    Asked before anybody looks whether there is such a cycle, so that a visit of others takes as long as none.
    """
    if principal.role is not Role.REVIEWER or principal.reviewer is None:
        return frozenset()
    rows = sitting(session, cycle_ids=[cycle_id], reviewer_id=principal.reviewer)
    return frozenset(assignment.reviewer_id for assignment, _ in rows)


def was_there(session: Session, cycle_id: int, principal: Principal) -> bool:
    """Did this person ever sit in the review team of the cycle: as a reviewer, by name, or by another account or token?

    Who left it in between was there too.
    """
    ever = select(Reviewer).join(Assignment, col(Assignment.reviewer_id) == Reviewer.id)
    sits = {row.id: row.name for row in session.exec(ever.where(Assignment.cycle_id == cycle_id))}
    theirs = select(Token.name).where(col(Token.reviewer_id).in_(list(sits)))
    own = people.reviewers_named(session, principal.name)
    return (
        principal.reviewer in sits
        or not own.isdisjoint(sits)
        or principal.name in {*sits.values(), *session.exec(theirs)}
    )
