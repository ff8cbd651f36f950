"""The team's lead agrees to the report: what the reviewers found is accurate, or was answered."""

from datetime import datetime

from accreditation.actions.desk import open_cycle
from accreditation.database import Database
from accreditation.errors import Contradiction
from accreditation.records import accuracy, cycles
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def agree(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Stage:
    """Agree to the report; says the stage that the cycle is in then. Agreeing again changes nothing.

    Raises Contradiction while a comment of the team waits for its answer.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.ACCURACY_AGREE, cycle_id=cycle_id, at=at)
        done = [row for row in cycles.history(session, cycle_id) if row.move == Move.AGREE.value]
        if done and desk.now.stage is not Stage.FACTUAL_ACCURACY:
            return desk.now.stage
        desk.transition(Move.AGREE)
        waiting = accuracy.open_comments(session, cycle_id)
        if waiting:
            names = ", ".join(dict.fromkeys(row.criterion for row in waiting))
            raise Contradiction(
                f"What the team said about {names} is not answered yet. Agree once the reviewers have answered."
            )
        reached = desk.go(Move.AGREE)
        desk.enter("accuracy:agree", {"comments": len(accuracy.comments(session, cycle_id))})
        return reached
