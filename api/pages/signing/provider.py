"""Signing in with the college's identity provider: out to it, and back."""

import base64
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.sign_in_identified import Identified, sign_in_identified
from accreditation.actions.trying import check_place, count_failure
from accreditation.errors import NotAuthenticated, NotFound, TooMany
from accreditation.rules.derived import as_text
from accreditation.rules.own_paths import own_path
from api.attempts import Attempt
from api.cookies import PROVIDER, forget, new_form, read, write
from api.pages.signing.entering import SEE_OTHER, let_in
from api.pages.signing.sign_in import refused_page
from api.visiting import Anyone, Visitor

if TYPE_CHECKING:
    from api.provider import Provider

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

BACK = "/sign-in/provider/back"

LONGEST = 600
"""Seconds that somebody may take there."""


@router.get("/sign-in/provider", response_model=None)
def out(anyone: Anyone, wanted: Annotated[str, Query(alias="next", max_length=2000)] = "") -> Response:
    """Send the browser to the provider, with a cookie that only it brings back."""
    secret = f"{int(anyone.at.timestamp())}.{new_form()}"
    try:
        response: Response = RedirectResponse(_provider(anyone).begin(_attempt(anyone, secret)), SEE_OTHER)
    except NotAuthenticated as refusal:
        return refused_page(anyone, refusal)
    write(response, anyone.request, anyone.house, PROVIDER, f"{secret}.{as_text(own_path(wanted).encode())}")
    return response


@router.get(BACK, response_model=None)
def back(anyone: Anyone) -> Response:
    """Let in whoever the provider says it is. The cookie is used up, whatever comes of it."""
    began, _, rest = read(anyone.request, anyone.house, PROVIDER).partition(".")
    random, _, wanted = rest.partition(".")
    house, attempt = anyone.house, _attempt(anyone, f"{began}.{random}")
    try:
        identified = _identified(anyone, attempt, began)
        admitted = sign_in_identified(
            house.database, key=house.key(), identified=identified, before=anyone.secret, address=anyone.address,
            at=anyone.at,
        )  # fmt: skip
    except (NotAuthenticated, TooMany) as refusal:
        response = refused_page(anyone, refusal)
    else:
        response = let_in(anyone, admitted, wanted=_read_path(wanted))
    forget(response, anyone.request, anyone.house, PROVIDER)
    return response


def _identified(anyone: Visitor, attempt: Attempt, began: str) -> Identified:
    """Who comes back? A return of which nothing comes is counted: each may cost the provider work."""
    provider, database = _provider(anyone), anyone.house.database
    check_place(database, kind="provider", address=anyone.address, at=anyone.at)
    try:
        _check_age(began, at=anyone.at)
        return provider.finish(attempt, answer=dict(anyone.request.query_params), at=anyone.at)
    except NotAuthenticated:
        count_failure(database, kind="provider", address=anyone.address, at=anyone.at)
        raise


def _provider(anyone: Visitor) -> "Provider":
    found: Provider | None = anyone.request.app.state.provider
    if found is None:
        raise NotFound("No identity provider is set here.")
    return found


def _attempt(anyone: Visitor, secret: str) -> Attempt:
    return Attempt(secret=secret, back=f"{anyone.house.site}{BACK}")


def _read_path(kept: str) -> str:
    """The path in the cookie; nothing where it is none."""
    try:
        return base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode()
    except ValueError:
        return ""


def _check_age(began: str, *, at: datetime) -> None:
    age = at.timestamp() - int(began) if began.isdecimal() and began.isascii() else LONGEST + 1
    if not -1 <= age <= LONGEST:
        raise NotAuthenticated("This sign-in was not begun in this browser, or too long ago. Begin once more.")
