"""A browser as far as pages without scripts need one: cookies, forms with their tokens, and where it is sent."""

from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self

import httpx

from accreditation.wiring import House
from api.app import create_app
from tests.answering import Answering
from tests.pages.fetched import Fetched


class Page(HTMLParser):
    """What a person sees of a page: title, headings, forms with their fields, and its text."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer, self.status, self.path = answer, answer.status_code, answer.url.path
        self.title, self.text = "", ""
        self.headings: list[str] = []
        self.forms: dict[str, dict[str, str]] = {}
        self.fields: dict[str, dict[str, str | None]] = {}
        self.buttons: list[dict[str, str | None]] = []
        self.areas: dict[str, str] = {}
        self._area: str | None = None
        self._in: list[str] = []
        self._form: dict[str, str] = {}
        self._named: dict[str, dict[str, str]] = {}
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._in.append(tag)
        if tag == "h1":
            self.headings.append("")
        if tag == "form":
            self._form = self.forms.setdefault(found.get("action") or "", {})
            self._named[found.get("id") or ""] = self._form
        if tag == "button":
            self.buttons.append(found)
            if to := found.get("formaction"):
                self.forms[to] = self._named[found.get("form") or ""]
        if tag == "textarea":
            self._area = found.get("id") or ""
            self.areas[self._area] = ""
        if tag in ("input", "select"):
            if found.get("type") == "hidden":
                self._form[found.get("name") or ""] = found.get("value") or ""
            else:
                self.fields[found.get("id") or ""] = found

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._area is not None:
            self.areas[self._area] += data
        if self._in and self._in[-1] == "title":
            self.title += data
        if self._in and "h1" in self._in[-2:]:
            self.headings[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        while self._in and self._in.pop() != tag:
            pass


class Browser:
    """Somebody's browser. `open` a page, `send` a form of the page that is open; both follow where they are sent."""

    def __init__(
        self, house: House, *, address: str = "192.0.2.1", site: str = "http://site", demo: bool = False
    ) -> None:
        self.house = house
        self.app = create_app(house, demo=demo)
        self._runner = Answering()
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 1))
        self.http = httpx.AsyncClient(transport=transport, base_url=site, follow_redirects=True)
        self.page: Page
        self._fetched = Fetched()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self.http.aclose())
        self._runner.close()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """What is answered, wherever it leads?"""
        return self._runner.run(self.http.request(method, path, **more))

    def open(self, path: str) -> Page:
        """Open this page."""
        return self.shown(self.ask("GET", path))

    def send(self, action: str, **typed: str) -> Page:
        """Fill in the form of the open page that goes there, and send it."""
        return self.shown(self.ask("POST", action, data={**self.page.forms[action], **typed}))

    def cookie(self, name: str = "session") -> str:
        """What the browser keeps under this name."""
        return self.http.cookies.get(name) or ""

    def keep(self, value: str) -> None:
        """Let the browser have this as its session's cookie, as if somebody had put it there."""
        self.http.cookies.clear()
        self.http.cookies.set("session", value, domain="site.local")  # how a jar names a host without a dot

    def shown(self, answer: httpx.Response) -> Page:
        """The page that came: it is held against what every page promises."""
        self.page = Page(answer)
        self._fetched.check(answer, self._looked_at)
        return self.page

    def _looked_at(self, method: str, address: str) -> httpx.Response:
        """What is answered there, without going there: nothing is followed, and no cookie of it is kept."""
        kept = list(self.http.cookies.jar)
        answer = self._runner.run(self.http.request(method, address, follow_redirects=False))
        self.http.cookies.clear()
        for cookie in kept:
            self.http.cookies.jar.set_cookie(cookie)
        return answer
