"""Signing in with the college's identity provider: out to it, and back."""

import base64
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.sign_in_identified import sign_in_identified
from accreditation.errors import NotAuthenticated, TooMany
from accreditation.rules.derived import as_text
from accreditation.rules.own_paths import own_path
from api.cookies import PROVIDER, forget, new_form, read, write
from api.pages.signing.entering import SEE_OTHER, let_in
from api.pages.signing.joining import comes_to_join, joined
from api.pages.signing.sign_in import refused_page
from api.pages.signing.ways import BACK, attempt_of, come_back, provider_here
from api.visitors import Anyone

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/sign-in/provider", response_model=None)
def out(anyone: Anyone, wanted: Annotated[str, Query(alias="next", max_length=2000)] = "") -> Response:
    """Send the browser to the provider, with a cookie that only it brings back."""
    secret = f"{int(anyone.at.timestamp())}.{new_form()}"
    try:
        response: Response = RedirectResponse(provider_here(anyone).begin(attempt_of(anyone, secret)), SEE_OTHER)
    except NotAuthenticated as refusal:
        return refused_page(anyone, refusal)
    write(response, anyone.request, anyone.house, PROVIDER, f"{secret}.{as_text(own_path(wanted, home='').encode())}")
    return response


@router.get(BACK, response_model=None)
def back(anyone: Anyone) -> Response:
    """Let in whoever the provider says it is. The cookie is used up, whatever comes of it."""
    if comes_to_join(anyone):
        return joined(anyone)
    began, _, rest = read(anyone.request, anyone.house, PROVIDER).partition(".")
    random, _, wanted = rest.partition(".")
    house = anyone.house
    try:
        identified = come_back(anyone, attempt_of(anyone, f"{began}.{random}"), began=began)
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


def _read_path(kept: str) -> str:
    """The path in the cookie; nothing where it is none."""
    try:
        return base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4)).decode()
    except ValueError:
        return ""
