"""A team's lead takes a colleague's role in the team back."""

from datetime import datetime

from accreditation.actions.grant_role import take_back
from accreditation.actions.wording import check_reason
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, NotFound
from accreditation.records import people
from accreditation.records.people import RoleGrant, RoleGrantEnd
from accreditation.rules.grants import NOT_OF_TEAM, may_take_back
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit

OWN = (
    "This is your own role. A team must not be left without a lead: ask another lead of the team or the college office "
    "to take it back."
)


def end_colleague(database: Database, *, principal: Principal, grant_id: int, reason: str, at: datetime) -> None:
    """Take this role in the lead's own team back; from the next page on its holder is it no more.

    Raises NotPermitted, Invalid for no reason, NotFound for what is not of the team, and Contradiction where it is
    one's own or was ended for another reason.
    """
    permit(principal, Permission.COLLEAGUE_END)
    check_reason(reason)
    with database.writing() as session:
        row, ended = _of_the_team(session, principal, grant_id)
        if people.get(session, row.person_id).acts_as == principal.name:
            raise Contradiction(OWN)
        if ended is None and not _leads_still(session, principal):
            raise NotFound(NOT_OF_TEAM)
        take_back(session, row, ended, by=principal, reason=reason.strip(), at=at)


def _leads_still(session: Session, principal: Principal) -> bool:
    """Is whoever asks a lead of the team now? Of two who take each other's role back at once, one stays.

    Who acts under no person's name, as in a demonstration, has no role that could have been taken back.
    """
    asking = people.ever(session, Role.TEAM_LEAD, name=principal.name)
    held = people.grants_of(session, asking).values()
    return not asking or any(
        one.role is Role.TEAM_LEAD and (one.team == principal.team or one.organisation is not None)
        for grants in held
        for one in grants
    )


def _of_the_team(session: Session, principal: Principal, grant_id: int) -> tuple[RoleGrant, RoleGrantEnd | None]:
    """This role; one of elsewhere reads as one that does not exist. Raises NotFound."""
    try:
        row, ended = people.given(session, grant_id)
    except NotFound:
        raise NotFound(NOT_OF_TEAM) from None
    may_take_back(principal, row.value)
    return row, ended
