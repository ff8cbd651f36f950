"""Take the published levels of an audit as measured ratings of a round's teams."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.actions.rate import keep_answers
from accreditation.actions.wording import faults_of_name, faults_of_notes
from accreditation.database import Database
from accreditation.errors import Fault, Invalid
from accreditation.records import answers
from accreditation.rules.answering import faults_of_answer
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme


def import_audit(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    published: Mapping[str, Answer],
    source: str,
    at: datetime,
) -> int:
    """Keep these published answers of one cycle; says how many were new. What stands already changes nothing.

    `source` names the audit and its period. A criterion that a person has answered since is left alone.
    Raises MoveNotAllowed where the team has submitted, Invalid naming every answer that the scheme does not take.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.ASSESSMENT_IMPORT, cycle_id=cycle_id, at=at
        )
        _check(desk.scheme, published, source)
        standing = answers.self_ratings(session, [cycle_id], published)[cycle_id]
        new = {
            name: answer
            for name, answer in published.items()
            if name not in standing or (standing[name].source and standing[name].answer() != answer)
        }
        if new:
            desk.transition(Move.IMPORT_AUDIT)
            keep_answers(desk, new, {name: row.version for name, row in standing.items()}, source=source)
        return len(new)


def _check(scheme: Scheme, published: Mapping[str, Answer], source: str) -> None:
    """Does the scheme take these answers? Whether a criterion applies is not asked: the profile may still be open."""
    faults = [*faults_of_name("source", source), *faults_of_notes(published)]
    for name, answer in published.items():
        criterion = scheme.by_id.get(name)
        if criterion is None:
            faults.append(Fault(where=f"criterion {name}", found="not in the edition", allowed="a criterion of it"))
        else:
            faults += faults_of_answer(criterion=criterion, answer=answer, scheme=scheme, by="team")
    if faults:
        raise Invalid(faults)
