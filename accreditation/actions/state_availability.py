"""A reviewer states when they cannot visit, and whom they would like to visit or rather not."""

from datetime import datetime

from accreditation.actions.change_reviewer import Changed, ReviewerChange, change_stated
from accreditation.database import Database
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import Availability


def state_availability(
    database: Database, *, principal: Principal, availability: Availability, at: datetime
) -> Changed:
    """State both for oneself, in place of what stood; says what changed. The same again changes nothing.

    Rounds that wait for a review team are tried again. Where the reviewer is only asked to make a visit and is away on
    its days, they are asked no more; where they sit in its team, the cycle is named and they stay. Raises NotFound for
    an organisation that does not exist.
    """
    permit(principal, Permission.AVAILABILITY_STATE)
    change = ReviewerChange(unavailable=availability.unavailable, preferences=availability.preferences)
    return change_stated(database, principal=principal, reviewer_id=principal.reviewer or 0, change=change, at=at)
