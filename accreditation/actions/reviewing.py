"""The seat in which a reviewer acts: theirs in this review team, and not one for watching alone."""

from accreditation.actions.desk import Desk
from accreditation.errors import Fault, Invalid, MoveNotAllowed, NotFound, NotPermitted
from accreditation.records import notices, reviewers, reviews
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.rules.moves import allowed
from accreditation.rules.people import Role


def seat_of(desk: Desk) -> int:
    """The id of this reviewer's seat in this cycle's review team.

    Raises NotFound where they do not sit in it, NotPermitted where theirs is a seat that observes.
    """
    rows = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id], reviewer_id=desk.principal.reviewer or 0)
    if not rows or rows[0][0].id is None:
        raise NotFound("There is no such cycle, or it is not one of yours.")
    if desk.scheme.observes(rows[0][0].role):
        title = desk.scheme.title_of(rows[0][0].role).lower()
        raise NotPermitted(
            f"You are on this visit as its {title}, who observes: reads everything, and rates, finds and "
            "settles nothing. Tell a reviewer of the team what you saw."
        )
    return rows[0][0].id


def rating_seats(desk: Desk) -> list[tuple[Assignment, Reviewer]]:
    """Who sits in this cycle's review team now and rates; whoever only observes is left out."""
    rows = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id])
    return [one for one in rows if not desk.scheme.observes(one[0].role)]


def check_still_open(desk: Desk, seat: int) -> None:
    """Has this reviewer not handed in yet? Raises MoveNotAllowed."""
    if reviews.handed_in(desk.session, [seat]):
        raise MoveNotAllowed(
            "You have handed in your review; your ratings stand as they are.",
            stage=desk.now.stage.value,
            allowed=[str(option) for option in allowed(desk.now.stage)],
        )


def check_criterion(desk: Desk, criterion: str) -> None:
    """Is this a criterion that applies to this cycle? Raises NotFound, or Invalid where it does not apply to it."""
    if criterion not in desk.scheme.by_id:
        raise NotFound(f"The edition has no criterion {criterion}.")
    if criterion not in {one.id for one in desk.scheme.applicable(desk.now.profile)}:
        found = "it does not apply to this service"
        raise Invalid([Fault(where=f"criterion {criterion}", found=found, allowed="a criterion of this cycle")])


def tell_seat(desk: Desk, seat: int, *, kind: str, about: str, words: str) -> None:
    """Tell the reviewer who sits there; nobody where they have left the review team."""
    for row, _ in reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id]):
        if row.id == seat:
            notices.tell(
                desk.session, inbox=notices.inbox(Role.REVIEWER, row.reviewer_id), kind=kind, cycle_id=desk.cycle_id,
                about=about, words=words, at=desk.at,
            )  # fmt: skip
