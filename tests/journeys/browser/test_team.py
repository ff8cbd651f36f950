"""A team's pages where scripts run: a page saves itself, files are sent one by one, and nothing is lost on the way."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from accreditation.actions.invite_person import invite_person
from accreditation.actions.rate import Given, rate
from accreditation.records import sign_ins
from accreditation.records.answers import versions
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.journeys.browser.served import served
from tests.journeys.browser.visiting import Way, visit
from tests.walking import CYCLE, MEMBER, NORTH, OFFICE, walk

pytestmark = pytest.mark.xdist_group("browser")

TELEPHONE = Way(name="on a telephone", width=320, height=640)
HERE = f"/team/cycles/{CYCLE}"
LEADS = f"{HERE}/criteria/1.01"


@pytest.fixture
def site(house: House) -> Iterator[str]:
    """The address of a site in which North assesses itself."""
    walk(house, Stage.SELF_ASSESSMENT)
    with served(house) as shown:
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


def test_files_are_sent_one_by_one_and_what_a_cut_stopped_is_sent_again(
    runner: asyncio.Runner, page: Page, site: str, tmp_path: Path
) -> None:
    for name in ("plan.txt", "rota.txt"):
        (tmp_path / name).write_text(f"The {name}.")

    async def work() -> None:
        said = page.locator(".site-upload li")
        await page.goto(f"{site}{HERE}/evidence/files?criterion=1.01")
        # Given somebody who chose two files, and a ward whose network is gone
        await page.get_by_label("Choose the files").set_input_files([tmp_path / "plan.txt", tmp_path / "rota.txt"])
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Add the files").click()
        # Then each file says so
        await expect(said).to_contain_text(["The connection broke."] * 2)
        await expect(page.get_by_role("progressbar")).to_have_count(2)
        # When it is back, they send the rest again
        await page.context.set_offline(False)
        await page.get_by_role("button", name="Send again what is not here yet").click()
        # Then both are there
        await page.wait_for_url(f"{site}{HERE}/evidence?added=2")
        await expect(page.get_by_role("heading", level=3)).to_contain_text(["plan.txt", "rota.txt"])

    runner.run(work())


def test_a_file_that_is_not_kept_says_why_beside_its_bar_and_is_not_sent_again(
    runner: asyncio.Runner, page: Page, site: str, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").write_text("The plan.")
    (tmp_path / "rota.txt").touch()

    async def work() -> None:
        await page.goto(f"{site}{HERE}/evidence/files")
        add, said = page.get_by_role("button", name="Add the files"), page.locator(".site-upload__said")
        await page.get_by_label("Choose the files").set_input_files([tmp_path / "plan.txt", tmp_path / "rota.txt"])
        await add.click()
        # Then what is wrong stands at the top, beside its field and beside each bar, and is told once
        none, empty = "Choose at least one question that the file answers.", "rota.txt is empty. Choose another file."
        await expect(said).to_have_text([f"Not added. {none}"] * 2)
        await expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text([none])
        await expect(page.locator("#criteria .nhsuk-error-message")).to_contain_text(none)
        await expect(page).to_have_title(re.compile("^Error: "))
        # When that is put right, the same button sends them, and one is no file that can ever be kept
        await page.locator("#criteria summary").first.click()
        await page.get_by_label("1.01 Named lead").check()
        await add.click()
        await expect(said).to_have_text(["Added", f"Not added. {empty}"])
        await expect(page.get_by_role("alert").get_by_role("listitem")).to_have_text([empty])
        await expect(add).to_be_enabled()

    runner.run(work())
