"""Why somebody is proposed for a visit, or why not: asked by the office, answered by solving the round again."""

from accreditation.actions.questions import round_asked
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposing import explain


def explain_seat(
    database: Database, *, principal: Principal, round_id: int, cycle_id: int, reviewer_id: int
) -> tuple[str, ...]:
    """Why does this reviewer sit, or not sit, in the proposed team of this cycle, and what would it cost otherwise?

    In sentences for the office: everything that keeps them from it, or else who would move and what becomes of the
    worst-off team and of the total. Nothing is kept. Raises NotFound where the cycle does not wait in this round, or
    there is no such reviewer.
    """
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        asked = round_asked(session, round_id)
    if cycle_id not in {visit.cycle for question in asked.questions for visit in question.visits}:
        raise NotFound(f"Cycle {cycle_id} does not wait for a review team in round {round_id}.")
    if reviewer_id not in {one.id for question in asked.questions for one in question.reviewers}:
        raise NotFound(f"There is no reviewer {reviewer_id}.")
    return explain(questions=asked.questions, wishes=asked.judged.wishes, cycle=cycle_id, reviewer=reviewer_id)
