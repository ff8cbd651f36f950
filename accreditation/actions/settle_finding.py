"""The lead keeps, amends or withdraws each finding of the reviewers, with a reason that stays."""

from datetime import datetime
from typing import Literal

from accreditation.actions.desk import Desk, entered_words, open_cycle
from accreditation.actions.reviewing import check_criterion
from accreditation.actions.settle import check_settles
from accreditation.actions.wording import check_reason, faults_of_prose
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import findings, jobs
from accreditation.records.findings import FindingChange, HandedIn
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.findings import Words
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission

How = Literal["kept", "amended", "withdrawn"]

BEFORE = frozenset({Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.ASSIGNMENT, Stage.REVIEW})
"""Stages in which nobody may know yet which findings there are."""


def settle_finding(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    finding: str,
    how: How,
    amended: Words | None,
    reason: str,
    at: datetime,
) -> tuple[str, ...]:
    """Settle this finding (by its name in the report); says which are left.

    What the reviewer handed in stays kept beside it. The same again changes nothing; something else is a
    Contradiction. Raises NotPermitted for a reviewer who does not settle, Invalid without a reason.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.FINDING_SETTLE, cycle_id=cycle_id, at=at)
        check_settles(desk)
        if desk.now.stage in BEFORE:
            desk.transition(Move.SETTLE_FINDING)
        found = finding_of(desk, finding)
        words = settled_words(desk, found.said, how=how, amended=amended)
        if found.changes:
            _check_same(found, how, words, reason.strip())
            return findings.unsettled(session, cycle_id)
        desk.transition(Move.SETTLE_FINDING)
        check_reason(reason, rules=desk.scheme.evidence_rules)
        row = change_finding(desk, found, how=how, words=words, reason=reason)
        left = findings.unsettled(session, cycle_id)
        if not left:
            desk.follow_up(jobs.Kind.REVIEW)
        desk.enter("finding:settle", {**told_change(row), "left": len(left)})
        return left


def finding_of(desk: Desk, finding: str) -> HandedIn:
    """The finding of this name. Raises NotFound."""
    known = {one.name: one for one in findings.of_review(desk.session, desk.cycle_id)}
    if finding not in known:
        raise NotFound(f"The cycle has no finding {finding}.")
    return known[finding]


def settled_words(desk: Desk, before: Words, *, how: How, amended: Words | None) -> Words:
    """What a finding that said so says once it is settled so. Raises Invalid where its words lack or are not meant."""
    if (how == "amended") != (amended is not None):
        allowed = "the whole finding: its kind, criterion and text" if how == "amended" else "leave it out"
        said = "nothing" if amended is None else f"other words for a finding that is {how}"
        raise Invalid([Fault(where="amended", found=said, allowed=allowed)])
    if amended is None:
        return before
    faults = list(faults_of_prose("amended.text", amended.text, rules=desk.scheme.evidence_rules))
    if not amended.text.strip():
        faults.append(Fault(where="amended.text", found="empty", allowed="say what was found, or take it out"))
    if faults:
        raise Invalid(faults)
    if amended.criterion is not None:
        check_criterion(desk, amended.criterion)
    return amended.stripped()


def change_finding(desk: Desk, found: HandedIn, *, how: How, words: Words, reason: str) -> FindingChange:
    """Append what becomes of the finding."""
    row = FindingChange(
        cycle_id=desk.cycle_id, finding=found.name, number=len(found.changes) + 1, how=how, kind=words.kind,
        criterion=words.criterion, text=words.text.strip(), reason=reason.strip(), by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    desk.session.add(row)
    desk.session.flush()
    return row


def told_change(row: FindingChange) -> dict[str, Detail]:
    """A change of a finding as the ledger keeps it."""
    return {"finding": row.finding, "number": row.number, "how": row.how, **entered_words(row.words())}


def _check_same(found: HandedIn, how: How, words: Words, reason: str) -> None:
    first = found.changes[0]
    if (first.how, first.words(), first.reason) != (how, words, reason):
        raise Contradiction(f"Finding {found.name} is {first.how} already, by {first.by}; a settlement stands.")
