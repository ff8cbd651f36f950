"""What a reviewer stated of themselves, for them alone."""

from accreditation.database import Database
from accreditation.records import reviewer_facts
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import NO_FACTS, Availability


def own_availability(database: Database, *, principal: Principal) -> Availability:
    """When can this reviewer not visit, and where would they like to, or rather not? By them or by the office."""
    permit(principal, Permission.AVAILABILITY_STATE)
    number = principal.reviewer or 0
    with database.reading() as session:
        return reviewer_facts.facts_of(session, [number]).get(number, NO_FACTS).availability
