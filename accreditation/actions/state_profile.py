"""State what a service is: which facts of the scheme's profile are true of it."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.actions.enrol import check_profile
from accreditation.database import Database
from accreditation.records import cycles, jobs
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def state_profile(
    database: Database, *, principal: Principal, cycle_id: int, profile: Mapping[str, bool], at: datetime
) -> dict[str, bool]:
    """State these facts of the profile; others stand as they were. Says the whole profile now.

    Answers to criteria that no longer apply stay kept and are not looked at. Raises Invalid for facts the
    scheme does not ask for, MoveNotAllowed once the self-assessment is submitted.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.CYCLE_PROFILE, cycle_id=cycle_id, at=at)
        desk.transition(Move.STATE_PROFILE)
        check_profile(desk.scheme, profile)
        whole = {**desk.now.profile, **profile}
        if whole != desk.now.profile:
            cycles.state_profile(session, cycle_id=cycle_id, profile=whole, by=principal.name, at=at)
            desk.follow_up(jobs.Kind.SELF_ASSESSMENT)
            desk.enter("cycle:profile", {"profile": whole})
        return whole
