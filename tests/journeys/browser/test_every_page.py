"""Every page of the site in a wide window and in the smallest, also those that lie on no journey.

And every form that is sent empty: whoever may open it is shown what is wrong, at the top and beside the field.
"""

import asyncio
from collections.abc import Iterator

import pytest

from tests.journeys.browser.judged import Judge
from tests.pages.contract import SUMMARY, faults_told, led_nowhere, parsed
from tests.pages.test_permissions import NOBODY, OPEN, SHOWN, TAKEN, Way, World, expected, world
from tests.pages.two_worlds import PEOPLE

__all__ = ["world"]

pytestmark = pytest.mark.xdist_group("permissions")  # whose two worlds are built once in a process


NOT_SENT = 422
"""What is answered to a form with a fault."""

NEVER_EMPTY = frozenset({"POST /account/offers/{grant}"})
"""What is sent by buttons alone, each of which says something."""


def test_axe_finds_nothing_in_any_page_and_every_fault_of_a_form_leads_to_its_field(
    world: World, judge: Judge, runner: asyncio.Runner
) -> None:
    wrong: list[str] = []
    shown, refused = set(), set()
    for way, who in reachable(world):
        world.ask(who, way, way.abouts(world.named)[0])
        if not world.came.headers.get("content-type", "").startswith("text/html"):
            continue
        shown.add(str(way))
        page = parsed(world.came.text)
        faults = [*runner.run(judge.faults(world.came.text)), *faults_told(page), *led_nowhere(page)]
        if world.came.status_code == NOT_SENT and str(way) not in NEVER_EMPTY:
            refused.add(str(way))
            has_it = page.select(f"form[action='{world.came.request.url.path}']")
            if not page.select(f"{SUMMARY} a" if has_it else f"{SUMMARY} li"):
                faults.append("nothing says what is wrong, or nothing leads to it")
        wrong += [f"{way} for {who}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
    assert (len(shown) > 150, len(refused) > 30) == (True, True), (len(shown), len(refused))


def reachable(world: World) -> Iterator[tuple[Way, str]]:
    """Every page, and every form to be sent, with somebody who may."""
    for way in world.ways:
        about = way.abouts(world.named)[0]
        who = next((one for one in (*PEOPLE, NOBODY) if expected(way, one, about) in (SHOWN, TAKEN, OPEN)), None)
        if who is not None:
            yield way, who
