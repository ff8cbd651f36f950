"""Everything that a cycle was given, gathered: what decides whether it can go on under another edition."""

from sqlmodel import Session

from accreditation.records import answers, evidence_items, reviewers, reviews
from accreditation.rules.carrying_over import Held, Reviewed


def held(session: Session, cycle_id: int) -> Held:
    """The team's answers, the criteria with evidence, the reviews of who sits in its team, and the settlements."""
    seats = [assignment.id or 0 for assignment, _ in reviewers.sitting(session, cycle_ids=[cycle_id])]
    done = reviews.handed_in(session, seats)
    given = answers.review_ratings(session, seats)
    return Held(
        team={name: row.answer() for name, row in answers.self_ratings(session, [cycle_id])[cycle_id].items()},
        attached=evidence_items.attached(session, cycle_id),
        reviews={
            seat: Reviewed(handed_in=seat in done, answers={name: row.answer() for name, row in given[seat].items()})
            for seat in seats
        },
        settled={name: row.answer() for name, row in reviews.settlements(session, cycle_id).items()},
    )
