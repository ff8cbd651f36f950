"""A reviewer states when they cannot visit, and whom they would like to visit or rather not."""

from collections.abc import Callable
from datetime import datetime

from accreditation.actions.change_reviewer import Changed, ReviewerChange, change_stated
from accreditation.database import Database
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import Availability, ReviewerFacts

ByWhatStands = Callable[[Availability], Availability]
"""What is to stand, by what stands as it is stated: of two forms at once neither undoes the other."""


def state_availability(
    database: Database, *, principal: Principal, availability: Availability | ByWhatStands, at: datetime
) -> Changed:
    """State both for oneself, in place of what stood; says what changed. The same again changes nothing.

    Rounds that wait for a review team are tried again. Where the reviewer is only asked to make a visit and is away on
    its days, they are asked no more; where they sit in its team, the cycle is named and they stay. Raises NotFound for
    an organisation that does not exist, and what `availability` raises.
    """
    permit(principal, Permission.AVAILABILITY_STATE)

    def change(stands: ReviewerFacts) -> ReviewerChange:
        meant = availability if isinstance(availability, Availability) else availability(stands.availability)
        return ReviewerChange(unavailable=meant.unavailable, preferences=meant.preferences)

    return change_stated(database, principal=principal, reviewer_id=principal.reviewer or 0, change=change, at=at)
