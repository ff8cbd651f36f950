"""Somebody of a team says something to the others about a criterion: no reviewer and nobody of the college reads it."""

from datetime import datetime

from accreditation.actions.sharing import at_criterion
from accreditation.actions.wording import check_words
from accreditation.database import Database
from accreditation.records import colleagues
from accreditation.records.colleagues import CriterionComment
from accreditation.rules.people import Principal


def comment_criterion(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, text: str, at: datetime
) -> int:
    """Keep this comment for the team; says its id.

    The same words again, while nobody said anything since, change nothing. Raises Invalid where they are empty or tell
    who a patient is, NotFound for a criterion that the cycle does not have, MoveNotAllowed once the cycle has ended.
    """
    with database.writing() as session:
        desk = at_criterion(session, principal=principal, cycle_id=cycle_id, criterion=criterion, at=at)
        said = colleagues.comments(session, cycle_id, criterion)[-1:]
        if [(one.by, one.text) for one in said] == [(principal.name, text.strip())]:
            return said[0].id or 0
        check_words("comment", text, say="write what you want to say to your team", rules=desk.scheme.evidence_rules)
        row = CriterionComment(cycle_id=cycle_id, criterion=criterion, text=text.strip(), by=principal.name, at=at)
        session.add(row)
        session.flush()
        # No digest of the words: the college reads the ledger, and a short text is found by trying.
        desk.enter("assessment:comment", {"comment": row.id, "criterion": criterion})
        return row.id or 0
