"""Register a reviewer in the pool."""

import json
from collections.abc import Collection
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.wording import faults_of_name
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, jobs, reviewers
from accreditation.records.reviewers import Reviewer
from accreditation.records.teams import Organisation
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

MOST_VISITS = 50
"""More visits in one round are no reviewer's fair share."""


def register_reviewer(
    database: Database, *, principal: Principal, name: str, roles: Collection[str], organisation_id: int | None,
    capacity: int, at: datetime,
) -> int:  # fmt: skip
    """Register a reviewer by a designation, with their roles, employer and visits a round; says the id.

    The same registration again changes nothing. Rounds that wait for a review team are tried again.
    """
    permit(principal, Permission.REVIEWER_REGISTER)
    _check(name, roles, capacity)
    with database.writing() as session:
        if organisation_id is not None and session.get(Organisation, organisation_id) is None:
            raise NotFound(f"There is no organisation {organisation_id}.")
        wanted = (json.dumps(sorted(set(roles))), organisation_id, capacity)
        row = reviewers.named(session, name.strip())
        if row is not None:
            assert row.id is not None  # noqa: S101  (it was read)
            if (row.roles, row.organisation_id, row.capacity) != wanted:
                raise Contradiction(f"A reviewer named '{name}' is registered with other roles, employer or capacity.")
            return row.id
        row = Reviewer(name=name.strip(), roles=wanted[0], organisation_id=organisation_id, capacity=capacity)
        session.add(row)
        session.flush()
        assert row.id is not None  # noqa: S101  (it was flushed)
        waiting = cycles.several(session, stages=[Stage.ASSIGNMENT])
        for round_id in sorted({now.cycle.round_id for now in waiting}):
            jobs.enqueue(session, kind=jobs.Kind.ASSIGNMENT, subject=round_id, at=at)
        detail: dict[str, Detail] = {
            "name": row.name,
            "roles": sorted(set(roles)),
            "organisation": organisation_id,
            "capacity": capacity,
        }
        enter(session, at=at, by=principal, action="reviewer:register", subject=f"reviewer:{row.id}", detail=detail)
        return row.id


def _check(name: str, roles: Collection[str], capacity: int) -> None:
    faults = list(faults_of_name("name", name))
    if not roles:
        faults.append(Fault(where="roles", found="none", allowed="at least one role of a review team"))
    for role in sorted(set(roles)):
        faults += faults_of_name("roles", role)
    if not 0 <= capacity <= MOST_VISITS:
        faults.append(Fault(where="capacity", found=str(capacity), allowed=f"0 to {MOST_VISITS} visits a round"))
    if faults:
        raise Invalid(faults)
