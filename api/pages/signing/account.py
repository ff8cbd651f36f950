"""One's own account: roles, password, authenticator app, and signing out of every browser."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.authenticator import confirm_app, give_up_app, offer_app, offered_app
from accreditation.actions.change_password import change_password
from accreditation.actions.proving import Proof
from accreditation.actions.sign_out import sign_out_everywhere
from accreditation.errors import Invalid, Refused, TooMany
from accreditation.rules.passwords import SHORTEST
from accreditation.views.account import account
from api.pages.rendering import rendered, words_of
from api.pages.signing.entering import SEE_OTHER, again_after, check_again, let_in, let_out
from api.pages.signing.sign_in import Secret, Typed
from api.presenting.faults import Faults
from api.presenting.signing.authenticator import key
from api.presenting.signing.faults import signing_faults
from api.presenting.signing.sessions import sessions
from api.visitors import Own, OwnSender, Visitor
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

ISSUER = "Accreditation"
"""Under which name an authenticator app lists the account."""

DONE: Mapping[str, str] = {
    "password": marked("Your password is changed. Every other browser is signed out."),
    "app": marked(
        "From now on you are asked for the code of the app whenever you sign in. Every other browser is signed out."
    ),
    "joined": marked("From now on you can sign in with the provider too."),
    "left": marked("From now on your password alone lets you in. Every other browser is signed out."),
    "taken": marked("The role is yours. What you can do with it is shown below."),
    "refused": marked("You are not in that team. Its lead no longer sees you there."),
    "no-app": marked("From now on your password alone lets you in. Every other browser is signed out."),
}
"""What has just happened -> what is said of it."""


@router.get("/account", response_model=None)
def page(anyone: Own, done: str = "") -> Response:
    """What I may be here, and how I sign in."""
    return account_page(anyone, done=words_of(anyone.request)(DONE[done]) if done in DONE else "")


@router.post("/account/password", response_model=None)
def new_password(anyone: OwnSender, old: Secret = "", new: Secret = "", again: Secret = "") -> Response:
    """Change the password."""
    house = anyone.house
    try:
        check_again(new, again)
        admitted = change_password(
            house.database, key=house.key(), proof=proof_of(anyone, old), new=new, secret=anyone.secret, at=anyone.at
        )  # fmt: skip
    except (Invalid, TooMany) as refusal:
        return refused_account(
            anyone, refusal, {"present password": "old", "password": "new", "password again": "again"}
        )
    return let_in(anyone, admitted, wanted="/account?done=password")


@router.post("/account/authenticator", response_model=None)
def offer(anyone: OwnSender, password: Secret = "") -> Response:
    """Make a key for an authenticator app."""
    house = anyone.house
    try:
        proof = proof_of(anyone, password)
        offer_app(house.database, key=house.key(), proof=proof, session_secret=anyone.secret, at=anyone.at)
    except (Invalid, TooMany) as refusal:
        return refused_account(anyone, refusal, {"present password": "password"})
    return RedirectResponse("/account/authenticator", SEE_OTHER)


@router.get("/account/authenticator", response_model=None)
def offered(anyone: Own) -> Response:
    """Show the key that the authenticator app is given."""
    return _offered(anyone, Faults())


@router.post("/account/authenticator/confirmation", response_model=None)
def confirm(anyone: OwnSender, code: Typed = "") -> Response:
    """Let the app count, as its code is right."""
    house = anyone.house
    try:
        confirm_app(
            house.database, key=house.key(), person_id=anyone.signed.person, code=code, session_secret=anyone.secret,
            at=anyone.at,
        )  # fmt: skip
    except Invalid as refusal:
        return _offered(anyone, signing_faults(refusal, {"code": "code"}))
    return RedirectResponse("/account?done=app", SEE_OTHER)


@router.post("/account/authenticator/end", response_model=None)
def give_up(anyone: OwnSender, password: Secret = "", code: Typed = "") -> Response:
    """Let the password alone do."""
    house = anyone.house
    try:
        proof = proof_of(anyone, password, code)
        give_up_app(house.database, key=house.key(), proof=proof, session_secret=anyone.secret, at=anyone.at)
    except (Invalid, TooMany) as refusal:
        return refused_account(anyone, refusal, {"present password": "password", "code": "code"})
    return RedirectResponse("/account?done=no-app", SEE_OTHER)


@router.post("/account/everywhere", response_model=None)
def leave_everywhere(anyone: OwnSender) -> Response:
    """Sign out of every browser, this one too."""
    sign_out_everywhere(anyone.house.database, person_id=anyone.signed.person, at=anyone.at)
    return let_out(anyone, how="everywhere")


def _offered(anyone: Visitor, faults: Faults) -> Response:
    house = anyone.house
    found = offered_app(
        house.database, key=house.key(), person_id=anyone.signed.person, session_secret=anyone.secret, issuer=ISSUER
    )
    return rendered(
        anyone.request, "signing/authenticator.html", status=422 if faults else 200, csrf=anyone.csrf,
        key=key(found), faults=faults,
    )  # fmt: skip


def refused_account(anyone: Visitor, refusal: Refused, fields: Mapping[str, str]) -> Response:
    """The page again, with what was wrong beside its field."""
    faults = signing_faults(refusal, fields)
    return again_after(
        refusal, account_page(anyone, status=429 if isinstance(refusal, TooMany) else 422, faults=faults)
    )


def proof_of(anyone: Visitor, password: str, code: str | None = None) -> Proof:
    """What they typed to show that it is still they who sit there."""
    return Proof(person_id=anyone.signed.person, password=password, address=anyone.address, code=code)


def account_page(anyone: Visitor, *, status: int = 200, faults: Faults | None = None, done: str = "") -> Response:
    """The page of one's own account, with what has just happened."""
    found, settings = account(anyone.house.database, signed=anyone.signed, at=anyone.at), anyone.house.settings
    return rendered(
        anyone.request, "signing/account.html", status=status, csrf=anyone.csrf, faults=faults or Faults(),
        account=found, own=anyone.signed, shortest=SHORTEST, done=done,
        sessions=sessions(found.sessions, words_of(anyone.request)),
        provider=settings.oidc_name if settings.oidc_issuer else "",
    )  # fmt: skip
