"""The guard: who asks, and may they? Every route names exactly one permission, and it can be read from the route.

A route without a cycle in its path is refused here where the role does not hold the permission. For a route on a
cycle the view or the action decides: it looks first whether the asker may know of the cycle at all, so that
another team's cycle and one that does not exist read the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from accreditation.database import Database
from accreditation.errors import NotAuthenticated
from accreditation.evidence.store import EvidenceStore
from accreditation.records import tokens
from accreditation.rules.people import PUBLIC, Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission, permit
from accreditation.wiring import House

BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="A token made by `accredit token create`.")
"""For the description of the API alone: it would take a header that is no bearer token for no header at all."""

OF_A_CYCLE = "cycle"
"""The name of the path's parameter that names a cycle."""

PUBLIC_ROUTES = frozenset({
    "GET /api/health", "OPTIONS /api/uploads", "GET /sign-in", "POST /sign-in", "GET /invitation", "POST /invitation",
    "GET /forgotten", "POST /forgotten", "GET /forgotten/asked", "GET /sign-in/provider", "GET /sign-in/provider/back",
})  # fmt: skip
"""Routes that need no permission, because they say nothing about anybody."""

OWN_ROUTES = frozenset({
    "POST /sign-out", "GET /account", "POST /account/password", "POST /account/everywhere",
    "GET /account/authenticator", "POST /account/authenticator", "POST /account/authenticator/confirmation",
    "POST /account/authenticator/end", "GET /account/provider", "POST /account/provider",
    "GET /account/provider/out", "POST /account/provider/end", "POST /account/offers/{grant}",
})  # fmt: skip
"""Routes of one's own account: whoever is signed in may use them, for nobody but themselves, whatever their roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """Somebody asks for something, at a moment, of this house."""

    house: House
    principal: Principal
    at: datetime

    @property
    def database(self) -> Database:
        """The records."""
        return self.house.database

    @property
    def evidence(self) -> EvidenceStore:
        """The evidence."""
        return self.house.evidence


class Guard:
    """Asks for a permission: a dependency that says who asks, or refuses."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(self, request: Request) -> Asks:
        """Who asks? Raises NotAuthenticated for a token that is not valid, and where a token is needed."""
        house: House = request.app.state.house
        at = house.now()
        principal = _principal(house.database, request.headers.getlist("authorization"), at)
        if principal is PUBLIC and self.permission not in ROLE_TABLE[principal.role]:
            raise NotAuthenticated("This needs a token: send it in the header 'Authorization: Bearer …'.")
        request.state.sends = f"{principal.role.value} {principal.name}"
        if OF_A_CYCLE not in request.path_params:
            permit(principal, self.permission)
        return Asks(house=house, principal=principal, at=at)


def guard(permission: Permission) -> Dependency:
    """The dependency that asks for this permission."""
    found: Dependency = Depends(Guard(permission))
    return found


def permission_of(route: APIRoute) -> Permission | None:
    """Which permission does this route name? None where it names none, or more than one."""
    found = [call.permission for call in calls_of(route) if isinstance(call, Guard)]
    return found[0] if len(found) == 1 else None


def calls_of(route: APIRoute) -> list[object]:
    """Every dependency of this route, and theirs."""
    return _calls(route.dependant.dependencies)


def routes_of(app: FastAPI) -> list[APIRoute]:
    """Every route of this application that answers by a handler of ours."""
    return [route for route in app.routes if isinstance(route, APIRoute)]


def _calls(dependencies: Iterable[Dependant]) -> list[object]:
    return [call for one in dependencies for call in (one.call, *_calls(one.dependencies))]


def _principal(database: Database, headers: list[str], at: datetime) -> Principal:
    if not headers:
        return PUBLIC
    kind, _, secret = headers[0].partition(" ")
    if len(headers) > 1 or kind.lower() != "bearer" or not secret.strip():
        raise NotAuthenticated("The header 'Authorization' is not 'Bearer', a space, and a token.")
    with database.reading() as session:
        principal = tokens.principal_of(session, secret=secret.strip(), at=at)
    if principal is None:
        raise NotAuthenticated("This token is not known, or it has expired. Ask the college office for another one.")
    return principal
