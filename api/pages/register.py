"""The public register as pages: who holds what, until when, what it means, and how to check it. In every language."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.permissions import Permission
from accreditation.views import register as view
from api.guard import Asks, guard
from api.inputs.bounds import (
    LARGEST_ID,
    ChosenOutcome,
    ChosenPlace,
    ChosenScheme,
    ChosenService,
    CycleId,
    Search,
)
from api.pages.rendering import rendered, words_of
from api.presenting.register import entry
from api.presenting.register_list import listed
from api.visitors import Anyone

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Anybody = Annotated[Asks, guard(Permission.REGISTER_READ)]
PageNumber = Annotated[int, Query(ge=1, le=LARGEST_ID)]

ROWS = 25
"""Entries on a page: so many are read, and the page stays light on a slow network."""


@router.get("/", response_model=None)
@router.get("/register", response_model=None)
@router.get("/cy", response_model=None)
@router.get("/cy/register", response_model=None)
def register(
    request: Request, asks: Anybody, _anyone: Anyone, search: Search = "", service: ChosenService = "",
    place: ChosenPlace = "", scheme: ChosenScheme = "", outcome: ChosenOutcome = "", page: PageNumber = 1,
) -> Response:  # fmt: skip
    """The register, or what in it fits a search."""
    sought = view.Search(words=search, service=service, place=place, scheme=scheme, outcome=outcome)
    found = view.look_up(asks.database, principal=asks.principal, search=sought, page=page, size=ROWS, at=asks.at)
    told = listed(found, sought, words_of(request))
    return rendered(request, "register/list.html", translated=True, listed=told, sought=sought)


@router.get("/register/{cycle}", response_model=None)
@router.get("/cy/register/{cycle}", response_model=None)
def registered(request: Request, cycle: CycleId, asks: Anybody, _anyone: Anyone) -> Response:
    """One entry of the register, with its proof."""
    found = view.proved(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
    told = entry(found.result, found.proof, found.then, on=asks.at.date(), words=words_of(request))
    return rendered(request, "register/entry.html", translated=True, entry=told)
