"""A reviewer rates, alone: saves ratings as they come, and hands in once everything is rated."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import Desk, entered, entered_finding, open_cycle
from accreditation.actions.rate import Given, check_given, check_versions
from accreditation.actions.reviewing import check_still_open, seat_of
from accreditation.database import Database, Session
from accreditation.errors import Invalid
from accreditation.ledger.chain import Detail, canonical
from accreditation.records import answers, findings, jobs, reviews
from accreditation.records.answers import ReviewRating
from accreditation.records.reviews import HandIn
from accreditation.rules.answering import as_draft, incomplete_answers
from accreditation.rules.cycle import Move
from accreditation.rules.findings import Draft, incomplete_findings
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.scheme.process import EvidenceRules


def review(
    database: Database, *, principal: Principal, cycle_id: int, given: Mapping[str, Given], at: datetime
) -> dict[str, int]:
    """Keep this reviewer's ratings (criterion id -> answer); says each criterion's version now.

    A draft may lack what only the hand-in needs: a comment without a rating and a rating without its reason are kept.
    The ledger's entry names the criteria but not the ratings: those enter it when the review closes.
    Raises Invalid, Stale, MoveNotAllowed; a review that is handed in does not change any more.
    """
    with database.reading() as session:
        desk, _ = at_work(session, principal, cycle_id, at)
        searched = check_given(desk, as_drafts(given), by="reviewer", draft=True)
    with database.writing() as session:
        desk, seat = at_work(session, principal, cycle_id, at)
        return keep_ratings(desk, seat, given, searched=searched)


def at_work(session: Session, principal: Principal, cycle_id: int, at: datetime) -> tuple[Desk, int]:
    """The cycle on the desk and this reviewer's seat, where they may rate in it now."""
    desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id, at=at)
    seat = seat_of(desk)
    desk.transition(Move.REVIEW)
    check_still_open(desk, seat)
    return desk, seat


def as_drafts(given: Mapping[str, Given]) -> dict[str, Given]:
    """These ratings as drafts: what only the hand-in asks for may be lacking."""
    return {name: one.model_copy(update={"answer": as_draft(one.answer)}) for name, one in given.items()}


def keep_ratings(
    desk: Desk, seat: int, given: Mapping[str, Given], *, searched: EvidenceRules | None = None
) -> dict[str, int]:  # fmt: skip
    """Keep new versions of those ratings that differ from what stands; says each criterion's version now.

    `searched` are the rules by which their notes were searched for patients before.
    """
    given = as_drafts(given)
    check_given(desk, given, by="reviewer", draft=True, searched=searched)
    standing = answers.review_ratings(desk.session, [seat], given)[seat]
    new = {name: one for name, one in given.items() if name not in standing or standing[name].answer() != one.answer}
    check_versions(new, standing, by=desk.principal)
    versions = {name: row.version for name, row in standing.items()}
    kept = {name: versions.get(name, 0) + 1 for name in new}
    desk.session.add_all(
        ReviewRating(
            assignment_id=seat, criterion=name, version=kept[name], by=desk.principal.name, at=desk.at,
            **answers.columns(one.answer),
        )
        for name, one in new.items()
    )  # fmt: skip
    if new:
        desk.enter("review:rate", {"assignment": seat, "versions": dict(kept)})
    return versions | kept


def hand_in(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> None:
    """Hand in this reviewer's ratings and findings; they stand from now on, and the reviewer may see the others'.

    Handing in again changes nothing. Raises Invalid naming every criterion that is not rated, every rating and every
    finding that lacks something.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_HAND_IN, cycle_id=cycle_id, at=at)
        seat = seat_of(desk)
        if reviews.handed_in(session, [seat]):
            return
        desk.transition(Move.HAND_IN)
        given = {name: row.answer() for name, row in answers.review_ratings(session, [seat])[seat].items()}
        found = {key: row.draft() for key, row in findings.drafts(session, [seat])[seat].items()}
        faults = incomplete_answers(scheme=desk.scheme, profile=desk.now.profile, answers=given, by="reviewer")
        faults += tuple(incomplete_findings(found))
        if faults:
            raise Invalid(faults)
        nonce = secrets.token_hex(32)
        session.add(HandIn(assignment_id=seat, nonce=nonce, at=at))
        desk.follow_up(jobs.Kind.REVIEW)
        told: dict[str, Detail] = {"assignment": seat, "ratings_sha256": commitment(given, nonce=nonce)}
        if found:
            told["findings_sha256"] = commitment_to_findings(found, nonce=nonce)
        desk.enter("review:hand_in", told)


def commitment(given: Mapping[str, Answer], *, nonce: str) -> str:
    """The SHA-256 of {"nonce": ..., "ratings": ...} in the ledger's canonical form.

    It proves later what was handed in, and tells nothing before the review closes: then the ratings and the random
    nonce enter the ledger.
    """
    ratings = {name: entered(answer) for name, answer in given.items()}
    return hashlib.sha256(canonical({"nonce": nonce, "ratings": ratings}).encode()).hexdigest()


def commitment_to_findings(found: Mapping[str, Draft], *, nonce: str) -> str:
    """The same of {"findings": ..., "nonce": ...}: key -> finding, as it enters the ledger when the review closes."""
    told = {key: entered_finding(draft) for key, draft in found.items()}
    return hashlib.sha256(canonical({"findings": told, "nonce": nonce}).encode()).hexdigest()
