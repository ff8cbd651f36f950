"""The page of a letter's link, and the pages where one asks for such a letter.

The secret of a link stands in the query, not in the path: what goes wrong is logged with its path.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from accreditation.actions.accept_invitation import accept_invitation, look_at_link
from accreditation.actions.change_password import ask_reset
from accreditation.errors import Invalid
from accreditation.rules.passwords import SHORTEST
from api.pages.rendering import rendered
from api.pages.signing.entering import SEE_OTHER, check_again, let_in, let_out
from api.pages.signing.sign_in import Secret, Typed
from api.presenting.faults import Faults
from api.presenting.signing.faults import signing_faults
from api.visitors import Anyone, Sender, Visitor

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

FIELDS = {"password": "password", "password again": "again"}
"""What a fault is about -> the field of the form."""

Link = Annotated[str, Query(max_length=100)]
SentLink = Annotated[str, Form(max_length=100)]


@router.get("/invitation", response_model=None)
def invitation(anyone: Anyone, link: Link = "") -> Response:
    """Choose a password: the first, or a new one."""
    return _shown(anyone, link=link, faults=Faults())


@router.post("/invitation", response_model=None)
def accept(anyone: Sender, link: SentLink = "", password: Secret = "", again: Secret = "") -> Response:
    """Use the link up. A password that will not do leaves it as it is."""
    try:
        check_again(password, again)
        admitted = accept_invitation(
            anyone.house.database, secret=link, password=password, before=anyone.secret, address=anyone.address,
            at=anyone.at,
        )  # fmt: skip
    except Invalid as refusal:
        return _shown(anyone, link=link, faults=signing_faults(refusal, FIELDS))
    return let_out(anyone, how="password") if admitted is None else let_in(anyone, admitted, wanted="", first=True)


@router.get("/forgotten", response_model=None)
def forgotten(anyone: Anyone) -> Response:
    """The form that asks for a letter with a link."""
    return anyone.show(
        rendered(anyone.request, "signing/forgotten.html", csrf=anyone.csrf, mail=anyone.house.post is not None)
    )


@router.get("/forgotten/asked", response_model=None)
def asked(anyone: Anyone) -> Response:
    """Where one looks for the letter, if there is one."""
    return rendered(anyone.request, "signing/letter_sent.html", mail=anyone.house.post is not None)


@router.post("/forgotten", response_model=None)
def ask(anyone: Sender, email: Typed = "") -> Response:
    """Say that a letter is on its way if there is such an account, and only then look whether there is."""
    house = anyone.house
    later = BackgroundTask(
        ask_reset, house.database, key=house.key(), email=email, address=anyone.address, at=anyone.at
    )
    return RedirectResponse("/forgotten/asked", SEE_OTHER, background=later)


def _shown(anyone: Visitor, *, link: str, faults: Faults) -> Response:
    opened = look_at_link(anyone.house.database, secret=link, address=anyone.address, at=anyone.at)
    return anyone.show(
        rendered(
            anyone.request, "signing/invitation.html", status=422 if faults else 200, csrf=anyone.csrf, link=link,
            opened=opened, faults=faults, shortest=SHORTEST,
        )
    )  # fmt: skip
