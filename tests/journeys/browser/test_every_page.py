"""Every page of the site in a wide window and in the smallest, also those that lie on no journey.

And every form that is sent empty: whoever may open it is shown what is wrong, at the top and beside the field.
"""

import asyncio
from collections.abc import Iterator
from itertools import chain

import httpx
import pytest

from accreditation.wiring import House
from tests.journeys.browser.judged import Judge
from tests.journeys.browser.moments import moments, with_a_password, with_provider
from tests.pages.browsing import Browser
from tests.pages.contract import SUMMARY, faults_told, led_nowhere, parsed
from tests.pages.test_permissions import NOBODY, OPEN, SHOWN, TAKEN, World, expected, world
from tests.pages.two_worlds import PEOPLE

__all__ = ["world"]

pytestmark = pytest.mark.xdist_group("permissions")  # whose two worlds are built once in a process


NOT_SENT = 422
"""What is answered to a form with a fault."""

UNREAD = "h1.nhsuk-heading-l"
"""How the page begins that says why what was sent could not be read: buttons always send one of what they may."""

NO_PAGES = {
    "files, and data for programs": {
        "GET /college/cycles/{cycle}/evidence/{evidence}", "GET /college/schemes/{scheme}/agreement.csv",
        "GET /college/schemes/{scheme}/burden.csv", "GET /college/schemes/{scheme}/drafts/{draft}/file",
        "GET /college/schemes/{scheme}/editions/{edition}/file", "GET /college/schemes/{scheme}/reviewers.csv",
        "GET /review/cycles/{cycle}/evidence/{evidence}", "GET /review/cycles/{cycle}/evidence/{evidence}/shown",
        "GET /review/cycles/{cycle}/workbook/file", "GET /team/cycles/{cycle}/evidence/{evidence}/content",
        "GET /team/library/{team}/versions/{version}/content",
    },
    "what leads on to another page": {
        "GET /college/cycles/{cycle}/runs", "GET /team/library", "GET /team/people",
    },
    "the ways out to a provider and back": {
        "GET /account/provider/out", "GET /sign-in/provider", "GET /sign-in/provider/back",
    },
}  # fmt: skip
"""What is opened, and shows no page of ours: all other ways to open something do, and are looked at."""


def test_axe_finds_nothing_in_any_page_and_every_fault_of_a_form_leads_to_its_field(
    world: World, house: House, judge: Judge, runner: asyncio.Runner
) -> None:
    wrong: list[str] = []
    shown, refused = set(), set()
    then = with_provider(house)
    with Browser(then) as browser:
        for way, answer in chain(of_worlds(world), moments(then, browser), with_a_password(then, browser)):
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            faults = [*runner.run(judge.faults(answer.text)), *faults_of_form(answer)]
            wrong += [f"{way}: {fault}" for fault in faults]
            if answer.is_success:
                shown.add(way)
            if answer.status_code == NOT_SENT:
                refused.add(way)
    assert not wrong, "\n".join(wrong)
    assert {str(way) for way in world.ways if way.method == "GET"} - shown == {*chain.from_iterable(NO_PAGES.values())}
    assert len(refused) > 70, len(refused)


def faults_of_form(answer: httpx.Response) -> Iterator[str]:
    """What does this page not say of a form that was refused, or not where it should?"""
    page = parsed(answer.text)
    yield from faults_told(page)
    yield from led_nowhere(page)
    has_it = page.select(f"form[action='{answer.request.url.path}']")
    if answer.status_code == NOT_SENT and not page.select(f"{SUMMARY} a" if has_it else f"{SUMMARY} li, {UNREAD}"):
        yield "nothing says what is wrong, or nothing leads to it"


def of_worlds(world: World) -> Iterator[tuple[str, httpx.Response]]:
    """Every page of the two worlds, and every form of theirs as it is sent, with somebody who may."""
    for way in world.ways:
        about = way.abouts(world.named)[0]
        who = next((one for one in (*PEOPLE, NOBODY) if expected(way, one, about) in (SHOWN, TAKEN, OPEN)), None)
        if who is not None:
            world.ask(who, way, about)
            yield str(way), world.came
