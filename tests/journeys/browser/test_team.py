"""A team's pages where scripts run: a page saves itself, files are sent one by one, and nothing is lost on the way."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from accreditation.actions.invite_person import invite_person
from accreditation.actions.rate import Given, rate
from accreditation.records import sign_ins
from accreditation.records.answers import versions
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.journeys.browser.judged import Judge
from tests.journeys.browser.served import served
from tests.journeys.browser.visiting import Way, visit
from tests.no_room import no_room
from tests.walking import CYCLE, MEMBER, NORTH, OFFICE, walk

pytestmark = pytest.mark.xdist_group("browser")

TELEPHONE = Way(name="on a telephone", width=320, height=640)
HERE = f"/team/cycles/{CYCLE}"
LEADS = f"{HERE}/criteria/1.01"


LARGE = 3_000_000
"""Bytes of a file that is sent in several pieces. The site takes little more: who sent it twice would be stopped."""


@pytest.fixture
def site(house: House) -> Iterator[str]:
    """The address of a site in which North assesses itself."""
    walk(house, Stage.SELF_ASSESSMENT)
    once = house.settings.model_copy(update={"upload_bytes_an_hour": LARGE + LARGE // 10})
    with served(replace(house, settings=once)) as shown:
        yield shown.address


@pytest.fixture
def page(house: House, runner: asyncio.Runner, chromium: Browser, site: str) -> Iterator[Page]:
    """A window in which somebody of North is signed in."""
    somebody = invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A nurse", email="nurse@example.org",
        grants=[Grant(role=Role.TEAM_MEMBER, team=NORTH)], at=house.now(),
    )  # fmt: skip
    with house.database.bookkeeping() as session:
        sign_ins.begin(session, secret="known", person_id=somebody.person, how="password", at=house.now())
    opened = runner.run(visit(chromium, TELEPHONE))
    runner.run(opened.context.add_cookies([{"name": "session", "value": "known", "url": site}]))
    yield opened
    runner.run(opened.context.close())


def test_a_page_saves_itself_and_loses_no_word(
    house: House, runner: asyncio.Runner, page: Page, site: str
) -> None:  # fmt: skip
    async def work() -> None:
        note, told = page.get_by_label("Note"), page.locator("[data-told]")
        await page.clock.install()
        await page.goto(site + LEADS)
        # Given somebody who writes, and makes a pause
        await note.fill("One")
        await expect(told).to_have_text("Not saved yet.")
        await page.clock.run_for(3100)
        # Then it is saved, and the page says so
        await expect(told).to_have_text(re.compile("Saved at "))
        # as its history does, without being loaded again
        await expect(page.locator("#steps")).to_contain_text("One")
        # When the network is gone, nothing is lost
        await page.context.set_offline(True)
        await note.fill("One and two")
        await page.clock.run_for(3100)
        await expect(told).to_have_text(re.compile("^Not saved yet: there is no connection"))
        await expect(note).to_have_value("One and two")
        # nor when they press Save, of that or of what they say to the team
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(told).to_have_text(re.compile("^Not saved yet: there is no connection"))
        comment = page.get_by_label("Say something to your team")
        await comment.fill("See ours.")
        await page.get_by_role("button", name="Add", exact=True).click()
        await expect(told).to_have_text(re.compile("^Not saved yet: there is no connection"))
        await expect(comment).to_have_value("See ours.")
        await expect(note).to_have_value("One and two")
        await page.context.set_offline(False)
        await expect(told).to_have_text(re.compile("Saved at "))
        await page.get_by_role("button", name="Add", exact=True).click()
        await expect(page.get_by_text("See ours.")).to_be_visible()
        # When a colleague answered meanwhile, both are shown, and one is chosen
        given = {"1.01": Given(answer=Answer(rating="not_met", note="Other"), seen_version=2)}
        rate(house.database, principal=MEMBER, cycle_id=CYCLE, given=given, at=house.now() + timedelta(seconds=1))
        await note.fill("Mine")
        await page.clock.run_for(3100)
        await expect(told).to_have_text("Another answer was saved while you wrote. Press Save to see both.")
        await page.get_by_role("button", name="Save", exact=True).click()
        await expect(page.locator("#theirs")).to_contain_text("Other")
        await expect(note).to_have_value("Mine")

    runner.run(work())
    with house.database.reading() as session:
        assert [one.note for one in versions(session, CYCLE, "1.01")] == ["One", "One and two", "Other"]


def test_a_file_goes_on_by_itself_from_where_a_broken_network_stopped_also_on_a_page_that_is_opened_anew(
    runner: asyncio.Runner, page: Page, site: str, tmp_path: Path, judge: Judge
) -> None:
    (tmp_path / "plan.txt").write_text("The plan. " * (LARGE // 10))
    left = 3

    async def breaks(route: Route) -> None:
        nonlocal left
        left -= 1
        await (route.continue_() if left >= 0 else route.abort("connectionfailed"))

    async def work() -> None:
        nonlocal left
        said, add = page.locator(".site-upload__said"), page.get_by_role("button", name="Add the files")
        await page.route("**/uploads/*", breaks)
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        await page.goto(f"{site}{HERE}/evidence/files?criterion=1.01")
        # Given somebody who sends a file, and a ward whose network breaks in the middle of it
        await page.get_by_label("Choose the files").set_input_files(tmp_path / "plan.txt")
        await add.click()
        await expect(said).to_have_text("Waiting for the network. It goes on by itself.")
        # When they open the page anew, it says what is here, and the same file goes on from there
        await page.goto(f"{site}{HERE}/evidence/files?criterion=1.01")
        left = 2
        await expect(page.locator("main")).to_contain_text("plan.txt: 852 kB of 3 MB are here")
        assert await judge.faults(await page.content()) == []
        await page.get_by_label("Choose the files").set_input_files(tmp_path / "plan.txt")
        await add.click()
        # When the network is gone again, it waits, and goes on by itself
        await expect(said).to_have_text("Waiting for the network. It goes on by itself.")
        await page.context.set_offline(True)
        left = 9
        await page.context.set_offline(False)
        # Then it is there, once, and no byte of it was taken twice
        await page.wait_for_url(f"{site}{HERE}/evidence?added=1")
        await expect(page.get_by_role("heading", level=3)).to_contain_text(["plan.txt"])

    runner.run(work())


def test_a_file_that_is_not_kept_says_why_beside_its_bar_and_one_that_may_be_is_tried_again(
    runner: asyncio.Runner, page: Page, site: str, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("plan.txt", "rota.txt", "photo.png", "scan.exe")]
    for one, content in zip(files, (b"The plan.", b"", b"\x7fELF is how programs begin", b"A scan."), strict=True):
        one.write_bytes(content)

    async def work() -> None:
        await page.goto(f"{site}{HERE}/evidence/files")
        add, said = page.get_by_role("button", name="Add the files"), page.locator(".site-upload__said")
        await page.get_by_label("Choose the files").set_input_files(files[:2])
        await add.click()
        # Then what is wrong stands at the top, beside its field and beside each bar, and is told once
        none = "Choose at least one question that the file answers."
        await expect(said).to_have_text([f"Not added. {none}"] * 2)
        await expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text([none])
        await expect(page.locator("#criteria .nhsuk-error-message")).to_contain_text(none)
        await expect(page).to_have_title(re.compile("^Error: "))
        # When that is put right while nothing can be kept, it says so, and tries again by itself
        await page.locator("#criteria summary").first.click()
        await page.get_by_label("1.01 Named lead").check()
        await page.get_by_label("Choose the files").set_input_files(files)
        with no_room():
            await add.click()
            away = "plan.txt: We cannot keep files just now. Nothing is wrong with yours: send it again in a while."
            await expect(said).to_have_text([f"{away} It is tried again by itself.", *["Waiting for its turn"] * 3])
        # Then it is there, and those are not that can never be: their bars do not stay
        wrong = [
            "rota.txt is empty. Choose another file.",
            "photo.png: It is a program (Linux), whatever its name says. Evidence is documents, tables and pictures.",
            "scan.exe: Its name ends as a program's does (.exe). If it is a document, give it its own ending again.",
        ]
        await expect(said).to_have_text(["Added. It is being checked now.", *(f"Not added. {one}" for one in wrong)])
        await expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text(wrong)
        await expect(page.get_by_role("progressbar")).to_have_count(1)
        await expect(add).to_be_enabled()
        await page.get_by_role("link", name="See your evidence").click()
        await expect(page.get_by_role("heading", level=3)).to_contain_text(["plan.txt"])

    runner.run(work())
