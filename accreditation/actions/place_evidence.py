"""The team says on which page or in which section of a file a criterion is answered."""

from datetime import datetime

from accreditation.actions.attach_evidence import faults_of_places
from accreditation.actions.desk import open_cycle
from accreditation.actions.taking_back import open_item
from accreditation.database import Database
from accreditation.errors import Invalid
from accreditation.records import evidence_places
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def place_evidence(
    database: Database, *, principal: Principal, cycle_id: int, evidence_id: int, criterion: str, place: str,
    at: datetime,
) -> None:  # fmt: skip
    """Say where in this file the criterion is answered; nothing where the whole file does. The same changes nothing.

    Raises NotFound, Invalid, and MoveNotAllowed where reviewers judge the file already.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle_id, at=at)
        desk.transition(Move.ATTACH_EVIDENCE)
        _, criteria = open_item(desk, evidence_id)
        faults = faults_of_places(desk, criteria, {criterion: place})
        if faults:
            raise Invalid(faults)
        said = place.strip()
        if evidence_places.places(session, cycle_id).get((evidence_id, criterion), "") == said:
            return
        evidence_places.place(
            session, evidence_id=evidence_id, criterion=criterion, place=said, by=principal.name, at=at
        )
        desk.enter("evidence:place", {"evidence": evidence_id, "criterion": criterion, "place": said})
