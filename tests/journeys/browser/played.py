"""A college with people in it: a house whose clock the test moves, shown by the one site, and whoever comes to it."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from playwright.async_api import Browser, Page

from accreditation.actions.invite_person import invite_person
from accreditation.records import sign_ins
from accreditation.records.jobs import Kind
from accreditation.rules.grants import Grant
from accreditation.wiring import House
from tests.journeys.browser.judged import Judge
from tests.journeys.browser.served import Site
from tests.journeys.browser.visiting import Visitor, Way, visit
from tests.walking import AT, OFFICE, work


@dataclass
class Clock:
    """What the clock on the wall says: it stands until somebody moves it."""

    now: datetime = AT


def clocked(house: House, clock: Clock) -> House:
    """This house, which reads this clock."""

    class Then(House):
        def now(self) -> datetime:
            return clock.now

    return Then(**{one.name: getattr(house, one.name) for one in fields(House)})


@dataclass(kw_only=True)
class Play:
    """A journey: where it happens, and who is in it; everybody reads in the same way."""

    house: House
    clock: Clock
    site: Site
    way: Way
    runner: asyncio.Runner
    chromium: Browser
    judge: Judge
    left: list[Page]
    """Windows of this way that others went from."""

    came: list[Visitor] = field(default_factory=list)

    def comes(self, *grants: Grant, name: str = "A clerk") -> Visitor:
        """Somebody who is this here, signed in already; or nobody yet, who has only heard of the site."""
        page = self.left.pop() if self.left else self.runner.run(visit(self.chromium, self.way))
        if grants:
            cookie = {"name": "session", "value": self._signed_in(*grants, name=name), "url": self.site.address}
            self.runner.run(page.context.add_cookies([cookie]))  # type: ignore[list-item]  # it is one
        self.came.append(Visitor(self.runner, page, site=self.site.address, way=self.way, judge=self.judge))
        return self.came[-1]

    def passes(self, time: timedelta = timedelta(minutes=1)) -> None:
        """So much time goes by."""
        self.clock.now += time

    def works(self, *kinds: Kind) -> None:
        """The engine does what is due (of these kinds); letters stay where they are."""
        work(self.house, *(kinds or (one for one in Kind if one is not Kind.LETTERS)), at=self.clock.now)

    def _signed_in(self, *grants: Grant, name: str) -> str:
        secret = secrets.token_hex(4)
        invited = invite_person(
            self.house.database, key=self.house.key(), principal=OFFICE, name=name, email=f"{secret}@example.org",
            grants=grants, at=self.clock.now,
        )  # fmt: skip
        with self.house.database.bookkeeping() as session:
            sign_ins.begin(session, secret=secret, person_id=invited.person, how="password", at=self.clock.now)
        return secret


@contextmanager
def played(
    house: House, site: Site, way: Way, runner: asyncio.Runner, chromium: Browser, judge: Judge, left: list[Page]
) -> Iterator[Play]:  # fmt: skip
    """The site shows this house while the block runs; then everybody goes from their window, which others may have."""
    clock = Clock()
    play = Play(
        house=clocked(house, clock), clock=clock, site=site, way=way, runner=runner, chromium=chromium, judge=judge,
        left=left,
    )  # fmt: skip
    with site.showing(play.house):
        yield play
        left += [one.leaves() for one in play.came]
