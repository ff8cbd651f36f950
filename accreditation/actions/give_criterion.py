"""A team shares its work: a criterion is given to one of its people, who looks after it; all may still answer it."""

from datetime import datetime

from accreditation.actions.sharing import at_criterion
from accreditation.database import Database
from accreditation.errors import Fault, Invalid
from accreditation.records import colleagues
from accreditation.records.colleagues import CriterionHolder
from accreditation.rules.people import Principal


def give_criterion(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, grant_id: int | None, at: datetime
) -> int:
    """Keep that whoever has this role in the team (or nobody) looks after the criterion; says how often it was given.

    To whom has it already, nothing changes. Raises Invalid for somebody who is not in the team, NotFound for a
    criterion that the cycle does not have, MoveNotAllowed once the cycle has ended.
    """
    with database.writing() as session:
        desk = at_criterion(session, principal=principal, cycle_id=cycle_id, criterion=criterion, at=at)
        organisation = desk.now.organisation.id or 0
        team = colleagues.of_team(session, team_id=desk.now.cycle.team_id, organisation_id=organisation)
        people = {one.grant_id: one.person_id for one in team}
        if grant_id is not None and grant_id not in people:
            known = ", ".join(one.name for one in team) or "nobody can sign in for it yet"
            raise Invalid([Fault(where="who", found="somebody who is not in the team", allowed=f"one of {known}")])
        person_id = None if grant_id is None else people[grant_id]
        last = colleagues.holders(session, cycle_id).get(criterion)
        number = 0 if last is None else last.number
        if person_id == (None if last is None else last.person_id):
            return number
        session.add(
            CriterionHolder(
                cycle_id=cycle_id, criterion=criterion, number=number + 1, person_id=person_id, by=principal.name, at=at
            )
        )
        desk.enter("assessment:give", {"criterion": criterion, "person": person_id, "number": number + 1})
        return number + 1
