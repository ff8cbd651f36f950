"""People of a team with a browser of theirs: signed in already, at whatever moment the test is."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import text

from accreditation.actions.invite_person import invite_person
from accreditation.records import sign_ins
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.browsing import Browser, Page
from tests.walking import AT, OFFICE


def at(house: House, moment: datetime = AT) -> House:
    """This house, whose clock reads this moment."""

    class Then(House):
        def now(self) -> datetime:
            return moment

    return Then(**{one.name: getattr(house, one.name) for one in fields(House)})


@contextmanager
def of_team(house: House, role: Role = Role.TEAM_LEAD, *more: Grant, team: int = 1) -> Iterator[Browser]:
    """The browser of somebody who is this in this team, and what is given besides; signed in now."""
    with of_somebody(house, Grant(role=role, team=team), *more) as browser:
        yield browser


def let_in(house: House, *grants: Grant, name: str = "A clerk") -> str:
    """The secret of the session of somebody who is all this; signed in now."""
    number = secrets.token_hex(4)
    invite_person(
        house.database, key=house.key(), principal=OFFICE, name=name, email=f"{number}@example.org",
        grants=grants, at=house.now(),
    )  # fmt: skip
    with house.database.reading() as session:
        person = session.execute(text("SELECT max(id) FROM person")).scalar_one()
    with house.database.bookkeeping() as session:
        sign_ins.begin(session, secret=number, person_id=person, how="password", at=house.now())
    return number


@contextmanager
def of_somebody(house: House, *grants: Grant, name: str = "A clerk") -> Iterator[Browser]:
    """The browser of somebody who is all this; signed in now."""
    with Browser(house) as browser:
        browser.keep(let_in(house, *grants, name=name))
        yield browser


def send_files(browser: Browser, action: str, *files: tuple[str, bytes], **typed: Any) -> Page:
    """Choose these files in the form of the open page that goes there, fill it in, and send it."""
    data = {**browser.page.forms[action], **typed}
    sent = [("file", (name, content)) for name, content in files] or [("file", ("", b""))]
    return browser.shown(browser.ask("POST", action, data=data, files=sent))


def told(page: Page) -> list[str]:
    """What a page says between its first heading and its footer, a line each."""
    lines = [" ".join(one.split()) for one in page.text.split("\n")]
    lines = [one for one in lines if one]
    first = next(place for place, one in enumerate(lines) if one.endswith(" ".join(page.headings[0].split())))
    last = next(place for place, one in enumerate(lines) if one.startswith("An award is given by a college"))
    return lines[first + 1 : last]
