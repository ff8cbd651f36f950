"""Rounds: all of them, and one with where its cycles stand and which are late."""

from datetime import datetime

from accreditation.database import Database
from accreditation.records import cycles, editions
from accreditation.records.cycles import Round
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.cycles import CycleRow, row_of
from accreditation.views.looking import Shown

MOST_CYCLES = 100_000
"""No round has more teams than there are services in a country."""


class RoundRow(Shown):
    """A batch of cycles that a college runs together on one edition."""

    id: int
    scheme: str
    name: str
    edition_digest: str
    opened_at: datetime


class Rounds(Shown):
    """All rounds, the newest first."""

    rounds: tuple[RoundRow, ...]


class RoundWhole(RoundRow):
    """A round with the number of cycles in each stage, and the cycles that are late."""

    cycles: int
    stages: dict[Stage, int]
    late: tuple[CycleRow, ...]


def rounds(database: Database, *, principal: Principal) -> Rounds:
    """Which rounds are there?"""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        return Rounds(rounds=tuple(_row(row) for row in cycles.rounds(session)))


def round_whole(database: Database, *, principal: Principal, round_id: int, at: datetime) -> RoundWhole:
    """Where do the cycles of this round stand, and which are late? Raises NotFound."""
    permit(principal, Permission.ROUND_READ)
    with database.reading() as session:
        row = cycles.get_round(session, round_id)
        counts = cycles.stage_counts(session, round_id)
        running = cycles.several(session, round_id=round_id, limit=MOST_CYCLES)
        shown = [row_of(now, editions.scheme_of(session, now.edition_digest), at=at) for now in running]
    return RoundWhole(
        **dict(_row(row)),
        cycles=sum(counts.values()),
        stages={stage: counts[stage] for stage in Stage if stage in counts},
        late=tuple(one for one in shown if one.late),
    )


def _row(row: Round) -> RoundRow:
    return RoundRow(
        id=row.id or 0, scheme=row.scheme, name=row.name, edition_digest=row.edition_digest, opened_at=row.opened_at
    )
