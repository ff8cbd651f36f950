"""Every stage a cycle went through, and why."""

from collections.abc import Iterable
from datetime import datetime

from accreditation.database import Database
from accreditation.records import cycles
from accreditation.records.cycles import StageChange
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Looked, Shown, look


class StageEntered(Shown):
    """The cycle entered a stage. `from_stage` is null where it began."""

    number: int
    from_stage: Stage | None
    to_stage: Stage
    move: str
    by: str
    reason: str
    at: datetime


class History(Shown):
    """Every stage a cycle went through, the first one first."""

    cycle: int
    stages: tuple[StageEntered, ...]


def history(database: Database, *, principal: Principal, cycle_id: int) -> History:
    """Which way did this cycle go? The committee's reason is the college's alone until it is published."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.CYCLE_READ, cycle_id=cycle_id)
        return History(cycle=cycle_id, stages=entered(looked, cycles.history(session, cycle_id)))


def entered(looked: Looked, changes: Iterable[StageChange]) -> tuple[StageEntered, ...]:
    """These changes of the cycle's stage, as whoever looks may see them."""
    hidden = not looked.by_college and looked.now.stage is not Stage.PUBLISHED
    return tuple(
        StageEntered(
            number=row.number, from_stage=None if row.from_stage is None else Stage(row.from_stage),
            to_stage=Stage(row.to_stage), move=row.move, by=row.by, at=row.at,
            reason="" if hidden and row.move == Move.DECIDE.value else row.reason,
        )
        for row in changes
    )  # fmt: skip
