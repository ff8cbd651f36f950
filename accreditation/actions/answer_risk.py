"""The team's lead answers an immediate risk in writing."""

from datetime import datetime

from accreditation.actions.desk import digest_of, open_cycle
from accreditation.actions.reviewing import tell_seat
from accreditation.actions.wording import check_words
from accreditation.database import Database
from accreditation.errors import Contradiction, NotFound
from accreditation.records import notices, risks
from accreditation.records.risks import ImmediateRiskAnswer
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def answer_risk(
    database: Database, *, principal: Principal, cycle_id: int, risk: str, reply: str, at: datetime
) -> bool:
    """Keep the answer to this risk, whatever stage the cycle is in; says whether it came in time.

    A late answer is better than none: it is kept, and shown as late. The same again changes nothing, another one is a
    Contradiction. The office and the reviewer who raised it are told.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.RISK_ANSWER, cycle_id=cycle_id, at=at)
        known = {raised.name: (raised, answer) for raised, answer in risks.of_cycle(session, cycle_id)}
        if risk not in known:
            raise NotFound(f"The cycle has no immediate risk {risk}.")
        raised, answer = known[risk]
        if answer is not None:
            if answer.reply == reply.strip():
                return raised.reply_by is None or answer.at <= raised.reply_by
            raise Contradiction(f"The risk is answered already, by {answer.by}; an answer stands.")
        check_words(
            "reply",
            reply,
            say="say what was done, and what will be, by whom and when",
            rules=desk.scheme.evidence_rules,
        )
        row = ImmediateRiskAnswer(risk=risk, reply=reply.strip(), by=principal.name, at=at)
        session.add(row)
        session.flush()
        words, about = f"The lead of {desk.now.team.name} answered the immediate risk.", f"risk:{risk}"
        notices.tell(
            session, inbox=notices.OFFICE, kind="risk_answered", cycle_id=cycle_id, about=about, words=words, at=at
        )
        tell_seat(desk, raised.assignment_id, kind="risk_answered", about=about, words=words)
        in_time = raised.reply_by is None or at <= raised.reply_by
        desk.enter("risk:answer", {"risk": risk, "reply_sha256": digest_of(row.reply), "in_time": in_time})
        return in_time
