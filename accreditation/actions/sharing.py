"""Where what a team does among itself about a criterion begins: on a criterion of a cycle that has not ended."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.database import Session
from accreditation.errors import MoveNotAllowed, NotFound
from accreditation.rules.cycle import ENDED
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def at_criterion(session: Session, *, principal: Principal, cycle_id: int, criterion: str, at: datetime) -> Desk:
    """The cycle, for somebody of its team. Raises NotFound, NotPermitted, and MoveNotAllowed once it has ended."""
    desk = open_cycle(
        session, principal=principal, permission=Permission.ASSESSMENT_SHARE, cycle_id=cycle_id, at=at
    )  # fmt: skip
    if criterion not in {one.id for one in desk.scheme.applicable(desk.now.profile)}:
        raise NotFound(f"The cycle has no criterion {criterion}.")
    if desk.now.stage in ENDED:
        raise MoveNotAllowed(
            "The cycle has ended: what the team said among itself stays as it is.", stage=desk.now.stage.value,
            allowed=(),
        )  # fmt: skip
    return desk
