"""Publish a decision: from then on it stands in the public register."""

from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.actions.following import aftermath_of, watch_conditions
from accreditation.database import Database
from accreditation.records.awards import Decision, Publication
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def publish(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Publication:
    """Put this cycle's decision into the public register. Publishing again changes nothing."""
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.AWARD_PUBLISH, cycle_id=cycle_id, at=at)
        row = session.get(Publication, cycle_id)
        if row is not None:
            return row
        desk.transition(Move.PUBLISH)
        outcome = session.get_one(Decision, cycle_id).outcome
        row = Publication(cycle_id=cycle_id, edition_digest=desk.scheme.digest, by=principal.name, at=at)
        session.add(row)
        desk.go(Move.PUBLISH)
        watch_conditions(desk, aftermath_of(desk))
        desk.enter("award:publish", {"outcome": outcome, "edition": desk.scheme.digest})
        return row
