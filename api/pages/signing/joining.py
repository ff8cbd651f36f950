"""Joining the college's identity provider to one's own account, and leaving it.

Whoever joins has typed their password just now. That they did stands in a cookie which nobody else can make: it is
bound to their session by the house's key. So no other session and no other browser comes back with what was begun here.
"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.join_provider import join_provider, leave_provider, may_join
from accreditation.errors import Contradiction, Invalid, NotAuthenticated, Refused, TooMany
from accreditation.records.signed import Signed
from accreditation.rules.derived import as_text, derived, same
from api.attempts import Attempt
from api.cookies import JOIN, forget, new_form, read, write
from api.pages.rendering import rendered
from api.pages.signing.account import account_page, proof_of, refused_account
from api.pages.signing.entering import SEE_OTHER, again_after, let_in
from api.pages.signing.sign_in import Secret, Typed, refused_page
from api.pages.signing.ways import attempt_of, check_age, come_back, provider_here
from api.visitors import Own, OwnSender, Visitor

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

FIELDS = {"present password": "provider_password", "code": "provider_code"}
"""What a fault is about -> the field of the form."""


@router.post("/account/provider", response_model=None)
def begin(anyone: OwnSender, provider_password: Secret = "", provider_code: Typed = "") -> Response:
    """Let me go to the provider: it is I who sit here."""
    provider_here(anyone)
    house, proof = anyone.house, proof_of(anyone, provider_password, provider_code)
    try:
        may_join(house.database, key=house.key(), proof=proof, at=anyone.at)
    except (Invalid, TooMany, Contradiction) as refusal:
        return refused_account(anyone, refusal, FIELDS)
    begun = f"{int(anyone.at.timestamp())}.{new_form()}"
    response = RedirectResponse("/account/provider", SEE_OTHER)
    write(response, anyone.request, house, JOIN, f"{begun}.{_seal(anyone, begun)}")
    return response


@router.get("/account/provider", response_model=None)
def ready(anyone: Own) -> Response:
    """The way to the provider: a link, as a form of ours leads to no other site."""
    provider_here(anyone)
    try:
        _begun(anyone)
    except NotAuthenticated as refusal:
        return _not_joined(anyone, refusal)
    return rendered(anyone.request, "signing/joining.html", provider=anyone.house.settings.oidc_name)


@router.get("/account/provider/out", response_model=None)
def out(anyone: Own) -> Response:
    """Send the browser to the provider."""
    try:
        attempt, _ = _begun(anyone)
        return RedirectResponse(provider_here(anyone).begin(attempt), SEE_OTHER)
    except NotAuthenticated as refusal:
        return _not_joined(anyone, refusal)


@router.post("/account/provider/end", response_model=None)
def leave(anyone: OwnSender, provider_password: Secret = "", provider_code: Typed = "") -> Response:
    """Sign in with the password alone again."""
    house, proof = anyone.house, proof_of(anyone, provider_password, provider_code)
    try:
        admitted = leave_provider(house.database, key=house.key(), proof=proof, secret=anyone.secret, at=anyone.at)
    except (Invalid, TooMany) as refusal:
        return refused_account(anyone, refusal, FIELDS)
    return let_in(anyone, admitted, wanted="/account?done=left")


def comes_to_join(anyone: Visitor) -> bool:
    """Does whoever comes back from the provider come back from what was begun here?"""
    kept, state = read(anyone.request, anyone.house, JOIN), anyone.request.query_params.get("state", "")
    return bool(kept) and same(state, _attempt(anyone, kept).state)


def joined(anyone: Visitor) -> Response:
    """Whoever the provider means is this person from now on. The cookie is used up, whatever comes of it."""
    try:
        attempt, began = _begun(anyone)
        identified = come_back(anyone, attempt, began=began)
        join_provider(anyone.house.database, person_id=anyone.signed.person, identified=identified, at=anyone.at)
        response: Response = RedirectResponse("/account?done=joined", SEE_OTHER)
    except (NotAuthenticated, TooMany, Contradiction) as refusal:
        response = _not_joined(anyone, refusal)
    forget(response, anyone.request, anyone.house, JOIN)
    return response


def _begun(anyone: Visitor) -> tuple[Attempt, str]:
    """The attempt that this session began, and when. Raises NotAuthenticated where it began none a short while ago."""
    kept = read(anyone.request, anyone.house, JOIN)
    begun, _, seal = kept.rpartition(".")
    if not same(seal, _seal(anyone, begun)):
        raise NotAuthenticated("This was not begun in this browser since you signed in. Begin once more.")
    began = begun.partition(".")[0]
    check_age(began, at=anyone.at)
    return _attempt(anyone, kept), began


def _seal(anyone: Visitor, begun: str) -> str:
    return as_text(derived(anyone.house.key(), "join", anyone.secret, begun))


def _attempt(anyone: Visitor, kept: str) -> Attempt:
    return attempt_of(anyone, f"join {kept}")


def _not_joined(anyone: Visitor, refusal: Refused) -> Response:
    if not isinstance(anyone.known, Signed):
        return refused_page(anyone, NotAuthenticated(f"{anyone.known} Then begin once more on your account's page."))
    status = 429 if isinstance(refusal, TooMany) else 409 if isinstance(refusal, Contradiction) else 403
    return again_after(refusal, account_page(anyone, status=status, done=str(refusal)))
