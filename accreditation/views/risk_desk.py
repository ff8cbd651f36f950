"""Immediate risks as a page shows them: to the reviewer who raises one, and to the team's lead who answers it."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.looking import Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.risks import RiskShown, shown_risks


class RiskDesk(Shown):
    """The risks of a cycle that the asker may see, and what raising another takes."""

    risks: tuple[RiskShown, ...]
    criteria: dict[str, str] = Field(description="Criterion that applies -> its title, in the order of the standard.")
    may_raise: bool
    reply_within: str = Field(description="How long the lead has to answer, as in '2 business days'; empty: no time.")


def risk_desk(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> RiskDesk:
    """What was warned of in this cycle, and can the asker warn of more? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.RISK_READ, cycle_id=cycle_id)
        rule = looked.scheme.immediate_risk
        return RiskDesk(
            risks=shown_risks(looked, at=at), criteria={one.id: one.title for one in looked.applicable},
            may_raise=Move.RAISE_RISK in {one.move for one in open_moves(looked, at=at)},
            reply_within="" if rule is None else str(rule.reply_within),
        )  # fmt: skip
