"""Everything that a cycle was given, gathered: what decides whether it can go on under another edition."""

from sqlmodel import Session

from accreditation.records import answers, evidence_items, reviewers, reviews, settlers
from accreditation.rules.carrying_over import Held, Reviewed
from accreditation.scheme.model import Scheme


def held(session: Session, cycle_id: int, scheme: Scheme) -> Held:
    """The team's answers, the criteria with evidence, the reviews of who sits in its team, and the settlements.

    `scheme` is the edition that the cycle runs on, by which somebody may be appointed to settle.
    """
    sitting = reviewers.sitting(session, cycle_ids=[cycle_id])
    seats = [assignment.id or 0 for assignment, _ in sitting]
    settling = settlers.who_settles(session, cycle_id=cycle_id, scheme=scheme, sitting=sitting)
    done = reviews.handed_in(session, seats)
    given = answers.review_ratings(session, seats)
    return Held(
        team={name: row.answer() for name, row in answers.self_ratings(session, [cycle_id])[cycle_id].items()},
        attached=evidence_items.attached(session, cycle_id),
        reviews={
            seat: Reviewed(handed_in=seat in done, answers={name: row.answer() for name, row in given[seat].items()})
            for seat in seats
        },
        settler=next((seat.role for seat, _ in settling.seats if settling.appointment is not None), None),
        settled={name: row.answer() for name, row in reviews.settlements(session, cycle_id).items()},
    )
