"""What journeys in a browser share: one site, one Chromium, and somebody who reads."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright

from accreditation.wiring import House
from tests.journeys.browser.judged import Judge
from tests.journeys.browser.played import Play, played
from tests.journeys.browser.registered import fill
from tests.journeys.browser.served import Site, served
from tests.journeys.browser.visiting import Visitor, Way, visit
from tests.opened import opened

NOT_NEEDED = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess", "DestroyProfileOnBrowserClose",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay",
    "MediaRouter", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
    "RenderDocument",
)  # fmt: skip
"""What a browser does besides pages. The first three start two processes for each window: half of its cost. The last
one makes a frame anew for each page that comes into it: a third of what it costs to come there.

The others are those that Playwright turns off, of whose list only the last one given counts.
"""

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--in-process-gpu", "--js-flags=--no-opt",
    f"--disable-features={','.join(NOT_NEEDED)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
"""A browser that does nothing of its own accord, also for root, and knows no other host. It does not translate scripts
a second time to make them faster: none runs for long enough.
"""

MISSING = "Chromium is missing. Say: make tools (as root), or on Debian and Ubuntu: apt-get install chromium"


class Visits(Protocol):
    """Who comes to the site?"""

    def __call__(self, way: Way, *, first: bool = False) -> Visitor:
        """Somebody who reads in this way; `first` where nothing that they loaded before may be kept."""
        ...


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """What the browser is driven by; its loop stands still between two things that somebody does."""
    with asyncio.Runner() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(runner: asyncio.Runner) -> Iterator[Browser]:
    """One Chromium, the machine's own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail(MISSING)

    async def start() -> tuple[Playwright, Browser]:
        playwright = await async_playwright().start()
        return playwright, await playwright.chromium.launch(executable_path=program, args=QUIET)

    async def stop() -> None:
        await browser.close()
        await playwright.stop()

    playwright, browser = runner.run(start())
    yield browser
    runner.run(stop())


@pytest.fixture(scope="session")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose register has many services."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(sqlite_template, folder / "records.sqlite")
    house = opened(folder)
    fill(house)
    settings = house.settings.model_copy(update={"college_name": "College of Clinical Services"})
    with served(replace(house, settings=settings)) as shown:
        yield shown.address
    house.close()


@pytest.fixture(scope="session")
def theatre(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that shows one house after another."""
    folder = tmp_path_factory.mktemp("theatre")
    shutil.copy(sqlite_template, folder / "records.sqlite")
    house = opened(folder)
    with served(house) as shown:
        yield shown
    house.close()


@pytest.fixture(scope="session")
def judge(runner: asyncio.Runner, chromium: Browser, theatre: Site) -> Judge:
    """Who judges every page that anybody comes to."""
    return runner.run(Judge.sits(chromium, theatre.address))


@pytest.fixture(scope="session")
def left() -> dict[Way, list[Page]]:
    """Windows that somebody went from: whoever reads in the same way may have them, as each costs as much as pages."""
    return {}


@pytest.fixture
def play(
    house: House, theatre: Site, way: Way, runner: asyncio.Runner, chromium: Browser, judge: Judge,
    left: dict[Way, list[Page]],
) -> Iterator[Play]:  # fmt: skip
    """A college of this test's own, and its site; everybody who comes to it reads in the `way` of this test."""
    with played(house, theatre, way, runner, chromium, judge, left.setdefault(way, [])) as playing:
        yield playing


@pytest.fixture(scope="session")
def visits(runner: asyncio.Runner, chromium: Browser, judge: Judge, site: str) -> Visits:
    """Somebody comes to the site in this way: the same person each time, in the same window, or one who never came."""
    known: dict[Way, Visitor] = {}

    def come(way: Way, *, first: bool = False) -> Visitor:
        if not first and way in known:
            return known[way]
        somebody = Visitor(runner, runner.run(visit(chromium, way)), site=site, way=way, judge=judge)
        return somebody if first else known.setdefault(way, somebody)

    return come
