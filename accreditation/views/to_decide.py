"""What waits for the committee: cycles to decide, with what the rules recommend, and appeals to answer."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import aftermath, awards, cycles, editions
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Reach
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.glance import Asked, CycleAtAGlance, at_a_glance, items
from accreditation.views.looking import Shown


class Decidable(CycleAtAGlance):
    """A cycle that waits for its decision. `recommended` is the title of what the rules recommend."""

    recommended: str
    judgement: bool = Field(description="Whether the rules are silent.")


class Appealed(CycleAtAGlance):
    """A published cycle whose team appeals."""

    lodged_at: datetime


class ToDecide(Shown):
    """What waits, a page of it; appeals are few, and all of them are there."""

    items: tuple[Decidable, ...]
    total: int
    page: int
    pages: int
    appeals: tuple[Appealed, ...]


def to_decide(database: Database, *, principal: Principal, reach: Reach, page: int, at: datetime) -> ToDecide:
    """What waits for the committee, as far as this principal's role reaches? Raises NotPermitted."""
    permit(principal, Permission.AWARD_DECIDE)
    asked = Asked(stage=Stage.DECISION, page=page)
    found = at_a_glance(database, principal=principal, reach=reach, asked=asked, at=at)
    with database.reading() as session:
        said = awards.recommendations(session, [one.id for one in found.items])
        lodged = {one.cycle_id: one.at for one in aftermath.open_appeals(session)}
        rounds = [row for row in cycles.rounds(session) if reach.has(scheme=row.scheme, round=row.id or 0)]
        appealed = items(session, list(lodged), rounds, at, principal) if lodged else ()
        schemes = {one.id: editions.scheme_of(session, one.edition_digest) for one in found.items}
    outcomes = {one: schemes[one].outcome(row.outcome) for one, row in said.items()}
    return ToDecide(
        total=found.total, page=found.page, pages=found.pages,
        items=tuple(
            Decidable(**dict(one), recommended=outcomes[one.id].title, judgement=outcomes[one.id].judgement)
            for one in found.items
        ),
        appeals=tuple(Appealed(**dict(one), lodged_at=lodged[one.id]) for one in appealed),
    )  # fmt: skip
