"""The lead settles a criterion on which the reviewers' ratings differ, with a reason that stays."""

from datetime import datetime

from accreditation.actions.close_review import unsettled
from accreditation.actions.desk import Desk, entered, open_cycle
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound, NotPermitted
from accreditation.ledger.chain import Detail
from accreditation.records import answers, jobs, reviews, settlers
from accreditation.records.reviews import Settlement
from accreditation.rules.answering import faults_of_answer
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer


def settle(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, answer: Answer, at: datetime
) -> tuple[str, ...]:
    """Settle this criterion with this rating; says which criteria are left to settle.

    The note of the answer is the reason, and enters the ledger with it. The independent ratings stay kept beside
    it. Settling again with the same answer changes nothing; with another one it is a Contradiction.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_SETTLE, cycle_id=cycle_id, at=at)
        if criterion not in {one.id for one in desk.scheme.applicable(desk.now.profile)}:
            raise NotFound(f"The cycle has no criterion {criterion}.")
        check_settles(desk)
        if _already(desk, criterion, answer):
            return unsettled(desk)
        desk.transition(Move.SETTLE)
        check_reason(answer.note, rules=desk.scheme.evidence_rules)
        check_finding(desk, criterion, answer)
        session.add(
            Settlement(
                cycle_id=cycle_id, criterion=criterion, how="lead", by=principal.name, at=at, **answers.columns(answer),
            )
        )  # fmt: skip
        session.flush()
        left = unsettled(desk)
        if not left:
            desk.follow_up(jobs.Kind.REVIEW)
        said: dict[str, Detail] = {"criterion": criterion, "reason": answer.note, **entered(answer), "left": len(left)}
        desk.enter("review:settle", said)
        return left


def check_finding(desk: Desk, criterion: str, answer: Answer) -> None:
    """Can this criterion be settled with this answer? Raises Invalid."""
    faults = faults_of_answer(criterion=desk.scheme.by_id[criterion], answer=answer, scheme=desk.scheme, by="reviewer")
    if answer.state == "not_answered":
        where = f"criterion {criterion}"
        faults = (*faults, Fault(where=where, found="nothing", allowed="choose a rating: it stands"))
    if faults:
        raise Invalid(faults)


def check_settles(desk: Desk) -> None:
    """Is this reviewer the one who settles, by the scheme or by the office's appointment? Raises NotPermitted.

    Whoever came into conflict is not told of it here: it may be the service's word, which is not for reviewers.
    """
    stands = settlers.who_settles(desk.session, cycle_id=desk.cycle_id, scheme=desk.scheme)
    if desk.principal.reviewer in stands.barred:
        raise NotPermitted(
            "You settle nothing more in this review: the college office appoints another of the review team for it."
        )
    if desk.principal.reviewer not in stands.reviewers:
        role = desk.scheme.consensus.settled_by if stands.appointment is None else stands.seats[0][0].role
        title = desk.scheme.title_of(role).lower()
        since = "" if stands.appointment is None else ", whom the college office appointed"
        nobody = "" if stands.seats else " Nobody does now: the college office appoints somebody of the team."
        raise NotPermitted(f"Differences are settled by the {title} of this review team{since}.{nobody}")


def _already(desk: Desk, criterion: str, answer: Answer) -> bool:
    row = reviews.settlements(desk.session, desk.cycle_id).get(criterion)
    if row is None:
        return False
    if row.answer() == answer:
        return True
    raise Contradiction(f"Criterion {criterion} is settled already ({row.how}, by {row.by}); a settlement stands.")
