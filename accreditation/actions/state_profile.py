"""State what a service is: the answers to the questions of the scheme's profile."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import entered_profile, open_cycle
from accreditation.actions.stating import check_may_state, check_still_open, stated_facts
from accreditation.database import Database
from accreditation.records import cycles, jobs
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.facts import FactValue

LOOKS: Mapping[Stage, jobs.Kind] = {
    Stage.SELF_ASSESSMENT: jobs.Kind.SELF_ASSESSMENT,
    Stage.EVIDENCE: jobs.Kind.SELF_ASSESSMENT,
    Stage.RECOMMENDATION: jobs.Kind.AWARD,
}
"""What the engine looks at when a fact is stated: the gap report, or the recommendation that waited for it."""


def state_profile(
    database: Database, *, principal: Principal, cycle_id: int, profile: Mapping[str, object], at: datetime
) -> dict[str, FactValue]:
    """State these facts of the profile; others stand as they were. Says the whole profile now.

    Answers to criteria that no longer apply stay kept and are not looked at. Raises Invalid for facts the
    scheme does not ask for and for statements that do not answer their questions, NotPermitted for facts of the
    college office, MoveNotAllowed for what was settled when the self-assessment was submitted.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.CYCLE_PROFILE, cycle_id=cycle_id, at=at)
        desk.transition(Move.STATE_PROFILE)
        stated = stated_facts(desk.scheme, profile)
        check_may_state(session, principal, desk.scheme, stated, organisation_id=desk.now.organisation.id or 0)
        check_still_open(desk, stated)
        whole = {**desk.now.profile, **stated}
        if whole != desk.now.profile:
            cycles.state_profile(session, cycle_id=cycle_id, profile=whole, by=principal.name, at=at)
            if desk.now.stage in LOOKS:
                desk.follow_up(LOOKS[desk.now.stage])
            desk.enter("cycle:profile", {"profile": entered_profile(whole)})
        return whole
