"""Somebody with a browser, in one of the ways in which people read: what they do, said as they would say it.

Whatever page they come to is looked at there and then: it must not scroll sideways, ask another host, break its own
policy, complain, or have a violation that axe knows of; and who has no mouse must see where they are.
"""

import asyncio
import io
import os
import re
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from PIL import Image
from playwright.async_api import Browser, ConsoleMessage, ElementHandle, Error, Locator, Page, Request, Response, expect
from playwright.async_api import TimeoutError as NotThere

from tests.journeys.browser.judged import BROKEN, SIDEWAYS, Judge, unpainted
from tests.journeys.browser.served import EMPTY
from tests.pages.fetched import HOMES

STOPS = 120
"""So many presses of the tab key lead around any page and farther."""

PATIENCE = 10_000
"""Milliseconds that the browser may take for one thing, on a machine that runs much else."""

SCREENS = "SCREENS"
"""The variable that names the folder into which pictures go, where they are wanted."""

TALLEST = 1600
"""Pixels of a picture: of a longer page it shows the top."""

COLOURS = 64
"""As many colours as a page has, shades of its letters included: the pictures are small."""

REFUSED = "Failed to load resource: the server responded with a status of 4"
"""What the browser itself says of a page that refuses, which is none of the page's doing."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to read: the size of the window in CSS pixels, how far it is zoomed, and what there is to read with."""

    name: str
    width: int = 1280
    height: int = 900
    zoomed: int = 1
    scripts: bool = True
    keyboard: bool = False
    judged: bool = True
    pictures: str = ""
    """How screens are named that are taken in this way; empty where none are."""


KEYBOARD = Way(name="by keyboard alone", keyboard=True)
MOUSE = Way(name="with a mouse", pictures="wide")
WAYS = (
    KEYBOARD,
    Way(name="320 pixels wide, zoomed to 400 %, without scripts", width=1280 // 4, height=1024 // 4, zoomed=4,
        scripts=False, pictures="telephone"),
)  # fmt: skip
"""Journeys are made in each of these: with scripts by keyboard, and without in the smallest window.

A window of 1280 by 1024 that is zoomed four times shows a quarter of each: it is as wide as a telephone, and lower.
"""

HERE = "one => one === document.activeElement"
TOWARDS = """one => document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING
    ? "Shift+Tab" : "Tab" """
"""The key that leads there by the shorter way."""

SEEN_AT_ONCE = f"""() => [{SIDEWAYS}, {BROKEN}, document.title, document.documentElement.outerHTML]"""
"""How much too wide the page is for the window, which words it breaks, its title, and all of it."""

BEGINS_AT = """() => document.activeElement === document.body ? "" : document.activeElement.innerText"""

WHERE_TOLD = """() => {
    const field = document.activeElement, described = [field, field.closest("fieldset")].flatMap(
        (one) => (one?.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    const named = field.closest("fieldset")?.querySelector("legend") ?? field.labels[0];
    return [named.innerText, described.map((id) => document.getElementById(id).innerText).join(" ")];
}"""
"""The label of the field that has the focus, or of the group that it is in; and what describes it."""

WHERE = """(wanted) => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const drawn = ["radio", "checkbox"].includes(one.type) ? getComputedStyle(one.labels[0], "::before") : null;
    const looks = () => [getComputedStyle(one), ...drawn ? [drawn] : []].map((style) => [
        style.outlineStyle + style.outlineWidth + style.outlineColor, style.boxShadow, style.backgroundColor,
        style.color, style.borderColor, style.borderWidth, one.getBoundingClientRect().width > 1].join("|")).join();
    const with_focus = looks(), box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    one.blur();
    const without = looks();
    one.focus({preventScroll: true});
    return {
        shows: with_focus !== without, skips: one.getAttribute("href") === "#main",
        inMain: !!one.closest("main"), seen: !!top && (one.contains(top) || top.contains(one)),
        html: one.outerHTML.slice(0, 200), tabindex: one.tabIndex,
        arrived: one === wanted || one.type === "radio" && one.name === wanted?.name,
    };
}"""
"""Where the focus is, whether one sees that it is there, whether something lies over it, and whether it is where they
want to be: there, or on another of the ways of which it is one, as one stop leads to all of them.

Where a field can be ticked, what is seen of it is drawn by its label.
"""


