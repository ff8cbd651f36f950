"""The reviewer who settles answers what the team says is not accurate: amends the finding, or keeps it."""

from datetime import datetime

from accreditation.actions.desk import Desk, entered, open_cycle
from accreditation.actions.settle import check_finding, check_settles
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import accuracy, answers, jobs, reviews
from accreditation.records.accuracy import AccuracyAnswer, AccuracyComment
from accreditation.records.reviews import Settlement
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer


def answer_comment(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    comment_id: int,
    amended: Answer | None,
    reason: str,
    at: datetime,
) -> tuple[int, ...]:
    """Answer this comment with a reason: by an amended finding, or keep it (None). Says which comments wait still.

    An amended finding is a newer version; the one before stays kept below it. The same answer again changes nothing,
    another one is a Contradiction. Raises NotPermitted for a reviewer who does not settle.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.ACCURACY_ANSWER, cycle_id=cycle_id, at=at)
        rows = {row.id: (row, given) for row, given in accuracy.comments(session, cycle_id)}
        if comment_id not in rows:
            raise NotFound(f"The cycle has no comment {comment_id}.")
        said, given = rows[comment_id]
        check_settles(desk)
        finding = None if amended is None else amended.model_copy(update={"note": reason.strip()})
        if given is not None:
            _check_same(desk, said, given, finding, reason.strip())
            return _waiting(desk)
        desk.transition(Move.ANSWER_COMMENT)
        check_reason(reason)
        version = None if finding is None else _amend(desk, said.criterion, finding)
        session.add(
            AccuracyAnswer(comment_id=comment_id, version=version, reason=reason.strip(), by=principal.name, at=at)
        )
        session.flush()
        left = _waiting(desk)
        if not left:
            desk.follow_up(jobs.Kind.ACCURACY)
        told: dict[str, Detail] = {} if finding is None else {"amended": entered(finding), "version": version}
        detail: dict[str, Detail] = {"comment": comment_id, "criterion": said.criterion, "reason": reason.strip()}
        desk.enter("accuracy:answer", {**detail, **told, "left": len(left)})
        return left


def _amend(desk: Desk, criterion: str, finding: Answer) -> int:
    """Append the amended finding above the one that stands; says its version."""
    check_finding(desk, criterion, finding)
    standing = reviews.settlements(desk.session, desk.cycle_id)[criterion]
    if standing.answer().model_copy(update={"note": finding.note}) == finding:
        found = "the finding that stands already"
        raise Invalid(
            [Fault(where=f"criterion {criterion}", found=found, allowed="another one, or keep it: leave out")]
        )
    row = Settlement(
        cycle_id=desk.cycle_id, criterion=criterion, version=standing.version + 1, how="amended",
        by=desk.principal.name, at=desk.at, **answers.columns(finding),
    )  # fmt: skip
    desk.session.add(row)
    desk.session.flush()
    return row.version


def _check_same(desk: Desk, said: AccuracyComment, given: AccuracyAnswer, finding: Answer | None, reason: str) -> None:
    kept = None
    if given.version is not None:
        kept = reviews.versions(desk.session, desk.cycle_id)[said.criterion][given.version - 1].answer()
    if (kept, given.reason) != (finding, reason):
        raise Contradiction(f"The comment on {said.criterion} is answered already, by {given.by}; an answer stands.")


def _waiting(desk: Desk) -> tuple[int, ...]:
    return tuple(row.id or 0 for row in accuracy.open_comments(desk.session, desk.cycle_id))
