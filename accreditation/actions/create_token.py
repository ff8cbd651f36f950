"""Make a bearer token: shown once, kept as a digest."""

import secrets
from datetime import datetime, timedelta

from accreditation.actions.desk import enter
from accreditation.actions.wording import faults_of_patients
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import reviewers, teams, tokens
from accreditation.records.tokens import Token
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit

LONGEST = timedelta(days=3660)
"""Ten years: who still needs a token then is given another."""

NO_TOKEN = (Role.PUBLIC, Role.ENGINE)
"""The public needs no token, and the engine has none."""

TEAM_ROLES = (Role.TEAM_LEAD, Role.TEAM_MEMBER)


def create_token(
    database: Database, *, principal: Principal, name: str, role: Role, team_id: int | None, reviewer_id: int | None,
    valid_for: timedelta, at: datetime,
) -> str:  # fmt: skip
    """Make a token for this name and role, bound to a team or a reviewer where the role needs it; says the secret.

    The secret has 256 random bits and is not kept: only its digest is. Raises Invalid, NotFound, Contradiction.
    """
    permit(principal, Permission.TOKEN_CREATE)
    _check(name, role, team_id, reviewer_id, valid_for)
    name = name.strip()
    secret = secrets.token_urlsafe(32)
    with database.writing() as session:
        if tokens.named(session, name) is not None:
            raise Contradiction(f"There is a token named '{name}' already; choose another name.")
        if team_id is not None:
            teams.get(session, team_id)
        if reviewer_id is not None:
            reviewers.get(session, reviewer_id)
        session.add(
            Token(
                digest=tokens.digest_of(secret), name=name, role=role.value, team_id=team_id, reviewer_id=reviewer_id,
                created_at=at, expires_at=at + valid_for,
            )
        )  # fmt: skip
        detail: dict[str, Detail] = {
            "name": name,
            "role": role.value,
            "team": team_id,
            "reviewer": reviewer_id,
            "expires": at + valid_for,
        }
        enter(session, at=at, by=principal, action="token:create", subject=f"token:{name}", detail=detail)
    return secret


def _check(name: str, role: Role, team_id: int | None, reviewer_id: int | None, valid_for: timedelta) -> None:
    faults = [*faults_of_name("name", name), *faults_of_patients("name", name)]
    if not timedelta(0) < valid_for <= LONGEST:
        allowed = f"more than nothing, up to {LONGEST.days} days"
        faults.append(Fault(where="valid for", found=str(valid_for), allowed=allowed))
    if role in NO_TOKEN:
        faults.append(
            Fault(where="role", found=role.value, allowed="the public needs no token, and the engine has none")
        )
    if (role in TEAM_ROLES) != (team_id is not None):
        found = "none is named" if team_id is None else f"team {team_id}, for the role {role.value}"
        faults.append(Fault(where="team", found=found, allowed="a team for team_lead and team_member, for nobody else"))
    if (role is Role.REVIEWER) != (reviewer_id is not None):
        found = "none is named" if reviewer_id is None else f"reviewer {reviewer_id}, for the role {role.value}"
        faults.append(Fault(where="reviewer", found=found, allowed="a reviewer for the role reviewer, for nobody else"))
    if faults:
        raise Invalid(faults)
