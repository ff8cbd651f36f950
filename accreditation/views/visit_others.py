"""After handing in: what the others of the review team found beside one's own, and what is left to agree on."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records.settlers import who_settles
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.scheme.scale import ScaleRating
from accreditation.views.findings import Findings, findings_of
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.own_criterion import Asked
from accreditation.views.own_visits import OwnVisit
from accreditation.views.reviews import CriterionSideBySide, SideBySide, side_by_side
from accreditation.views.visit_desk import own_visit
from accreditation.views.visited_criterion import asked_of_reviewers


class Scales(Shown):
    """How a criterion is rated by reviewers, and in which words its ratings are told."""

    scale: dict[str, ScaleRating]
    unit: str


class Settles(Shown):
    """A reviewer who settles now what differs, and the title of their role."""

    reviewer: int
    name: str
    title: str


class VisitOthers(Shown):
    """What a reviewer may see of the others by now; before the own hand-in, nothing of them."""

    visit: OwnVisit
    me: int = Field(description="The reviewer who asks.")
    sides: SideBySide
    findings: Findings
    scales: dict[str, Scales]
    settlers: tuple[Settles, ...] = Field(description="Who settles what differs, while that is to be settled.")
    moves: frozenset[Move] = Field(description="What the reviewer can do with the cycle now.")


class ToSettle(Shown):
    """One criterion, with every rating that the reviewer may see, and how it is settled or was."""

    visit: OwnVisit
    me: int = Field(description="The reviewer who asks.")
    criterion: CriterionSideBySide
    statement: str
    scales: Scales
    asked: Asked
    settlers: tuple[Settles, ...]
    waits: bool
    may_settle: bool
    settled: Answer | None


def visit_others(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> VisitOthers:
    """What did the others find? Only what is handed in, and only once the asker handed in. Raises NotFound."""
    sides = side_by_side(database, principal=principal, cycle_id=cycle_id)
    found = findings_of(database, principal=principal, cycle_id=cycle_id)
    visit = own_visit(database, principal=principal, cycle_id=cycle_id, at=at)
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_READ, cycle_id=cycle_id)
        return VisitOthers(
            visit=visit, me=principal.reviewer or 0, sides=sides, findings=found,
            scales={one.id: _scales(looked, one.id) for one in sides.criteria}, settlers=_settlers(looked),
            moves=frozenset(one.move for one in open_moves(looked, at=at)),
        )  # fmt: skip


def to_settle(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, at: datetime
) -> ToSettle:  # fmt: skip
    """One criterion before whoever settles. Raises NotFound, also where the cycle has no such criterion."""
    found = visit_others(database, principal=principal, cycle_id=cycle_id, at=at)
    side = next((one for one in found.sides.criteria if one.id == criterion), None)
    if side is None:
        raise NotFound(f"The cycle has no criterion {criterion}.")
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_READ, cycle_id=cycle_id)
        about = looked.scheme.by_id[criterion]
        return ToSettle(
            visit=found.visit, me=found.me, criterion=side, statement=about.statement, scales=found.scales[criterion],
            asked=asked_of_reviewers(looked.scheme, about), waits=criterion in found.sides.to_settle,
            settlers=found.settlers,
            may_settle=Move.SETTLE in found.moves,
            settled=None if side.settlement is None else side.settlement.answer,
        )  # fmt: skip


def _settlers(looked: Looked) -> tuple[Settles, ...]:
    if looked.now.stage is not Stage.CONSENSUS:
        return ()
    found = who_settles(looked.session, cycle_id=looked.cycle_id, scheme=looked.scheme)
    return tuple(
        Settles(reviewer=seat.reviewer_id, name=who.name, title=looked.scheme.title_of(seat.role))
        for seat, who in found.seats
    )


def _scales(looked: Looked, criterion: str) -> Scales:
    about = looked.scheme.by_id[criterion]
    return Scales(scale=looked.scheme.scale_of(about, "reviewer"), unit=getattr(about.measure, "unit", "") or "")
