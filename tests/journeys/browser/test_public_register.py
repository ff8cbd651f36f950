"""The public finds out what a service holds, and that it is true: in every way in which people read."""

import os
from dataclasses import replace

import httpx
import pytest

from tests.journeys.browser.conftest import Visits
from tests.journeys.browser.registered import CAPITALS, ENDOSCOPY, LONG, PAGES_OF_MORE, STROKE, WELSH
from tests.journeys.browser.visiting import KEYBOARD, MOUSE, SCREENS, WAYS, Way

pytestmark = pytest.mark.xdist_group("browser")
in_every_way = pytest.mark.parametrize(
    "way", [*WAYS, *([MOUSE] if SCREENS in os.environ else [])], ids=lambda way: way.name
)  # fmt: skip

NAME = "Name of a hospital, trust, board, team or town, or a postcode"
FRONT = "Which services are accredited?"

MOST_BYTES = 150_000
"""What a first load may weigh, fonts not counted: we have none."""


@in_every_way
def test_a_name_leads_to_a_service_and_to_the_proof_of_what_it_holds(visits: Visits, site: str, way: Way) -> None:
    somebody = visits(way)
    # Given somebody who knows a part of a hospital's name
    somebody.opens("/")
    assert somebody.heading == FRONT
    somebody.fills(NAME, "llanfair")
    # When they search for it, and open the one that is found
    somebody.presses("Search")
    assert somebody.reads("h2#found") == "1 result for “llanfair”"
    somebody.follows(f"Tîm strôc, {WELSH}, Stroke services")
    # Then they read what it holds and until when
    assert somebody.heading == f"Tîm strôc {WELSH}"
    assert "Accredited with excellence Current The award is valid until 1 April 2999." in somebody.reads()
    somebody.keeps("service", of="wide")
    # And what they are told to check is what the register says to programs
    proof = somebody.reads(".site-proof")
    somebody.follows("This result as data, for programs")
    assert httpx.get(site + somebody.address, trust_env=False).json()["edition_digest"] in proof


@in_every_way
def test_a_region_and_a_scheme_narrow_the_register(visits: Visits, way: Way) -> None:
    somebody = visits(way)
    # Given somebody who wants to know which stroke services in the west are accredited
    somebody.opens("/register")
    somebody.chooses("Scheme", "Stroke services")
    somebody.presses("Search")
    somebody.keeps("register", of="wide")
    somebody.chooses("Region", "West")
    # When they search
    somebody.presses("Search")
    # Then they see the one that was, and that it is not any more
    assert (somebody.reads("h2#found"), somebody.counts("tbody tr")) == ("1 result", 1)
    assert "Expired" in somebody.reads("tbody")
    somebody.follows("Stroke team, West Ford Trust, Stroke services")
    assert "This award expired on 1 April 2020." in somebody.reads()
    # And they come back to all of them, a page at a time
    somebody.follows("Back to the register")
    assert somebody.reads("h2#found") == f"{PAGES_OF_MORE + 4} results"
    somebody.follows("Next page")
    assert "page 2 of 2" in somebody.reads()
    somebody.follows("Previous page")
    assert somebody.counts("tbody tr") == 25


@in_every_way
def test_a_search_that_finds_nothing_says_what_to_do(visits: Visits, way: Way) -> None:
    somebody = visits(way)
    # Given somebody who writes a postcode where no service is
    somebody.opens("/register")
    somebody.fills(NAME, "AB1 2CD")
    # When they search
    somebody.presses("Search")
    # Then they read why nothing is found, and find their way by what it does know
    assert "Nothing found for “AB1 2CD”" in somebody.reads()
    assert "The register knows of no service in the postcode district AB1" in somebody.reads()
    somebody.fills(NAME, "aa1 9zz")
    somebody.presses("Search")
    assert "Region Hospital 01" in somebody.reads("tbody")
    somebody.follows("Show the whole register")
    somebody.fills(NAME, "east ford")
    somebody.presses("Search")
    assert CAPITALS in somebody.reads("tbody")
    assert "No award" in somebody.reads("tbody")


