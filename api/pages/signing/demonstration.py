"""The page of a demonstration: choose who you are. An application has it only where it is made for a demonstration.

Whoever asks must be at the machine itself: by the address that the request comes from, by the name that the browser
knows the site by (so that no other site's name leads here), and without a proxy between.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from accreditation.actions.pretend import pretend
from accreditation.errors import NotPermitted
from accreditation.rules.demonstration import is_here, part_named
from accreditation.views.demonstration import parts
from api.pages.rendering import rendered
from api.pages.signing.entering import let_in
from api.visitors import Anyone, Sender

PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy says that somebody else asks."""


def at_the_machine(request: Request) -> None:
    """Is whoever asks at this machine? Raises NotPermitted."""
    client = "" if request.client is None else request.client.host
    asked = request.url.hostname or ""
    if not (is_here(client) and is_here(asked)) or any(name in request.headers for name in PROXIED):
        raise NotPermitted("A demonstration is for the machine that it runs on: open it there, as http://127.0.0.1.")


router = APIRouter(
    include_in_schema=False, default_response_class=HTMLResponse, dependencies=[Depends(at_the_machine)]
)  # fmt: skip


@router.get("/demonstration", response_model=None)
def choose(anyone: Anyone) -> Response:
    """Whom one may be."""
    offered = parts(anyone.house.database)
    return anyone.show(rendered(anyone.request, "signing/demonstration.html", csrf=anyone.csrf, parts=offered))


@router.post("/demonstration", response_model=None)
def be(anyone: Sender, who: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Be this one from now on."""
    admitted = pretend(anyone.house.database, part=part_named(who), before=anyone.secret, at=anyone.at)
    return let_in(anyone, admitted, wanted="")
