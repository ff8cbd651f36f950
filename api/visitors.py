"""A browser that asks for a page: who is signed in with it, and whether the form it sends is one of ours.

A form of ours carries a token that is derived from the secret of the browser's session (or, before signing in, of the
form's own cookie), so that nobody else can make one; and a browser that says where the form stood is believed.
"""

import hmac
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, NoReturn
from urllib.parse import urlsplit

from fastapi import Depends, Form, Request
from starlette.responses import Response

from accreditation.errors import NotPermitted, SignedOut, Unavailable
from accreditation.records import sign_ins
from accreditation.records.signed import Signed, signed
from accreditation.rules.derived import as_text, derived
from accreditation.wiring import House
from api.cookies import FORM, SESSION, new_form, read, write

NOT_OURS = (
    "This form is not from a page that you were shown now: it stood on another site, or you signed in or out since. "
    "Go back, load the page again and send it once more."
)

SIGNED_IN_AGAIN = (
    "So this was not saved: the page is from before. Your words stand below. Load the page again, put them in, and "
    "send it once more."
)
"""What somebody is told whose form is from before they signed in, so far as can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A browser that asks for a page: the secrets of its cookies, and who is signed in with it, if anybody."""

    request: Request
    house: House
    at: datetime
    secret: str
    form: str
    known: Signed | str = field(repr=False)

    @property
    def csrf(self) -> str:
        """The token that a form for this browser carries."""
        basis = f"session {self.secret}" if isinstance(self.known, Signed) else f"form {self.form}"
        return as_text(derived(basis.encode(), "form"))

    @property
    def address(self) -> str:
        """Where the browser is, as far as we are told."""
        return "" if self.request.client is None else self.request.client.host

    @property
    def signed(self) -> Signed:
        """Who is signed in. Raises SignedOut where nobody is."""
        if isinstance(self.known, str):
            self.refuse()
        return self.known

    def refuse(self) -> NoReturn:
        """Say that nobody is signed in, and why. Raises SignedOut."""
        raise SignedOut(f"{self.known} Sign in on the page /sign-in; then send this again.")

    def show(self, response: Response) -> Response:
        """This page for this browser: one that fills in forms before it is signed in gets a cookie for them."""
        if not isinstance(self.known, Signed) and self.form != read(self.request, self.house, FORM):
            write(response, self.request, self.house, FORM, self.form)
        return response


def visitor(request: Request) -> Visitor:
    """Whoever asks, signed in or not."""
    house: House = request.app.state.house
    at, secret = house.now(), read(request, house, SESSION)
    known: Signed | str = "You are not signed in."
    if secret:
        with house.database.reading() as session:
            known = signed(session, secret=secret, at=at)
        if isinstance(known, Signed) and known.is_to_be_touched:
            with suppress(Unavailable), house.database.bookkeeping() as session:  # pages are read on a full disk too
                sign_ins.touch(session, session_id=known.session, at=at)
    form = read(request, house, FORM) or new_form()
    found = Visitor(request=request, house=house, at=at, secret=secret, form=form, known=known)
    request.state.visitor = found
    if isinstance(known, Signed):
        request.state.sends = f"person {known.person}"
    return found


def seen(request: Request) -> Visitor | None:
    """Who asks, where a handler of this request looked already; a page that says no must not fail by looking itself."""
    found: Visitor | None = getattr(request.state, "visitor", None)
    return found


def remember(request: Request, *words: str) -> None:
    """Keep these words of a form, so that a refusal of this request can give them back to be copied."""
    kept: dict[str, None] = getattr(request.state, "written", {})
    request.state.written = kept | dict.fromkeys(filter(None, words))


async def remember_sentences(request: Request) -> None:
    """The same of everything in this form that is more than a word or a number.

    Before anybody looks who asks: whoever wrote for longer than a session lasts, or while the disk is full, must not
    lose it.
    """
    sent = (one for _, one in (await request.form()).multi_items() if isinstance(one, str))
    remember(request, *(one for one in sent if _has_words(one)))


def remember_typed(request: Request, said: Mapping[str, Sequence[str]]) -> None:
    """The same of a form with files, as far as it came: what was typed, and which questions were ticked.

    Its files cannot be given back, and the refusal says so.
    """
    typed = [one for key, of in said.items() for one in of if key in _TYPED or (key not in _SENT and _has_words(one))]
    ticked = [one for one in said.get("criteria", ()) if one]
    remember(request, *typed, f"Questions: {', '.join(ticked)}" if ticked else "")
    request.state.had_files = True


_TYPED, _SENT = frozenset({"title", "place", "owner"}), frozenset({"csrf", "criteria"})


def had_files(request: Request) -> bool:
    """Was this a form with files, which no refusal can give back?"""
    return getattr(request.state, "had_files", False)


def _has_words(said: str) -> bool:
    return len(said.split(None, 1)) > 1 and any(letter.isalpha() for letter in said)


def written(request: Request) -> str:
    """What somebody wrote in a form of ours, as far as it was remembered; nothing where it stood on another site."""
    kept: dict[str, None] = getattr(request.state, "written", {})
    return "\n\n".join(kept) if kept and _stood_here(request, request.app.state.house) else ""


Anyone = Annotated[Visitor, Depends(visitor)]
"""Anybody who looks at a page, signed in or not."""


def sender(anyone: Anyone, csrf: Annotated[str, Form(max_length=100)] = "") -> Visitor:
    """Whoever sends a form of ours. Raises NotPermitted where it is none."""
    here = _stood_here(anyone.request, anyone.house)
    if not here or not hmac.compare_digest(csrf.encode(), anyone.csrf.encode()):
        before = here and len(csrf) == len(anyone.csrf) and isinstance(anyone.known, Signed)
        raise NotPermitted(SIGNED_IN_AGAIN if before else NOT_OURS)
    return anyone


def own(anyone: Anyone) -> Visitor:
    """Whoever is signed in, about their own account. Raises SignedOut."""
    if isinstance(anyone.known, str):
        anyone.refuse()
    return anyone


def own_sender(anyone: Anyone, csrf: Annotated[str, Form(max_length=100)] = "") -> Visitor:
    """Whoever is signed in and sends a form of ours about their own account. Raises SignedOut, NotPermitted."""
    return sender(own(anyone), csrf)


Sender = Annotated[Visitor, Depends(sender)]
Own = Annotated[Visitor, Depends(own)]
OwnSender = Annotated[Visitor, Depends(own_sender)]

FORGERY_PROOF = (sender, own_sender)
"""Dependencies that look at a form's token."""


def _stood_here(request: Request, house: House) -> bool:
    """Did the form stand on a page of ours, as far as the browser says? One that says nothing has its token."""
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        return said in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin in (None, "null"):  # browsers say "null" of pages that tell no referrer, as ours
        return True
    here = {request.headers.get("host", ""), urlsplit(house.site).netloc}
    with suppress(ValueError):  # no browser says what is no address
        return urlsplit(str(origin)).netloc in here
    return False
