"""The public register: who holds what, and until when."""

from typing import Annotated

from accreditation.rules.permissions import Permission
from accreditation.views import register as view
from accreditation.views.looking import Page
from accreditation.views.results import Result
from accreditation.views.results import registered as entry_of
from api.guard import Asks, guard
from api.inputs.bounds import After, ChosenOutcome, ChosenPlace, ChosenScheme, ChosenService, CycleId, Limit, Search
from api.routes.making import routes

router = routes("register")

Anybody = Annotated[Asks, guard(Permission.REGISTER_READ)]


@router.get("/register", response_model=Page[Result])
def register(
    asks: Anybody, search: Search = "", service: ChosenService = "", place: ChosenPlace = "",
    scheme: ChosenScheme = "", outcome: ChosenOutcome = "", after: After = 0, limit: Limit = 100,
) -> Page[Result]:  # fmt: skip
    """Who holds what, until when? All of it, or what fits a search as the pages have it."""
    sought = view.Search(words=search, service=service, place=place, scheme=scheme, outcome=outcome)
    return view.listed(asks.database, principal=asks.principal, search=sought, after=after, limit=limit, at=asks.at)


@router.get("/register/{cycle}", response_model=Result)
def registered(cycle: CycleId, asks: Anybody) -> Result:
    """One entry of the register, by its cycle."""
    return entry_of(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
