"""The reviewer who settles answers what the team says is not accurate: amends what the report says, or keeps it."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.desk import Desk, entered, entered_words, open_cycle
from accreditation.actions.settle import check_finding, check_settles
from accreditation.actions.settle_finding import How, change_finding, finding_of, settled_words
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import accuracy, answers, jobs, reviews
from accreditation.records.accuracy import AccuracyAnswer, AccuracyComment
from accreditation.records.reviews import Settlement
from accreditation.rules.cycle import Move
from accreditation.rules.findings import Words
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What stands instead from now on: a rating, or a finding in other words, or withdrawn. Nothing of it: kept."""

    rating: Answer | None = None
    finding: Words | None = None
    withdrawn: bool = False

    @property
    def how(self) -> How:
        """What becomes of a finding."""
        return "withdrawn" if self.withdrawn else "kept" if self.finding is None else "amended"


def answer_comment(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    comment_id: int,
    amended: Answer | None = None,
    finding: Words | None = None,
    withdrawn: bool = False,
    reason: str,
    at: datetime,
) -> tuple[int, ...]:
    """Answer this comment with a reason: by what stands instead, or keep it. Says which comments wait still.

    A rating is `amended`; a finding gets other words, or is `withdrawn` from the report; nothing of these keeps it.
    What is amended is a newer version; the one before stays kept below it. The same answer again changes nothing,
    another one is a Contradiction. Raises NotPermitted for a reviewer who does not settle.
    """
    instead = Amended(rating=amended, finding=finding, withdrawn=withdrawn)
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.ACCURACY_ANSWER, cycle_id=cycle_id, at=at)
        rows = {row.id: (row, given) for row, given in accuracy.comments(session, cycle_id)}
        if comment_id not in rows:
            raise NotFound(f"The cycle has no comment {comment_id}.")
        said, given = rows[comment_id]
        check_settles(desk)
        _check_meant(said, instead)
        if given is not None:
            _check_same(desk, said, given, instead, reason.strip())
            return _waiting(desk)
        desk.transition(Move.ANSWER_COMMENT)
        check_reason(reason, rules=desk.scheme.evidence_rules)
        return _answer(desk, said, instead, reason.strip())


def _answer(desk: Desk, said: AccuracyComment, instead: Amended, reason: str) -> tuple[int, ...]:
    """Keep the answer with what stands instead, and enter it; says which comments wait still."""
    number = said.id or 0
    version, told = _amend(desk, said, instead, reason)
    row = AccuracyAnswer(comment_id=number, version=version, reason=reason, by=desk.principal.name, at=desk.at)
    desk.session.add(row)
    desk.session.flush()
    left = _waiting(desk)
    if not left:
        desk.follow_up(jobs.Kind.ACCURACY)
    about: dict[str, Detail] = {} if said.finding is None else {"finding": said.finding}
    detail: dict[str, Detail] = {"comment": number, "criterion": said.criterion, "reason": reason}
    desk.enter("accuracy:answer", {**detail, **about, **told, "left": len(left)})
    return left


def _check_meant(said: AccuracyComment, amended: Amended) -> None:
    if said.finding is None and (amended.finding is not None or amended.withdrawn):
        found, allowed = "a finding in other words, or withdrawn", "the comment is on a rating: 'amended' takes one"
        raise Invalid([Fault(where=f"criterion {said.criterion}", found=found, allowed=allowed)])
    if said.finding is not None and amended.rating is not None:
        allowed = "the comment is on a finding: 'finding' takes its new words, 'withdrawn' takes it out of the report"
        raise Invalid([Fault(where=f"finding {said.finding}", found="a rating", allowed=allowed)])
    if amended.withdrawn and amended.finding is not None:
        found, allowed = "other words, and withdrawn", "one of the two"
        raise Invalid([Fault(where=f"finding {said.finding}", found=found, allowed=allowed)])


def _amend(desk: Desk, said: AccuracyComment, amended: Amended, reason: str) -> tuple[int | None, dict[str, Detail]]:
    """Append what stands instead, if anything does; says its version, and what the ledger keeps of it."""
    if said.finding is not None:
        return _amend_finding(desk, said.finding, amended, reason)
    if amended.rating is None:
        return None, {}
    rating = amended.rating.model_copy(update={"note": reason})
    version = _amend_rating(desk, said.criterion, rating)
    return version, {"amended": entered(rating), "version": version}


def _amend_finding(desk: Desk, finding: str, amended: Amended, reason: str) -> tuple[int | None, dict[str, Detail]]:
    if amended.how == "kept":
        return None, {}
    found = finding_of(desk, finding)
    before = found.changes[-1].words()
    words = settled_words(desk, before, how=amended.how, amended=amended.finding)
    if amended.how == "amended" and words == before:
        allowed = "other words, or keep it: leave out"
        raise Invalid([Fault(where=f"finding {finding}", found="what the report says already", allowed=allowed)])
    row = change_finding(desk, found, how=amended.how, words=words, reason=reason)
    return row.number, {"how": row.how, "number": row.number, **entered_words(words)}


def _amend_rating(desk: Desk, criterion: str, finding: Answer) -> int:
    """Append the amended rating above the one that stands; says its version."""
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


def _check_same(desk: Desk, said: AccuracyComment, given: AccuracyAnswer, amended: Amended, reason: str) -> None:
    if (_kept(desk, said, given), given.reason) != (_meant(amended, reason), reason):
        about = said.criterion or "the service as a whole"
        raise Contradiction(f"The comment on {about} is answered already, by {given.by}; an answer stands.")


def _kept(desk: Desk, said: AccuracyComment, given: AccuracyAnswer) -> object:
    """What this answer put in place of what stood; None where it kept it."""
    if given.version is None:
        return None
    if said.finding is None:
        return reviews.versions(desk.session, desk.cycle_id)[said.criterion][given.version - 1].answer()
    change = finding_of(desk, said.finding).changes[given.version - 1]
    return change.how if change.how == "withdrawn" else change.words()


def _meant(amended: Amended, reason: str) -> object:
    if amended.rating is not None:
        return amended.rating.model_copy(update={"note": reason})
    if amended.finding is not None:
        return amended.finding.stripped()
    return "withdrawn" if amended.withdrawn else None


def _waiting(desk: Desk) -> tuple[int, ...]:
    return tuple(row.id or 0 for row in accuracy.open_comments(desk.session, desk.cycle_id))
