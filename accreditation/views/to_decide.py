"""What waits for the committee: cycles to decide, with what the rules recommend, and appeals to answer."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import aftermath, awards, cycles, editions, impartial, people
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Reach
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.glance import Asked, CycleAtAGlance, at_a_glance, items
from accreditation.views.looking import Shown


class Decidable(CycleAtAGlance):
    """A cycle that waits for its decision. `recommended` is the title of what the rules recommend."""

    recommended: str
    judgement: bool = Field(description="Whether the rules are silent.")
    hinders: str = Field(description="What keeps whoever asks from deciding; empty where nothing does.")


class Appealed(CycleAtAGlance):
    """A published cycle whose team appeals."""

    lodged_at: datetime
    hinders: str = Field(description="What keeps whoever asks from answering; empty where nothing does.")


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
        schemes = {one.id: editions.scheme_of(session, one.edition_digest) for one in (*found.items, *appealed)}
        hinders = _hinders(session, schemes, principal, at)
    outcomes = {one: schemes[one].outcome(row.outcome) for one, row in said.items()}
    return ToDecide(
        total=found.total, page=found.page, pages=found.pages,
        items=tuple(
            Decidable(**dict(one), recommended=outcomes[one.id].title, judgement=outcomes[one.id].judgement,
                      hinders=hinders.get(one.id, ""))
            for one in found.items
        ),
        appeals=tuple(Appealed(**dict(one), lodged_at=lodged[one.id], hinders=hinders.get(one.id, ""))
                      for one in appealed),
    )  # fmt: skip


def _hinders(session: Session, schemes: Mapping[int, Scheme], principal: Principal, at: datetime) -> dict[int, str]:
    """Cycle -> what keeps whoever asks from deciding about it, of these cycles; nothing of the others."""
    who = people.ever(session, Role.COMMITTEE, name=principal.name)
    if not who or not schemes:
        return {}
    rules = {cycle: scheme.assignment for cycle, scheme in schemes.items()}
    several = cycles.several(session, ids=schemes)
    found = impartial.hindered(session, several, who, rules, on=at.date())
    return {cycle: "; ".join(why.values()) for cycle, why in found.items()}
