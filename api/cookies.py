"""The cookies: of a session, of a form that somebody fills in before they are signed in, of ways to a provider.

Where the site is reached by https both are `__Host-` cookies: no other host and no path can set or read them. No script
sees any, and no other site's form sends them along (SameSite=Lax). None says anything by itself: the session's is
a random secret, and what is known about it stands in the records.
"""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from accreditation.wiring import House

SESSION = "session"
FORM = "form"
PROVIDER = "provider"
JOIN = "join"

LONGEST = 700
"""Characters of a cookie of ours; whatever is longer is none."""


def is_secure(request: Request, house: House) -> bool:
    """Is the site reached by https, here or at a proxy in front of it?"""
    return request.url.scheme == "https" or house.site.startswith("https://")


def read(request: Request, house: House, name: str) -> str:
    """What this cookie holds; nothing where there is none."""
    value = request.cookies.get(_named(name, is_secure(request, house)), "")
    return value if len(value) <= LONGEST else ""


def write(response: Response, request: Request, house: House, name: str, value: str) -> None:
    """Let the browser keep this until it is closed; how long a session lasts is not the browser's business."""
    secure = is_secure(request, house)
    response.set_cookie(_named(name, secure), value, path="/", secure=secure, httponly=True, samesite="lax")


def forget(response: Response, request: Request, house: House, name: str) -> None:
    """Let the browser forget this."""
    secure = is_secure(request, house)
    response.delete_cookie(_named(name, secure), path="/", secure=secure, httponly=True, samesite="lax")


def new_form() -> str:
    """A secret for a form's cookie."""
    return secrets.token_urlsafe(32)


def _named(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name
