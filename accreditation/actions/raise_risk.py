"""A reviewer raises an immediate risk: the office and the team's lead are told the same moment."""

import secrets
from datetime import datetime

from accreditation.actions.ask_evidence import MOMENT
from accreditation.actions.desk import Desk, digest_of, open_cycle
from accreditation.actions.reviewing import check_criterion, seat_of
from accreditation.actions.wording import check_words
from accreditation.database import Database, Session
from accreditation.records import jobs, notices, risks
from accreditation.records.risks import ImmediateRisk
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Move
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.scheme.process import EvidenceRules


def raise_risk(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str | None, text: str, at: datetime
) -> datetime | None:
    """Raise this risk, on a criterion or the service as a whole; says until when the team's lead answers in writing.

    It waits for nothing, hand-in and consensus included, and changes no score. None where the scheme sets no time:
    then it can be raised all the same. The same risk again changes nothing.
    """
    with database.reading() as session:
        desk, seat = _at_work(session, principal, cycle_id, at)
        if (raised := _raised(desk, seat, criterion, text)) is not None:
            return raised.reply_by
        desk.transition(Move.RAISE_RISK)
        searched = check_risk(desk, criterion=criterion, text=text)
    with database.writing() as session:
        desk, seat = _at_work(session, principal, cycle_id, at)
        return keep_risk(desk, seat, criterion=criterion, text=text, searched=searched)


def _at_work(session: Session, principal: Principal, cycle_id: int, at: datetime) -> tuple[Desk, int]:
    desk = open_cycle(session, principal=principal, permission=Permission.RISK_RAISE, cycle_id=cycle_id, at=at)
    return desk, seat_of(desk)


def check_risk(desk: Desk, *, criterion: str | None, text: str) -> EvidenceRules:
    """Can this risk be kept? Raises NotFound or Invalid; says by which rules its text was searched for patients."""
    if criterion is not None:
        check_criterion(desk, criterion)
    rules = desk.scheme.evidence_rules
    check_words("text", text, say="say what the risk is, so that it can be acted on at once", rules=rules)
    return rules


def keep_risk(
    desk: Desk, seat: int, *, criterion: str | None, text: str, searched: EvidenceRules | None = None
) -> datetime | None:  # fmt: skip
    """Keep the risk, with its notices and its clock; the same again changes nothing.

    `searched` are the rules by which it was checked before, while others could write.
    """
    if (raised := _raised(desk, seat, criterion, text)) is not None:
        return raised.reply_by
    desk.transition(Move.RAISE_RISK)
    if searched != desk.scheme.evidence_rules:
        check_risk(desk, criterion=criterion, text=text)
    row = ImmediateRisk(
        name=secrets.token_hex(8), cycle_id=desk.cycle_id, assignment_id=seat, criterion=criterion,
        text=text.strip(), reply_by=_reply_by(desk), by=desk.principal.name, at=desk.at,
    )  # fmt: skip
    desk.session.add(row)
    desk.session.flush()
    watch(desk, row)
    _tell(desk, row)
    detail = {"risk": row.name, "criterion": criterion, "text_sha256": digest_of(row.text), "reply_by": row.reply_by}
    desk.enter("risk:raise", {**detail, "assignment": seat})
    return row.reply_by


def _raised(desk: Desk, seat: int, criterion: str | None, text: str) -> ImmediateRisk | None:
    """The very same risk, where it was raised from this seat before."""
    several = risks.of_cycle(desk.session, desk.cycle_id, seats=[seat])
    return next((one for one, _ in several if (one.criterion, one.text) == (criterion, text.strip())), None)


def watch(desk: Desk, risk: ImmediateRisk) -> None:
    """Let the engine look at this cycle's risks when the time to answer this one is over."""
    if risk.reply_by is not None:
        when = max(risk.reply_by + MOMENT, desk.at)
        jobs.enqueue(desk.session, kind=jobs.Kind.RISKS, subject=desk.cycle_id, at=desk.at, due_at=when)


def tell_office_and_lead(desk: Desk, risk: ImmediateRisk, *, kind: str, words: str) -> None:
    """The same notice for the college office and for the team's lead."""
    for inbox in (notices.OFFICE, notices.inbox(Role.TEAM_LEAD, desk.now.cycle.team_id)):
        notices.tell(
            desk.session, inbox=inbox, kind=kind, cycle_id=desk.cycle_id, about=f"risk:{risk.name}", words=words,
            at=desk.at,
        )  # fmt: skip


def _reply_by(desk: Desk) -> datetime | None:
    rule = desk.scheme.immediate_risk
    if rule is None:
        return None
    return rule.reply_within.after(desk.at, holidays=holidays_of(scheme=desk.scheme, profile=desk.now.profile))


def _tell(desk: Desk, row: ImmediateRisk) -> None:
    where = "the service as a whole" if row.criterion is None else row.criterion
    until = ""
    if row.reply_by is not None:
        until = f", by {day_words(row.reply_by.date())}, {row.reply_by:%H:%M} UTC"
    words = (
        f"The reviewers of {desk.now.team.name} raised an immediate risk ({where}). The team's lead answers it in "
        f"writing{until}. It has nothing to do with the score."
    )
    tell_office_and_lead(desk, row, kind="risk_raised", words=words)
