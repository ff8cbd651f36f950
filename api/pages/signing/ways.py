"""Out to the college's identity provider and back, whatever for: to sign in, or to be known by it from now on."""

from datetime import datetime
from typing import TYPE_CHECKING

from accreditation.actions.sign_in_identified import Identified
from accreditation.actions.trying import check_place, count_failure
from accreditation.errors import NotAuthenticated, NotFound
from api.attempts import Attempt
from api.visitors import Visitor

if TYPE_CHECKING:
    from api.provider import Provider

BACK = "/sign-in/provider/back"
"""Where the provider sends a browser back to; it is told this one address."""

LONGEST = 600
"""Seconds that somebody may take there."""


def provider_here(anyone: Visitor) -> "Provider":
    """The provider that the settings name. Raises NotFound where they name none."""
    found: Provider | None = anyone.request.app.state.provider
    if found is None:
        raise NotFound("No identity provider is set here.")
    return found


def attempt_of(anyone: Visitor, secret: str) -> Attempt:
    """The attempt of this secret."""
    return Attempt(secret=secret, back=f"{anyone.house.site}{BACK}")


def check_age(began: str, *, at: datetime) -> None:
    """Was it begun a short while ago? Raises NotAuthenticated."""
    age = at.timestamp() - int(began) if began.isdecimal() and began.isascii() and len(began) < 12 else LONGEST + 1
    if not -1 <= age <= LONGEST:
        raise NotAuthenticated("This sign-in was not begun in this browser, or too long ago. Begin once more.")


def come_back(anyone: Visitor, attempt: Attempt, *, began: str) -> Identified:
    """Who comes back? A return of which nothing comes is counted: each may cost the provider work.

    Raises NotAuthenticated, and TooMany while a pause lasts.
    """
    provider, database = provider_here(anyone), anyone.house.database
    check_place(database, kind="provider", address=anyone.address, at=anyone.at)
    try:
        check_age(began, at=anyone.at)
        return provider.finish(attempt, answer=dict(anyone.request.query_params), at=anyone.at)
    except NotAuthenticated:
        count_failure(database, kind="provider", address=anyone.address, at=anyone.at)
        raise
