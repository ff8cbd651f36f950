"""Where every view of a cycle begins: what stands, and whether this principal may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from accreditation.database import Session
from accreditation.records import cycles, editions, reviewers, visit_days
from accreditation.records.cycles import CycleNow
from accreditation.rules.people import CycleStanding, Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Criterion, Scheme

COLLEGE = frozenset({Role.OFFICE, Role.COMMITTEE, Role.ENGINE})
"""The roles that act for the college."""


class Shown(BaseModel):
    """What every view hands back: a value that cannot change."""

    model_config = ConfigDict(frozen=True)


class VisitShown(Shown):
    """From the first day of the visit to its last, both included."""

    first: date
    last: date


def visits_shown(session: Session, cycle_ids: Iterable[int]) -> dict[int, VisitShown]:
    """Cycle -> the days of its visit; nothing of a cycle whose visit has none yet."""
    found = visit_days.days_of(session, cycle_ids)
    return {cycle: VisitShown(first=days.first, last=days.last) for cycle, days in found.items()}


T = TypeVar("T")


class Page(Shown, Generic[T]):
    """A part of a list. `next_after` is the `after` of the next part; null where this is the last."""

    items: tuple[T, ...]
    next_after: int | None = Field(description="Ask again with after=this for the next part; null at the end.")


def page(items: Sequence[T], keys: Sequence[int], *, limit: int) -> Page[T]:
    """One part of a list whose entries have these keys; a full part may have a next one."""
    return Page(items=tuple(items), next_after=keys[-1] if keys and len(keys) == limit else None)


class Part(Shown, Generic[T]):
    """A page of a list by name: `total` is how many there are on all `pages`."""

    items: tuple[T, ...]
    total: int
    page: int
    pages: int


def part(items: Sequence[T], *, page: int, size: int, total: int) -> Part[T]:
    """This page of so many things."""
    return Part(items=tuple(items), total=total, page=page, pages=max(1, -(-total // size)))


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One cycle before the eyes of one principal, inside one reading session."""

    session: Session
    principal: Principal
    now: CycleNow
    scheme: Scheme

    @property
    def cycle_id(self) -> int:
        """The cycle's id."""
        return self.now.id

    @property
    def by_college(self) -> bool:
        """Does somebody of the college look?"""
        return self.principal.role in COLLEGE

    @property
    def by_team(self) -> bool:
        """Does somebody of the team look, who is told of no reviewer what they asked, found or settled?"""
        return self.principal.team is not None

    @property
    def applicable(self) -> tuple[Criterion, ...]:
        """The criteria that apply to this cycle, in the order of the standard."""
        return self.scheme.applicable(self.now.profile)


def look(session: Session, *, principal: Principal, permission: Permission, cycle_id: int) -> Looked:
    """Look at this cycle. Raises NotFound or NotPermitted where the principal may not."""
    seats = reviewers.own_seats(session, cycle_id, principal)
    now = cycles.now(session, cycle_id)
    permit(principal, permission, CycleStanding(team=now.cycle.team_id, reviewers=seats))
    scheme = editions.scheme_of(session, now.edition_digest)
    return Looked(session=session, principal=principal, now=now, scheme=scheme)
