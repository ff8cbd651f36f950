"""What a service states about itself: every fact that its scheme asks for, and whether it can be stated now."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import cycles
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.scheme.facts import FactValue
from accreditation.views.cycles import FactShown, facts_shown
from accreditation.views.looking import Shown, look
from accreditation.views.open_moves import open_moves


class ProfileShown(Shown):
    """The facts of a service's profile, in the order in which they are asked."""

    cycle: int
    facts: tuple[FactShown, ...]
    last_time: dict[str, FactValue] = Field(
        description="Fact -> what this team's last cycle in this scheme says of it; without those it says nothing of."
    )
    may_state: bool = Field(description="Whether whoever asks can state facts now: in time, and the team's lead.")
    states: bool = Field(description="Whether whoever asks is somebody who states facts at all.")


def profile(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> ProfileShown:
    """What is stated of this service, and what is left? Raises NotFound."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.CYCLE_READ, cycle_id=cycle_id)
        last = cycles.before(session, looked.now)
        return ProfileShown(
            cycle=cycle_id, facts=facts_shown(looked), last_time={} if last is None else dict(last.profile),
            may_state=any(one.move is Move.STATE_PROFILE for one in open_moves(looked, at=at)),
            states=Permission.CYCLE_PROFILE in ROLE_TABLE[principal.role],
        )  # fmt: skip
