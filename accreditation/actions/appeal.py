"""The team's lead appeals against the published decision."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction
from accreditation.records import aftermath
from accreditation.records.aftermath import Appeal
from accreditation.records.awards import Publication
from accreditation.rules.afterwards import appeal_until, day_words
from accreditation.rules.cycle import Move
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def appeal(database: Database, *, principal: Principal, cycle_id: int, reason: str, at: datetime) -> Appeal:
    """Appeal with this reason. The same appeal again changes nothing; there is one for a decision.

    The time for it is counted from the publication, and its last day is in time. Raises Contradiction where the scheme
    has no appeal, the time is over, an appeal was lodged before, or another outcome has followed the decision.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.APPEAL_LODGE, cycle_id=cycle_id, at=at)
        row = session.get(Appeal, cycle_id)
        if row is not None:
            if row.reason == reason.strip():
                return row
            raise Contradiction(
                f"An appeal was lodged on {day_words(row.at.date())}. There is one appeal for a decision."
            )
        desk.go(Move.APPEAL)
        check_reason(reason, rules=desk.scheme.evidence_rules)
        _check_may_appeal(desk)
        row = Appeal(cycle_id=cycle_id, reason=reason.strip(), by=principal.name, at=at)
        session.add(row)
        desk.enter("appeal:lodge", {"reason": row.reason})
        return row


def _check_may_appeal(desk: Desk) -> None:
    rule, after = desk.scheme.appeal, aftermath.aftermath(desk.session, desk.cycle_id)
    if rule is None or after is None:
        raise Contradiction(f"The scheme '{desk.scheme.title}' has no appeal. Ask the college office what can be done.")
    told = desk.session.get_one(Publication, desk.cycle_id).at
    until = appeal_until(rule, told=told, holidays=holidays_of(scheme=desk.scheme, profile=desk.now.profile))
    if desk.at.date() > until:
        raise Contradiction(
            f"The decision was published on {day_words(told.date())}. An appeal could be lodged until "
            f"{day_words(until)} ({rule.within}); the time is over."
        )
    if after.changes:
        title = desk.scheme.outcome(after.stands.outcome).title
        raise Contradiction(
            f"The decision does not stand any more: it is '{title}' since {day_words(after.stands.at.date())}."
        )
