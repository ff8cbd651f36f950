"""The page to sign in, and signing out."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from accreditation.actions.sign_in import Tried, sign_in
from accreditation.actions.sign_out import sign_out
from accreditation.errors import NotAuthenticated, TooMany
from accreditation.rules.own_paths import as_next, own_path
from accreditation.rules.passwords import LONGEST
from api.pages.rendering import rendered, words_of
from api.pages.signing.entering import again_after, let_in, let_out
from api.presenting.faults import Faults, faults_of
from api.presenting.signing.faults import nothing_typed
from api.visitors import Anyone, OwnSender, Sender, Visitor
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Typed = Annotated[str, Form(max_length=254)]
Secret = Annotated[str, Form(max_length=LONGEST * 4)]
Path = Annotated[str, Form(max_length=2000)]


OUT: Mapping[str, str] = {
    "here": marked("You are signed out."),
    "everywhere": marked("You are signed out of every browser."),
    "password": marked("Your new password is set. Sign in with it and the code of your authenticator app."),
}
"""Of what or why somebody is signed out -> what is said of it."""


@router.get("/sign-in", response_model=None)
def page(
    anyone: Anyone, wanted: Annotated[str, Query(alias="next", max_length=2000)] = "", out: str = ""
) -> Response:  # fmt: skip
    """The form to sign in; where a session is over, with why."""
    ended = anyone.known if isinstance(anyone.known, str) and anyone.secret else ""
    return _shown(
        anyone, wanted=own_path(wanted, home=""), why=words_of(anyone.request)(OUT[out]) if out in OUT else ended
    )


@router.post("/sign-in", response_model=None)
def enter(
    anyone: Sender, email: Typed = "", password: Secret = "", code: Typed = "", wanted: Path = ""
) -> Response:  # fmt: skip
    """Sign in by a local account. A refusal keeps the address that was typed, and never the password."""
    tried = Tried(email=email, password=password, code=code, address=anyone.address, before=anyone.secret)
    house = anyone.house
    if lacks := nothing_typed(email=email, password=password, words=words_of(anyone.request)):
        return _shown(anyone, wanted=own_path(wanted, home=""), faults=lacks, email=email, status=422)
    try:
        admitted = sign_in(house.database, key=house.key(), tried=tried, at=anyone.at)
    except (NotAuthenticated, TooMany) as refusal:
        status, faults = 429 if isinstance(refusal, TooMany) else 422, faults_of(refusal, {"": "email"})
        shown = _shown(anyone, wanted=own_path(wanted, home=""), faults=faults, email=email, status=status)
        return again_after(refusal, shown)
    return let_in(anyone, admitted, wanted=wanted)


@router.post("/sign-out", response_model=None)
def leave(anyone: OwnSender) -> Response:
    """Sign out of this browser."""
    sign_out(anyone.house.database, secret=anyone.secret, at=anyone.at)
    return let_out(anyone, how="here")


def refused_page(anyone: Visitor, refusal: NotAuthenticated | TooMany) -> Response:
    """The page to sign in, after another way in was refused: why, and the ways that are left."""
    paused = isinstance(refusal, TooMany)
    return again_after(refusal, _shown(anyone, wanted="", why=str(refusal), status=429 if paused else 403))


def _shown(
    anyone: Visitor, *, wanted: str, why: str = "", faults: Faults | None = None, email: str = "", status: int = 200
) -> Response:  # fmt: skip
    settings = anyone.house.settings
    return anyone.show(
        rendered(
            anyone.request, "signing/sign_in.html", status=status, csrf=anyone.csrf, wanted=wanted, why=why,
            faults=faults or Faults(), email=email, provider=settings.oidc_name if settings.oidc_issuer else "",
            next=as_next(wanted) if wanted else "",
        )
    )  # fmt: skip
