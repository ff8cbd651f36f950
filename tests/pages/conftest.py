"""What tests of pages may ask for: a house with teams, and browsers of people who are invited or signed in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from accreditation.actions.invite_person import invite_person
from accreditation.records import letters, sign_ins
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.browsing import Browser
from tests.walking import OFFICE

PASSWORD = "violet anchor biscuit ramp"
EMAIL = "clerk@example.org"

New = Callable[..., Browser]


def invite(house: House, *grants: Grant, email: str = EMAIL) -> str:
    """The office invites somebody; says the path of the link in their letter."""
    asked = grants or (Grant(role=Role.OFFICE),)
    invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email=email, grants=asked, at=house.now()
    )
    return links(house)[-1]


def links(house: House) -> list[str]:
    """The paths of the links in the letters that wait, the oldest first."""
    with house.database.reading() as session:
        waiting = letters.not_sent(session, limit=100)
        found = [letters.said(session, key=house.key(), site="", letter=one, at=house.now()) for one in waiting]
    return [next(line for line in one.text.splitlines() if line.startswith("/")) for one in found if one is not None]


@pytest.fixture
def new(house: House) -> Iterator[New]:
    """A browser that nobody used yet; as many as a test asks for."""
    with ExitStack() as exits:
        yield lambda **more: exits.enter_context(Browser(more.pop("house", house), **more))


@pytest.fixture
def signed_in(house: House, new: New) -> Callable[..., Browser]:
    """The browser of somebody who followed the link of their letter."""

    def sign_in(*grants: Grant, email: str = EMAIL) -> Browser:
        browser = new()
        browser.open(invite(house, *grants, email=email))
        assert "/sign-out" in browser.send("/invitation", password=PASSWORD, again=PASSWORD).forms
        return browser

    return sign_in


@pytest.fixture
def known(house: House, new: New) -> Callable[..., Browser]:
    """The browser of somebody who is signed in already: the same in no time, where the test is of something else."""

    def let_in(*grants: Grant, email: str = EMAIL) -> Browser:
        invited = invite_person(
            house.database, key=house.key(), principal=OFFICE, name="A clerk", email=email, grants=grants,
            at=house.now(),
        )  # fmt: skip
        with house.database.bookkeeping() as session:
            sign_ins.begin(session, secret=email, person_id=invited.person, how="password", at=house.now())
        browser = new()
        browser.keep(email)
        return browser

    return let_in
