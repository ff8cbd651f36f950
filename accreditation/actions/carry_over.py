"""Carry a running cycle over to another edition: the one way in which its edition ever changes."""

from datetime import datetime

from accreditation.actions.desk import Desk, entered_profile, open_cycle
from accreditation.actions.leave import dissolve
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid, MoveNotAllowed
from accreditation.ledger.chain import Detail
from accreditation.records import answers, cycles, edition_changes, editions, jobs
from accreditation.records.answers import ReviewRating, SelfRating
from accreditation.records.held import held
from accreditation.rules.carrying_over import CarryOver, Concerned, Held, carry_over, kept_facts, reviews_aside
from accreditation.rules.cycle import TEAMS_TURN, Move, Stage
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme


def carry_over_cycle(
    database: Database, *, principal: Principal, cycle_id: int, digest: str, at: datetime
) -> CarryOver | None:
    """Let this cycle go on under the edition with this digest; says what that did. None where it runs on it already.

    Answers that still mean the same stay as they are. The others, and only they, get a new version 'not answered'
    whose note says why; every older version stays in the records. Where the team has to give something after it
    submitted, the cycle goes back to its self-assessment and its review team is free.
    Raises NotFound where the edition is not published, Invalid where it is one of another scheme, and MoveNotAllowed
    where the cycle is decided or settled findings would not hold.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.CYCLE_CARRY_OVER, cycle_id=cycle_id, at=at
        )
        if desk.now.edition_digest == digest:
            return None
        desk.transition(Move.CARRY_OVER)
        new = other_edition(session, desk.scheme, digest)
        given = held(session, cycle_id, desk.scheme)
        found = carry_over(old=desk.scheme, new=new, stage=desk.now.stage, profile=desk.now.profile, held=given)
        if found.refused:
            options = [str(option) for option in allowed(desk.now.stage)]
            raise MoveNotAllowed(found.refused, stage=desk.now.stage.value, allowed=options)
        _keep(desk, new, found, given)
        return found


def other_edition(session: Session, scheme: Scheme, digest: str) -> Scheme:
    """The published edition with this digest. Raises NotFound, and Invalid where it is not one of this scheme."""
    new = editions.scheme_of(session, digest)
    if new.id != scheme.id:
        known = [f"{row.label} ({row.digest[:12]})" for row in editions.all_of(session, scheme.id)]
        found = f"edition {new.edition} of the scheme '{new.id}'"
        raise Invalid([Fault(where="edition", found=found, allowed=f"an edition of '{scheme.id}': {', '.join(known)}")])
    return new


def _keep(desk: Desk, new: Scheme, found: CarryOver, given: Held) -> None:
    profile = kept_facts(old=desk.scheme, new=new, profile=desk.now.profile)
    if profile != desk.now.profile:
        cycles.state_profile(desk.session, cycle_id=desk.cycle_id, profile=profile, by=desk.principal.name, at=desk.at)
    _set_aside(desk, found.set_aside)
    _set_reviews_aside(desk, new, found, given)
    edition_changes.append(
        desk.session, cycle_id=desk.cycle_id, digest=new.digest, report=found.model_dump_json(), by=desk.principal.name,
        at=desk.at,
    )  # fmt: skip
    other_seats = desk.now.stage is Stage.ASSIGNMENT and new.review_team != desk.scheme.review_team
    freed = dissolve(desk) if found.move is not Move.CARRY_OVER or other_seats else []
    reason = f"it goes on under edition {new.edition} in place of {found.from_edition}"
    reached = desk.go(found.move, reason=reason)
    desk.follow_up(jobs.Kind.SELF_ASSESSMENT)
    # What was cleared by the old rules is not by other ones, and what a document may answer is said in other words.
    if new.evidence_rules != desk.scheme.evidence_rules or reached in TEAMS_TURN:
        desk.follow_up(jobs.Kind.EVIDENCE)
    if reached is Stage.FACTUAL_ACCURACY:
        desk.follow_up(jobs.Kind.ACCURACY)
    if other_seats:
        desk.look_for_teams()
    detail: dict[str, Detail] = {
        "from": found.from_digest,
        "to": found.to_digest,
        "stage": reached.value,
        "kept": list(found.kept),
        "set_aside": [one.criterion for one in found.set_aside],
        "new": [one.criterion for one in found.new],
        "withdrawn": [one.criterion for one in found.withdrawn],
        "reviews": {str(seat): number for seat, number in found.reviews.items()},
        "freed_reviewers": freed,
        "profile": entered_profile(profile),
    }
    desk.enter(Permission.CYCLE_CARRY_OVER.value, detail)


def _set_aside(desk: Desk, aside: tuple[Concerned, ...]) -> None:
    """A new version 'not answered' of each answer that does not hold; what was given stays below it."""
    standing = answers.self_ratings(desk.session, [desk.cycle_id], [one.criterion for one in aside])[desk.cycle_id]
    desk.session.add_all(
        SelfRating(
            cycle_id=desk.cycle_id, criterion=one.criterion, version=standing[one.criterion].version + 1,
            by=desk.principal.name, at=desk.at, **answers.columns(_not_answered(one)),
        )
        for one in aside
    )  # fmt: skip


def _set_reviews_aside(desk: Desk, new: Scheme, found: CarryOver, given: Held) -> None:
    """The same for what reviewers rated so far; who has handed in is freed, or nothing of theirs changes."""
    if found.move is not Move.CARRY_OVER:
        return
    for seat, review in given.reviews.items():
        aside = reviews_aside(old=desk.scheme, new=new, review=review)
        standing = answers.review_ratings(desk.session, [seat])[seat]
        desk.session.add_all(
            ReviewRating(
                assignment_id=seat, criterion=one.criterion, version=standing[one.criterion].version + 1,
                by=desk.principal.name, at=desk.at, **answers.columns(_not_answered(one)),
            )
            for one in aside
            if not review.handed_in
        )  # fmt: skip


def _not_answered(one: Concerned) -> Answer:
    return Answer(state="not_answered", note=f"To be answered again under the new edition: {one.because}.")
