"""Register a reviewer in the pool."""

import json
from collections.abc import Collection
from datetime import datetime

from accreditation.actions.desk import enter, look_again
from accreditation.actions.wording import faults_of_patients
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import reviewer_facts, reviewers
from accreditation.records.reviewers import Reviewer
from accreditation.records.teams import Organisation
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import MOST_VISITS, NO_FACTS, ReviewerFacts


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
        row = reviewers.named(session, name.strip())
        if row is not None:
            assert row.id is not None  # noqa: S101  (it was read)
            if (row.role_set, row.organisation_id, row.capacity) != (frozenset(roles), organisation_id, capacity):
                raise Contradiction(
                    f"A reviewer named '{name.strip()}' is registered already, with other roles, employer or capacity. "
                    "Change that one instead, or register this one by another name."
                )
            return row.id
        number = add_reviewer(
            session, principal=principal, name=name, roles=roles, organisation_id=organisation_id, capacity=capacity,
            facts=NO_FACTS, at=at,
        )  # fmt: skip
        look_again(session, at=at)
        return number


def add_reviewer(
    session: Session, *, principal: Principal, name: str, roles: Collection[str], organisation_id: int | None,
    capacity: int, facts: ReviewerFacts, at: datetime,
) -> int:  # fmt: skip
    """Keep a new reviewer, whose name is not taken and whose employer is known, and enter it; says the id."""
    row = Reviewer(
        name=name.strip(), roles=json.dumps(sorted(set(roles))), organisation_id=organisation_id, capacity=capacity
    )
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  (it was flushed)
    stated = reviewer_facts.state(session, reviewer_id=row.id, facts=facts, by=principal.name, at=at)
    detail: dict[str, Detail] = {
        "name": row.name,
        "roles": sorted(set(roles)),
        "organisation": organisation_id,
        "capacity": capacity,
    }
    if stated:
        detail |= {"facts": list(stated), "facts_sha256": facts.digest}
    enter(session, at=at, by=principal, action="reviewer:register", subject=f"reviewer:{row.id}", detail=detail)
    return row.id


def faults_of_reviewer(*, roles: Collection[str], capacity: int) -> list[Fault]:
    """What is wrong with these roles, and with so many visits a round?"""
    faults = [] if roles else [Fault(where="roles", found="none", allowed="at least one role of a review team")]
    for role in sorted(set(roles)):
        faults += faults_of_name("roles", role)
    if not 0 <= capacity <= MOST_VISITS:
        faults.append(Fault(where="capacity", found=str(capacity), allowed=f"0 to {MOST_VISITS} visits a round"))
    return faults


def _check(name: str, roles: Collection[str], capacity: int) -> None:
    faults = [
        *faults_of_name("name", name),
        *faults_of_patients("name", name),
        *faults_of_reviewer(roles=roles, capacity=capacity),
    ]
    if faults:
        raise Invalid(faults)