@in_every_way
def test_it_is_read_in_welsh(visits: Visits, way: Way) -> None:
    somebody = visits(way)
    # Given somebody who has found services of one place
    somebody.opens(f"/register?place=Scotland&service={ENDOSCOPY}")
    # When they go on in Welsh
    somebody.follows("Cymraeg")
    # Then the search is the same, and what the scheme says in English is marked as that
    assert somebody.reads("h2#found") == "Canlyniadau: 1"
    somebody.keeps("cofrestr", of="telephone")
    assert somebody.counts("tbody [lang='en-GB']") == 3
    somebody.follows(f"Endoscopy and its decontamination, recovery and booking teams, {LONG}, Endoscopy services")
    assert "Mae’r dyfarniad yn ddilys tan 1 Ebrill 2999." in somebody.reads()
    # And from a service's page they come back to English
    somebody.follows("English")
    assert "The award is valid until 1 April 2999." in somebody.reads()


@in_every_way
def test_a_page_that_does_not_exist_is_told_in_words(visits: Visits, way: Way) -> None:
    somebody = visits(way)
    # Given a link that somebody wrote down with a slip
    for path, heading, words in (
        ("/register/zzz", "Not found", "There is no such page. Look at the address for a slip."),
        ("/register/999999", "Not found", "There is no such entry in the register."),
        ("/register?page=x", "The input has faults", "behind the question mark cannot be read"),
        ("/cy/nothing", "Heb ei ganfod", "Nid oes tudalen o’r fath."),
    ):
        # When they open it
        somebody.opens(path)
        # Then they read in their language what is wrong
        assert somebody.heading == heading
        assert words in somebody.reads()
    # And a link leads them to the register
    somebody.follows("Ewch i’r gofrestr")
    assert somebody.address == "/cy/register"


@in_every_way
def test_whoever_sends_a_form_with_a_fault_is_led_to_it(visits: Visits, way: Way) -> None:
    somebody = visits(way)
    # Given somebody who comes from the register to sign in
    somebody.opens("/register")
    somebody.follows("Sign in")
    assert somebody.begins_at == ""
    # When they send nothing
    somebody.presses("Sign in")
    # Then they are told what is wrong; and where scripts run, they begin there
    told = somebody.reads(".nhsuk-error-summary")
    assert told.startswith("There is a problem")
    assert somebody.begins_at == (told if way.scripts else "")
    # And a link leads them to the field
    somebody.goes_to("Type your e-mail address.")
    assert somebody.counts("#email:focus") == 1


def test_the_first_load_is_light(visits: Visits) -> None:
    somebody = visits(MOUSE, first=True)
    somebody.opens("/")
    first = somebody.bytes_loaded()
    somebody.opens(f"/register?service={STROKE}")
    second = somebody.bytes_loaded() - first
    assert (0 < first < MOST_BYTES, 0 < second < first) == (True, True), f"{first} bytes, then {second}"


UNJUDGED = replace(KEYBOARD, judged=False)
"""Somebody whom axe does not tell what is wrong before they meet it."""

UNSEEN = "document.querySelector('#search').style = 'outline: 0; box-shadow: none; border: 0'"
COVERED = """() => {
    const over = document.body.appendChild(document.createElement("div"));
    over.style = "position: fixed; inset: 3rem 0 0 0; background: white";
}"""
"""Something that lies over all but the top of a page, as a banner may."""


@pytest.mark.parametrize(
    ("way", "broken_by", "said"),
    [
        (MOUSE, "document.body.style.width = '3000px'", "scrolls sideways by"),
        (MOUSE, "document.querySelector('h1').style = 'width: 1rem; overflow-wrap: anywhere'", "breaks words"),
        (MOUSE, "fetch('http://elsewhere.example/').catch(() => {})", "the browser complains"),
        (KEYBOARD, "document.documentElement.removeAttribute('lang')", "html-has-lang"),
        (KEYBOARD, "document.querySelector('h1').innerHTML = '<font color=silver>Pale</font>'", "color-contrast"),
        (KEYBOARD, "document.querySelector('.nhsuk-skip-link').remove()", "the first stop is"),
        (UNJUDGED, "document.querySelector('#main').tabIndex = 1", "the focus at /register is on <main"),
        (KEYBOARD, UNSEEN, "the focus at /register is on <input"),
        (UNJUDGED, "document.querySelector('.nhsuk-main-wrapper').style.visibility = 'hidden'", "leads to <a"),
        (KEYBOARD, COVERED, "the focus at /register is on <input"),
    ],
)  # fmt: skip
def test_a_fault_of_a_page_is_seen(visits: Visits, way: Way, broken_by: str, said: str) -> None:
    somebody = visits(way)
    with pytest.raises(AssertionError, match=said):
        somebody.opens("/register", broken_by=broken_by)
