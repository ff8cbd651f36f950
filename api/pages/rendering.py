"""How a page is made from its template: strict, escaped, in its address's language, with nothing from elsewhere."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from accreditation.records.signed import Signed
from accreditation.rules.grants import ROLES_OF, Area
from accreditation.rules.people import Role
from api.pages.undefined import Missing
from api.statics import Statics
from api.visitors import Visitor, seen
from api.words import LANGUAGES, TAGS, Words, words_in

TEMPLATES = Path(__file__).parent.parent / "templates"

POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
"""What a page may load: our own files, and nothing that stands in the page itself or comes from elsewhere."""

POLICY_WITH_FILES = f"{POLICY}; frame-src 'self'"
"""The same where a page shows files of ours in frames; they have a policy of their own: see `api.downloads`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """This page in another language: its short name, its own name for itself, the tag and the address."""

    language: str
    name: str
    tag: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who is signed in, the token by which they sign out, and which areas of the site have pages for them.

    `runs_the_college` where they are the office of the whole college, whom everybody else can ask.
    """

    name: str
    csrf: str
    in_a_team: bool
    reviews: bool
    in_the_college: bool
    runs_the_college: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page shows around its own words.

    `first` where somebody signed in for the first time just now; `door` where somebody who is not signed in is shown
    the way in; `demo` where nothing is real.
    """

    college: str
    words: Words
    statics: Statics
    others: tuple[Otherwise, ...]
    account: Account | None
    first: bool
    door: bool
    demo: bool

    @property
    def tag(self) -> str:
        """The language as the page names it."""
        return TAGS[self.words.language]

    def asset(self, name: str) -> str:
        """Where this file of ours is."""
        return self.statics.address(name)

    def at(self, path: str) -> str:
        """The address of this path in the language of the page."""
        return f"{prefix(self.words.language)}{path}"


def prefix(language: str) -> str:
    """With what do the addresses of this language begin?"""
    return "" if language == "en" else f"/{language}"


def language_of(path: str) -> str:
    """In which language is the page at this address?"""
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in LANGUAGES and first != "en" else "en"


def words_of(request: Request) -> Words:
    """The words of the page that is asked for."""
    return words_in(language_of(request.url.path))


def rendered(
    request: Request, template: str, *, status: int = 200, translated: bool = False, files: bool = False, **values: Any
) -> Response:
    """The page of this template with these values.

    `translated` where it exists in every language; `files` where it shows some of ours in frames.
    """
    words, house, anyone = words_of(request), request.app.state.house, seen(request)
    signed = anyone is not None and isinstance(anyone.known, Signed)
    site = Site(
        college=house.settings.college_name, words=words, statics=request.app.state.statics,
        others=_others(request, words) if translated else (),
        first=signed and request.query_params.get("first") == "yes", door=anyone is not None and not signed,
        demo=request.app.state.pretending.goes_on(house.database),
        account=_account(anyone) if anyone is not None and signed else None,
    )  # fmt: skip
    page = _pages(words.language).get_template(template)
    html = page.render(site=site, **values)
    if faults := values.get("faults"):
        led = faults.leading_into(html)
        html = html if led == faults else page.render(site=site, **{**values, "faults": led})
    return HTMLResponse(html, status, {"Content-Security-Policy": POLICY_WITH_FILES if files else POLICY})


def _account(anyone: Visitor) -> Account:
    known = anyone.signed
    roles = {one.role for one in known.grants}
    teams, reviews, college = (not roles.isdisjoint(ROLES_OF[area]) for area in (Area.TEAM, Area.REVIEW, Area.COLLEGE))
    return Account(
        name=known.name, csrf=anyone.csrf, in_a_team=teams, reviews=reviews, in_the_college=college,
        runs_the_college=any(one.role is Role.OFFICE and not one.bounds for one in known.grants),
    )  # fmt: skip


def _others(request: Request, words: Words) -> tuple[Otherwise, ...]:
    """The same page in the other languages."""
    path = request.url.path.removeprefix(prefix(words.language)).removesuffix("/")
    query = f"?{request.url.query}" if request.url.query else ""
    return tuple(
        Otherwise(
            language=language, name=name, tag=TAGS[language], address=(f"{prefix(language)}{path}" or "/") + query
        )
        for language, name in LANGUAGES.items()
        if language != words.language
    )


@cache
def _pages(language: str) -> Environment:
    """Templates in this language; the design system's macros beside ours."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), PackageLoader("nhsuk_frontend_jinja")]),
        autoescape=True,
        auto_reload=False,  # else each page asks the disk of each of its templates whether it changed
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(words_in(language).catalogue, newstyle=True)  # type: ignore[attr-defined]
    return made
