"""The public register: who holds what, and until when."""

from typing import Annotated

from accreditation.rules.permissions import Permission
from accreditation.views import results as view
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.bounds import After, CycleId, Limit, Search
from api.routes.making import routes

router = routes("register")

Anybody = Annotated[Asks, guard(Permission.REGISTER_READ)]


@router.get("/register", response_model=Page[view.Result])
def register(asks: Anybody, search: Search = "", after: After = 0, limit: Limit = 100) -> Page[view.Result]:
    """Who holds what, until when?"""
    return view.register(asks.database, principal=asks.principal, search=search, after=after, limit=limit, at=asks.at)


@router.get("/register/{cycle}", response_model=view.Result)
def registered(cycle: CycleId, asks: Anybody) -> view.Result:
    """One entry of the register, by its cycle."""
    return view.registered(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
