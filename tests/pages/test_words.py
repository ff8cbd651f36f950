"""The words of the pages: every text is marked, and the Welsh is whole, with every place for a value."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import nodes

import api
from accreditation.views.results import DEPARTED
from accreditation.wiring import House
from api.app import create_app
from api.guard import routes_of
from api.pages.problem import NO_ENTRY
from api.pages.rendering import TEMPLATES, _pages, language_of
from api.presenting.register import DEPARTS
from api.words import LANGUAGES, LOCALE, words_in

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "words": None, "many": (1, 2), "marked": None}
PLACE = re.compile(r"%\(\w+\)s")

Text = tuple[str, ...]
"""A text, with its plural where it has one."""


@cache
def texts() -> dict[Text, set[str]]:
    """Every text that is marked -> where it stands."""
    found: dict[Text, set[str]] = {}
    ways = [("**.py", "python"), ("templates/**.html", "jinja2")]
    options = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
    for file, _, text, _, _ in extract_from_dir(str(Path(api.__file__).parent), ways, options, keywords=KEYWORDS):
        found.setdefault((text,) if isinstance(text, str) else tuple(text), set()).add(file)
    return found


def catalogue(language: str) -> dict[Text, Text]:
    with (LOCALE / language / "LC_MESSAGES" / "pages.po").open("rb") as file:
        read = read_po(file, abort_invalid=True)
    return {_as_text(one.id): _as_text(one.string) for one in read if one.id and not one.fuzzy}


def _as_text(given: object) -> Text:
    return (given,) if isinstance(given, str) else tuple(given)  # type: ignore[arg-type]


BEHIND = frozenset({"college", "review", "signing", "team"})
"""Areas of the site that are in English alone, each a folder of handlers and one of templates. They are the pages that
have no address in another language; all else, whatever is added to it, is public and must be whole in every language.
"""


def area_of(file: str) -> str:
    """In which area does this file stand? None's is public."""
    parts = file.split("/")
    return parts[1] if len(parts) > 2 and parts[0] in ("pages", "presenting", "templates") else ""


def public() -> set[Text]:
    """The texts that stand anywhere but in an area of English alone."""
    return {text for text, files in texts().items() if not {area_of(one) for one in files} <= BEHIND}


def test_english_alone_are_just_the_areas_that_have_no_page_in_another_language(house: House) -> None:
    told: dict[str, set[bool]] = {}
    for route in routes_of(create_app(house)):
        module = route.endpoint.__module__.replace(".", "/").removeprefix("api/")
        if module.startswith("pages/"):
            found = told.setdefault(area_of(f"{module}.py") or module, set())
            found.add(language_of(route.path) != "en")
    assert {area for area, other in told.items() if True not in other} == BEHIND
    assert {area for area, other in told.items() if other == {True, False}} == {"pages/register"}


def test_no_public_file_shows_a_page_of_english_alone() -> None:
    code = Path(api.__file__).parent
    files = [*code.rglob("*.py"), *TEMPLATES.rglob("*.html")]
    shown = [
        str(file.relative_to(code))
        for file in files
        if area_of(str(file.relative_to(code))) not in BEHIND
        and re.search(rf"[\"']({'|'.join(sorted(BEHIND))})/[\w/]+\.html", file.read_text())
    ]
    assert shown == []


def test_the_welsh_catalogue_is_whole_and_has_nothing_that_is_not_said() -> None:
    assert {*catalogue("cy")} == public()
    assert [text for text, said in catalogue("cy").items() if not all(said)] == []


def test_every_place_for_a_value_is_in_both_languages() -> None:
    wrong = [
        text
        for text, said in catalogue("cy").items()
        for one in said
        if {*PLACE.findall(one)} != {*PLACE.findall(text[-1])} or one.count("%") != len(PLACE.findall(one))
    ]
    assert wrong == []


def test_what_has_words_is_said_in_other_words() -> None:
    same = [text for text, said in catalogue("cy").items() if text == said]
    assert same == [("%(day)s (%(why)s)",)]


def _words_unmarked(file: Path) -> Iterator[str]:
    """Words that stand in this template outside of what is marked."""
    parsed = _pages("en").parse(file.read_text())
    raw = " ".join(one.data for one in parsed.find_all(nodes.TemplateData))
    yield from re.findall(r"[^\W\d_]{2,}", re.sub(r"<!doctype[^>]*>|<[^>]*>|&\w+;", " ", raw))


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_every_word_of_a_template_is_marked(file: Path) -> None:
    assert [*_words_unmarked(file)] == [], 'say it as _("..."), so that another language can follow'


def test_what_a_view_says_is_marked_as_it_says_it() -> None:
    assert DEPARTS == DEPARTED
    assert (NO_ENTRY,) in texts()


def test_a_day_is_written_as_people_write_it() -> None:
    days = date(2026, 11, 22), date(2027, 3, 1)
    assert [words_in("en").day(day) for day in days] == ["22 November 2026", "1 March 2027"]
    assert [words_in("cy").day(day) for day in days] == ["22 Tachwedd 2026", "1 Mawrth 2027"]


def test_a_text_that_a_language_lacks_is_english_and_known_to_be() -> None:
    assert [*LANGUAGES] == ["en", "cy"]
    assert [words_in("cy").knows(text) for text in ("Search", "Never said")] == [True, False]
    assert words_in("cy")("Never said %(what)s", what="so") == "Never said so"
    assert words_in("cy").many("%(num)s result", "%(num)s results", 1, num=1) == "Canlyniadau: 1"