class Visitor:
    """Somebody who reads this site in this way."""

    def __init__(self, runner: asyncio.Runner, page: Page, *, site: str, way: Way, judge: Judge) -> None:
        self._runner, self._page, self._site, self.way, self._judge = runner, page, site, way, judge
        self._titles: dict[str, str] = {}
        self._status = 200
        self._requests: list[Request] = []
        self._complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        self._do(self._listens())

    def opens(self, path: str, *, broken_by: str = "") -> None:
        """Type this address; where a script is given it breaks the page before anybody looks, as a fault would."""
        self._do(self._page.goto(self._site + path))
        self._do(self._page.evaluate(broken_by or "null"))
        self._looks_around()

    def follows(self, link: str) -> None:
        """Follow the link with just these words, also those that only a screen reader says."""
        told = re.compile(rf"^\s*{re.escape(link)}\s*$")
        links = self._page.locator("a").filter(has_text=told)
        self._do(links.first.wait_for())
        where = self._do(links.evaluate_all("all => [...new Set(all.map((one) => one.href))]"))
        assert len(where) == 1, f"links at {self.address} say {link} and lead to {where}"
        self._do(self._leaves_by(links.first))
        self._looks_around()

    def goes_to(self, link: str) -> None:
        """Follow the link with these words to a place in the same page."""
        self._do(self._presses(self._page.get_by_role("link", name=link, exact=True)))

    def presses(self, button: str) -> None:
        """Press this button, which sends a form."""
        self._do(self._leaves_by(self._page.get_by_role("button", name=button, exact=True)))
        self._looks_around()

    def fills(self, label: str, words: str) -> None:
        """Write these words into the field with this label, over what stood there."""
        self._do(self._fills(self._page.get_by_label(label, exact=True), words))

    def chooses(self, label: str, option: str) -> None:
        """Choose this of the list with this label."""
        self._do(self._chooses(self._page.get_by_label(label, exact=True), option))

    def picks(self, option: str) -> None:
        """Pick this of the ways that are offered, or tick this box."""
        self._do(self._picks(self._page.get_by_label(option, exact=True)))

    def lays_open(self, summary: str) -> None:
        """Lay open what is folded under these words."""
        self._do(self._presses(self._page.locator("summary").filter(has_text=summary)))

    def takes(self, label: str, *files: Path) -> None:
        """Take these files from one's own machine into the field with this label."""
        self._do(self._takes(self._page.get_by_label(label, exact=True), files))

    def is_told(self, fault: str, *, of: str) -> None:
        """A form was refused: is this said at the top and beside the field `of`, and does the one lead to the other?

        `of` is the label of the field, or what the ways are called of which one is to be chosen.
        """
        told = self.reads(".nhsuk-error-summary")
        assert told == f"There is a problem {fault}", f"{self.address}: {told}"
        assert self.begins_at == (told if self.way.scripts else ""), f"{self.address} begins at {self.begins_at}"
        beside = self.reads(".nhsuk-error-message")
        assert beside == f"Error: {fault}", f"{self.address}: {beside}"
        self.goes_to(fault)
        found: list[str] = self._do(self._page.evaluate(WHERE_TOLD))
        named, described = (" ".join(words.split()) for words in found)
        assert named == of, f"{self.address} leads to the field {named}"
        assert beside in described, f"{self.address} leads to a field that says: {described}"

    def soon_reads(self, words: str, where: str = "main") -> None:
        """These words come into this part of the page by themselves."""
        self._do(expect(self._page.locator(where)).to_contain_text(words))

    def looks_into(self, frame: str, words: str) -> None:
        """Scroll to a frame of the page, and wait until a file shows these words in it."""
        self._do(self._page.locator(frame).scroll_into_view_if_needed())
        self._do(expect(self._page.frame_locator(frame).locator("body")).to_contain_text(words))

    def leaves(self) -> Page:
        """Go from the window: nothing of theirs stays in it, and no page."""
        self._do(self._goes())
        return self._page

    @property
    def address(self) -> str:
        """The path and query where they are."""
        split = urlsplit(self._page.url)
        return split.path + (f"?{split.query}" if split.query else "")

    @property
    def heading(self) -> str:
        """What the page calls itself."""
        return " ".join(self._do(self._page.locator("h1").inner_text()).split())

    @property
    def begins_at(self) -> str:
        """What of the page has the focus, and is read first; its first words, or nothing where it is the whole page."""
        found: str = self._do(self._page.evaluate(BEGINS_AT))
        return " ".join(found.split())

    def reads(self, where: str = "main") -> str:
        """The words that can be seen in this part of the page."""
        return " ".join(self._do(self._page.locator(where).first.inner_text()).split())

    def counts(self, where: str) -> int:
        """How many of these are on the page?"""
        return self._do(self._page.locator(where).count())

    def bytes_loaded(self) -> int:
        """The bytes of every answer so far, with its head, as they came over the line."""
        return sum(self._do(self._weight(one)) for one in self._requests)

    def keeps(self, name: str, *, of: str) -> None:
        """Keep a picture of the page, where pictures of this way are wanted: `make screens` says so."""
        if SCREENS in os.environ and of == self.way.pictures:
            for _ in range(2):  # what a frame of the page shows is painted after the page was first
                taken = self._do(self._page.screenshot(full_page=True, animations="disabled", scale="css"))
            page = Image.open(io.BytesIO(taken))
            picture = page.crop((0, 0, page.width, min(page.height, TALLEST))).quantize(COLOURS)
            picture.save(Path(os.environ[SCREENS]) / f"{name}-{of}.png", optimize=True)

    def _do(self, coroutine: Coroutine[Any, Any, T]) -> T:
        try:
            return self._runner.run(coroutine)
        except NotThere as error:
            says = self._runner.run(self._page.locator("body").inner_text())
            error.add_note(f"{self.address} says: {' '.join(says.split())}")
            raise

    def _looks_around(self) -> None:
        """Is all well with the page that they came to?"""
        elsewhere = sorted({one.url for one in self._requests if not one.url.startswith(f"{self._site}/")})
        assert elsewhere == [], f"{self.address} asks other hosts: {elsewhere}"
        complaints, self._complaints = self._complaints, []
        if self._page.url.partition("/api/")[
            1
        ]:  # data loads nothing: a browser looks there for the icon of the page before
            complaints = [one for one in complaints if "/icon.svg' violates" not in one]
        assert complaints == [], f"the browser complains at {self.address}: {complaints}"
        if self._page.url.partition("/api/")[1]:
            return  # data, for programs
        too_wide, broken, title, markup = self._do(self._page.evaluate(SEEN_AT_ONCE))
        assert too_wide <= 0, f"{self.address} scrolls sideways by {too_wide} pixels"
        assert broken == [], f"{self.address} breaks words: {broken}"
        self._reads_the_title(title)
        if self.way.judged:
            faults = self._do(self._judge.faults(markup))
            assert faults == [], f"{self.address}: {faults}"
        if self.way.keyboard:
            self._do(self._skips_to_the_content())

    def _reads_the_title(self, title: str) -> None:
        """Do the pages that they see have titles by which one knows one from another? Refusals are named after why."""
        if self._status < 400:
            path = urlsplit(self._page.url).path
            where = HOMES.get(path, path)
            first = self._titles.setdefault(title, where)
            assert first == where, f"{where} has the title of {first}: {title}"

    async def _leaves_by(self, what: Locator) -> None:
        async with self._page.expect_event("load"):
            await self._presses(what)

    async def _presses(self, what: Locator) -> None:
        if self.way.keyboard:
            await self._tabs_to(what)
            await self._page.keyboard.press("Enter")
        else:
            await what.click()

    async def _fills(self, field: Locator, words: str) -> None:
        if not self.way.keyboard:
            await field.fill(words)
            return
        await self._tabs_to(field)
        await self._page.keyboard.press("ControlOrMeta+a")
        await self._page.keyboard.press("Delete")
        await self._page.keyboard.type(words)

    async def _picks(self, one: Locator) -> None:
        if not self.way.keyboard:
            await one.check()
            return
        wanted = await one.element_handle()
        await self._tabs_to(one)
        while not await self._page.evaluate(HERE, wanted):
            await self._page.keyboard.press("ArrowDown")
        if not await one.is_checked():
            await self._page.keyboard.press("Space")
        assert await one.is_checked()

    async def _takes(self, field: Locator, files: tuple[Path, ...]) -> None:
        if self.way.keyboard:
            await self._tabs_to(field)  # the machine's own window that opens then is no page
        await field.set_input_files(files)

    async def _chooses(self, field: Locator, option: str) -> None:
        if not self.way.keyboard:
            await field.select_option(label=option)
            return
        await self._tabs_to(field)
        await self._page.keyboard.type(option)
        assert await field.locator("option:checked").inner_text() == option

    async def _tabs_to(self, what: Locator) -> None:
        """Press the tab key until the focus is there, and see it at every stop."""
        wanted = await what.element_handle()
        key = await self._page.evaluate(TOWARDS, wanted)
        for _ in range(STOPS):
            where = await self._tab(key, wanted)
            if where is not None and where["arrived"]:
                return
        raise AssertionError(f"the tab key never comes to {what} at {self.address}")

    async def _tab(self, key: str = "Tab", wanted: ElementHandle | None = None) -> dict[str, Any] | None:
        await self._page.keyboard.press(key)
        where: dict[str, Any] | None = await self._page.evaluate(WHERE, wanted)
        if where is not None:
            unseen = [name for name in ("shows", "seen") if not where[name]]
            assert (unseen, where["tabindex"]) == ([], 0), f"the focus at {self.address} is on {where['html']}"
        return where

    async def _skips_to_the_content(self) -> None:
        """The first stop of a page is the link over all that stands before its content, and it leads there."""
        if urlsplit(self._page.url).fragment or await self._page.evaluate(BEGINS_AT):
            return  # they begin at a part of the page, or at what is wrong with a form
        first = await self._tab()
        assert first is not None, "nothing takes the focus"
        assert first["skips"], f"the first stop is {first['html']}"
        await self._page.keyboard.press("Enter")
        after = await self._tab()
        assert after is not None, "nothing is behind the link that skips"
        assert after["inMain"] or not await self._page.locator("main a, main input").count(), (
            f"the link that skips leads to {after['html']}"
        )

    async def _listens(self) -> None:
        self._page.on("request", self._asked)
        self._page.on("response", self._answered)
        self._page.on("console", self._complained)
        self._page.on("pageerror", self._broke)

    async def _goes(self) -> None:
        await self._page.context.clear_cookies()
        await self._page.goto(self._site + EMPTY)
        for event, hears in (
            ("request", self._asked), ("response", self._answered), ("console", self._complained),
            ("pageerror", self._broke),
        ):  # fmt: skip
            self._page.remove_listener(event, hears)

    async def _weight(self, request: Request) -> int:
        sizes = await request.sizes()
        return sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def _asked(self, request: Request) -> None:
        self._requests.append(request)

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._status = response.status

    def _broke(self, error: Error) -> None:
        self._complaints.append(str(error))

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self._complaints.append(message.text)


async def visit(browser: Browser, way: Way) -> Page:
    """A window of its own for this way: nothing is kept in it yet."""
    context = await browser.new_context(
        viewport={"width": way.width, "height": way.height}, device_scale_factor=way.zoomed,
        java_script_enabled=way.scripts, locale="en-GB", timezone_id="Europe/London",
    )  # fmt: skip
    page = await context.new_page()
    if way.keyboard:
        await unpainted(page)
    return page
