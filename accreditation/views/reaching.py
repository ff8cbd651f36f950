"""How somebody whose turn it is can be reached, for whoever reads who can sign in."""

from collections.abc import Collection

from accreditation.database import Session
from accreditation.records import colleagues, people
from accreditation.records.cycles import CycleNow
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.looking import Shown


class Reached(Shown):
    """Somebody by name, and the address to which their letters go."""

    name: str
    email: str


def leads(session: Session, now: CycleNow, *, principal: Principal) -> tuple[Reached, ...]:
    """Who leads the team of this cycle? Nothing is told to whoever does not read who can sign in."""
    if Permission.PERSON_READ not in ROLE_TABLE[principal.role]:
        return ()
    found = colleagues.of_team(
        session, team_id=now.team.id or 0, organisation_id=now.organisation.id or 0, role=Role.TEAM_LEAD
    )
    held = people.grants_of(session, [one.person_id for one in found])  # those who took what was offered to them
    return tuple(
        Reached(name=one.name, email=one.email)
        for one in found
        if any(grant.role is Role.TEAM_LEAD for grant in held[one.person_id])
    )


def reviewers(
    session: Session, reviewer_ids: Collection[int], *, principal: Principal
) -> dict[int, tuple[Reached, ...]]:  # fmt: skip
    """Reviewer -> who signs in as them; nothing of whoever has no account, nor to whoever does not read of it."""
    if not reviewer_ids or Permission.PERSON_READ not in ROLE_TABLE[principal.role]:
        return {}
    found = people.as_reviewers(session, reviewer_ids)
    return {key: tuple(Reached(name=one.name, email=one.email) for one in those) for key, those in found.items()}
