"""A reviewer rates, alone: saves ratings as they come, and hands in once everything is rated."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import Desk, entered, open_cycle
from accreditation.actions.rate import Given, check_given, check_versions
from accreditation.database import Database
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.ledger.chain import canonical
from accreditation.records import answers, jobs, reviewers, reviews
from accreditation.records.answers import ReviewRating
from accreditation.records.reviews import HandIn
from accreditation.rules.answering import missing_answers
from accreditation.rules.cycle import Move, allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer


def review(
    database: Database, *, principal: Principal, cycle_id: int, given: Mapping[str, Given], at: datetime
) -> dict[str, int]:
    """Keep this reviewer's ratings (criterion id -> answer); says each criterion's version now.

    The ledger's entry names the criteria but not the ratings: those enter it when the review closes.
    Raises Invalid, Stale, MoveNotAllowed; a review that is handed in does not change any more.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id, at=at)
        assignment_id = seat_of(desk)
        desk.transition(Move.REVIEW)
        _still_open(desk, assignment_id)
        check_given(desk, given, by="reviewer")
        standing = answers.review_ratings(session, [assignment_id], given)[assignment_id]
        new = {
            name: one for name, one in given.items() if name not in standing or standing[name].answer() != one.answer
        }
        check_versions(new, standing)
        versions = {name: row.version for name, row in standing.items()}
        kept = {name: versions.get(name, 0) + 1 for name in new}
        session.add_all(
            ReviewRating(
                assignment_id=assignment_id, criterion=name, version=kept[name], by=principal.name, at=at,
                **answers.columns(one.answer),
            )
            for name, one in new.items()
        )  # fmt: skip
        if new:
            desk.enter("review:rate", {"assignment": assignment_id, "versions": dict(kept)})
        return versions | kept


def hand_in(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> None:
    """Hand in this reviewer's ratings; from now on they stand, and the reviewer may see the others'.

    Handing in again changes nothing. Raises Invalid naming every criterion that is not rated.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_HAND_IN, cycle_id=cycle_id, at=at)
        assignment_id = seat_of(desk)
        if reviews.handed_in(session, [assignment_id]):
            return
        desk.transition(Move.HAND_IN)
        given = {
            name: row.answer() for name, row in answers.review_ratings(session, [assignment_id])[assignment_id].items()
        }
        faults = missing_answers(scheme=desk.scheme, profile=desk.now.profile, answers=given)
        if faults:
            raise Invalid(faults)
        nonce = secrets.token_hex(32)
        session.add(HandIn(assignment_id=assignment_id, nonce=nonce, at=at))
        desk.follow_up(jobs.Kind.REVIEW)
        desk.enter("review:hand_in", {"assignment": assignment_id, "ratings_sha256": commitment(given, nonce=nonce)})


def commitment(given: Mapping[str, Answer], *, nonce: str) -> str:
    """The SHA-256 of {"nonce": ..., "ratings": ...} in the ledger's canonical form.

    It proves later what was handed in, and tells nothing before the review closes: then the ratings and the random
    nonce enter the ledger.
    """
    ratings = {name: entered(answer) for name, answer in given.items()}
    return hashlib.sha256(canonical({"nonce": nonce, "ratings": ratings}).encode()).hexdigest()


def seat_of(desk: Desk) -> int:
    """The id of this reviewer's assignment to this cycle. Raises NotFound where they do not sit in its team."""
    rows = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id], reviewer_id=desk.principal.reviewer or 0)
    if not rows or rows[0][0].id is None:
        raise NotFound("There is no such cycle, or it is not one of yours.")
    return rows[0][0].id


def _still_open(desk: Desk, assignment_id: int) -> None:
    if reviews.handed_in(desk.session, [assignment_id]):
        raise MoveNotAllowed(
            "You have handed in your review; your ratings stand as they are.",
            stage=desk.now.stage.value,
            allowed=[str(option) for option in allowed(desk.now.stage)],
        )
