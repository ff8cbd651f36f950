"""Change what is registered of a reviewer: roles, employer, capacity, and the facts about them."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.absent import free_absent
from accreditation.actions.desk import enter, look_again
from accreditation.actions.impartial import check_who_leaves
from accreditation.actions.leaving import leave_in_conflict
from accreditation.actions.register_reviewer import faults_of_reviewer
from accreditation.actions.wording import check_untold
from accreditation.database import Database, Session
from accreditation.errors import Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import reviewer_facts, reviewers
from accreditation.records.reviewers import Reviewer
from accreditation.records.teams import Organisation
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.reviewer_facts import FACTS, MOST_VISITS, NO_FACTS, OrganisationId, ReviewerFacts, Specialty


class ReviewerChange(ReviewerFacts):
    """What is to be otherwise; what is left out stays as it is. `organisation` is the employer, null for none."""

    roles: Annotated[tuple[Specialty, ...], Field(max_length=20)] = ()
    organisation: OrganisationId | None = None
    capacity: Annotated[int, Field(ge=0, le=MOST_VISITS)] = 0

    def given(self) -> dict[str, object]:
        """What was not left out, by name."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


ByWhatStands = Callable[[ReviewerFacts], ReviewerChange]
"""A change that follows from what stands as it is made: of two at the same moment neither undoes the other."""


class Changed(BaseModel):
    """What a change did: which entries are other than before, and what became of seats that are now in conflict.

    `left` are the cycles whose review team the reviewer left, `stands` those for which they had handed in: their
    review stands, and what becomes of it is for people to decide. `away` are those in whose review team they sit and
    whose visit is on days on which they are away: they stay until somebody decides.
    """

    changed: tuple[str, ...] = ()
    left: tuple[int, ...] = ()
    stands: tuple[int, ...] = ()
    away: tuple[int, ...] = ()


def change_reviewer(
    database: Database, *, principal: Principal, reviewer_id: int, change: ReviewerChange | ByWhatStands, at: datetime
) -> Changed:
    """Change this reviewer, and say what changed. The same change again changes nothing.

    Whoever now works, or is known to have worked, where they may not review leaves those review teams, where they have
    not handed in, and rounds that wait for a review team are tried again. Raises NotFound for a reviewer or an
    organisation that does not exist, and what `change` raises.
    """
    permit(principal, Permission.REVIEWER_REGISTER)
    return change_stated(database, principal=principal, reviewer_id=reviewer_id, change=change, at=at)


def change_stated(
    database: Database, *, principal: Principal, reviewer_id: int, change: ReviewerChange | ByWhatStands, at: datetime
) -> Changed:
    """The same for a principal who was found to be permitted."""
    with database.writing() as session:
        row = reviewers.get(session, reviewer_id)
        if not isinstance(change, ReviewerChange):
            change = change(reviewer_facts.facts_of(session, [reviewer_id]).get(reviewer_id, NO_FACTS))
        _check(session, row, change)
        done = apply_change(session, principal=principal, row=row, change=change, at=at)
        if done.changed:
            look_again(session, at=at)
        return done


def apply_change(
    session: Session, *, principal: Principal, row: Reviewer, change: ReviewerChange, at: datetime
) -> Changed:
    """Keep what is other than before, and enter it; what is named in the change was checked."""
    assert row.id is not None  # noqa: S101  (it was read)
    given = change.given()
    stands = reviewer_facts.facts_of(session, [row.id]).get(row.id, NO_FACTS)
    facts = stands.model_copy(update={name: value for name, value in given.items() if name in FACTS})
    changed = [*_registered(row, given), *reviewer_facts.state(
        session, reviewer_id=row.id, facts=facts, by=principal.name, at=at
    )]  # fmt: skip
    if not changed:
        return Changed()
    session.add(row)
    session.flush()
    left: list[int] = []
    handed_in: list[int] = []
    if {"organisation", "worked_at"} & {*changed}:
        left, handed_in = leave_in_conflict(session, by=principal.name, reviewer_id=row.id, at=at)
        check_who_leaves(session, left, principal=principal)
    away = free_absent(session, by=principal.name, at=at, reviewer_id=row.id)[0] if "unavailable" in changed else ()
    detail: dict[str, Detail] = {
        "changed": list(changed), "roles": sorted(row.role_set), "organisation": row.organisation_id,
        "capacity": row.capacity, "facts_sha256": facts.digest, "left_cycles": left, "handed_in_before": handed_in,
    }  # fmt: skip
    enter(session, at=at, by=principal, action="reviewer:change", subject=f"reviewer:{row.id}", detail=detail)
    return Changed(
        changed=tuple(changed), left=tuple(left), stands=tuple(handed_in),
        away=tuple(sorted(one.cycle_id for one, _ in away)),
    )  # fmt: skip


def _registered(row: Reviewer, given: Mapping[str, object]) -> list[str]:
    """Write what is given of roles, employer and capacity into the row; says which of them are other than before."""
    wanted = {
        "roles": (row.roles, json.dumps(sorted(set(_texts(given.get("roles")))))),
        "organisation": (row.organisation_id, given.get("organisation")),
        "capacity": (row.capacity, given.get("capacity")),
    }
    changed = [name for name, (before, after) in wanted.items() if name in given and before != after]
    columns = {"roles": "roles", "organisation": "organisation_id", "capacity": "capacity"}
    for name in changed:
        setattr(row, columns[name], wanted[name][1])
    return changed


def _texts(value: object) -> tuple[str, ...]:
    several = (value,) if isinstance(value, str) else value
    return tuple(str(one) for one in several) if isinstance(several, tuple) else ()


def _check(session: Session, row: Reviewer, change: ReviewerChange) -> None:
    given = change.given()
    words = {field: _texts(given.get(field)) for field in ("roles", "specialties", "region", "place")}
    check_untold((field, word) for field, several in words.items() for word in several)
    roles = change.roles if "roles" in given else row.role_set
    faults = faults_of_reviewer(roles=roles, capacity=change.capacity if "capacity" in given else row.capacity)
    if faults:
        raise Invalid(faults)
    named = {*change.organisations, *([change.organisation] if change.organisation is not None else [])}
    for number in sorted(named):
        if session.get(Organisation, number) is None:
            raise NotFound(f"There is no organisation {number}.")
