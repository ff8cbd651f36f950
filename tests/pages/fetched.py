"""The pages that clients fetched: each keeps what every page promises, and no two have the same title.

One client sees one site: no two of its addresses are called the same. Over all clients of all tests of a process, no
two pages (a page is an address without its numbers and keys) are: else nobody could tell two windows apart.
"""

import re
from collections.abc import Callable

import httpx

from tests.pages.contract import broken_promises, parsed, title_of

HOMES = {"/": "/register", "/cy": "/cy/register"}
"""The same page at a shorter address."""

KEYS = re.compile(r"\b[0-9a-f]{12,}\b|[0-9]+(\.[0-9]+)*")

SEEN: dict[str, str] = {}
"""Title -> the page that has it, in whatever test."""

Ask = Callable[[str, str], httpx.Response]


class Fetched:
    """What this client saw so far."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._alive: dict[tuple[str, str], bool] = {}

    def check(self, answer: httpx.Response, ask: Ask) -> None:
        """Is this page, if it is one, as every page is? `ask` asks by a method at an address, as the same person."""
        given_out = answer.headers.get("content-disposition", "").startswith("attachment")  # somebody's file, no page
        if given_out or not answer.headers.get("content-type", "").startswith("text/html"):
            return

        def alive(method: str, address: str) -> bool:
            if (
                method,
                address,
            ) not in self._alive:  # a form without its token is refused: it is there, and did nothing
                self._alive[method, address] = ask(method, address).status_code not in (404, 405, 500)
            return self._alive[method, address]

        self._alive["GET", answer.request.url.raw_path.decode()] = True
        wrong = broken_promises(answer.text, policy=answer.headers.get("content-security-policy"), alive=alive)
        assert wrong == [], f"{answer.request.url}: {wrong}"
        if answer.status_code < 400:  # refusals are named after what they say
            where = HOMES.get(answer.request.url.path, answer.request.url.path)
            title = title_of(parsed(answer.text))
            first = self._titles.setdefault(title, where)
            assert first == where, f"{where} has the title of {first}: {title}"
            page = KEYS.sub("…", where)
            other = SEEN.setdefault(title, page)
            assert other == page, f"the page {page} has the title of {other}: {title}"
