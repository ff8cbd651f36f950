"""Whose work may be seen by now: a reviewer's own seat, and those of the others, once they are handed in."""

from datetime import datetime

from accreditation.errors import NotFound
from accreditation.records import reviewers, reviews
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.views.looking import Looked

AFTER_REVIEW = frozenset(
    {
        Stage.CONSENSUS,
        Stage.FACTUAL_ACCURACY,
        Stage.RECOMMENDATION,
        Stage.DECISION,
        Stage.PUBLICATION,
        Stage.PUBLISHED,
    }
)
"""The stages in which every reviewer has handed in."""


def own_seat(looked: Looked) -> Assignment:
    """The asking reviewer's seat in this cycle's review team. Raises NotFound where they have none."""
    rows = reviewers.sitting(looked.session, cycle_ids=[looked.cycle_id], reviewer_id=looked.principal.reviewer or 0)
    if not rows:
        raise NotFound("There is no such cycle, or it is not one of yours.")
    return rows[0][0]


def seats_seen(looked: Looked) -> tuple[list[tuple[Assignment, Reviewer]], dict[int, datetime]]:
    """The seats whose ratings, findings and requests the asker may see now, and which of these handed in, when.

    A reviewer sees their own alone until they hand in, then those that are handed in; whoever observes, and the
    college, sees them once all are. Seats that observe have nothing to show. What the asker may not see yet is not
    read either: the number of rows would tell of it by the time it takes.
    """
    sitting = reviewers.sitting(looked.session, cycle_ids=[looked.cycle_id])
    rows = [one for one in sitting if not looked.scheme.observes(one[0].role)]
    if looked.now.stage in AFTER_REVIEW:
        return rows, _handed_in(looked, rows)
    if looked.principal.role is not Role.REVIEWER:
        return [], {}
    own = [one for one in rows if one[0].reviewer_id == looked.principal.reviewer]
    done = _handed_in(looked, own)
    if not own or len(done) < len(own):
        return own, done
    done = _handed_in(looked, rows)
    return [one for one in rows if one in own or one[0].id in done], done


def _handed_in(looked: Looked, rows: list[tuple[Assignment, Reviewer]]) -> dict[int, datetime]:
    return reviews.handed_in(looked.session, [seat.id or 0 for seat, _ in rows])
