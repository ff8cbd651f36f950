"""The team says that a document does not answer a criterion that was suggested for it: it is not suggested again."""

from datetime import datetime

from accreditation.actions.answer_request import check_asked
from accreditation.actions.desk import digest_of, open_cycle
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import library_items, placings
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def dismiss_suggestion(
    database: Database, *, principal: Principal, cycle_id: int, document: int, criterion: str, at: datetime
) -> None:
    """Suggest this document, whatever its version, for this criterion of the cycle no more. Again it changes nothing.

    It can still be attached there. Raises NotFound for a document that is not in the team's library and for a criterion
    that was not suggested for it, MoveNotAllowed.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle_id, at=at)
        desk.transition(Move.ATTACH_EVIDENCE)
        check_asked(desk, (criterion,))
        item = library_items.own(session, document, desk.now.cycle.team_id)
        found = placings.suggested(session, (one.id for one in item.versions), desk.scheme.digest)
        if criterion not in {one.criterion for several in found.values() for one in several}:
            raise NotFound(f"Nothing suggests that document {document} answers {criterion}: there is none to dismiss.")
        if (document, criterion) in placings.dismissed(session, cycle_id):
            return
        placings.dismiss(
            session, cycle_id=cycle_id, item_id=document, criterion=criterion, by=principal.name, at=at
        )  # fmt: skip
        # Suggestions are the team's alone, and the college reads the ledger: of the criterion it has the digest.
        desk.enter("evidence:dismiss", {"document": document, "criterion_sha256": digest_of(criterion)})
