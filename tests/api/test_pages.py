"""The public register as pages: what people read, and that nothing comes from elsewhere."""

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from api.pages.register import told_day
from tests import walking
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage


class Page(HTMLParser):
    """A page as far as it matters here: its tags, what they point at, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.of_tag: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"{tag} closes what is not open"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))
            if self._open:
                self.of_tag.setdefault(self._open[-1], []).append(" ".join(data.split()))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(client: Client, path: str, *, status: int = 200) -> Page:
    """The page, once it is sure to keep what every page promises."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    found = Page(answer.text)
    assert [len(found.named(tag)) for tag in ("h1", "title", "main", "header", "footer")] == [1] * 5
    assert [len(found.named(tag)) for tag in ("script", "style", "iframe", "img")] == [0] * 4
    assert found.named("html") == [{"lang": "en-GB"}]
    targets = [
        value for _, attributes in found.tags for name, value in attributes.items() if name in ("href", "src", "action")
    ]
    assert [one for one in targets if not str(one).startswith(("/", "#"))] == []
    assert [one for _, attributes in found.tags for one in attributes if one.startswith("on") or one == "style"] == []
    labels = {one.get("for") for one in found.named("label")}
    assert {one.get("id") for one in found.named("input")} <= labels
    return found


def test_an_empty_register_says_so(client: Client) -> None:
    for path in ("/", "/register"):
        assert "Nothing is published yet" in page(client, path).texts


def test_the_register_says_who_holds_what_until_when(at_stage: AtStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(House, "now", lambda _: datetime(2026, 5, 1, tzinfo=UTC))
    found = page(at_stage(Stage.PUBLISHED), "/register")
    assert found.of_tag["caption"] == ["1 result in the register"]
    assert found.of_tag["th"] == ["Team", "Scheme", "Decision", "Valid until", "Status"]
    assert found.of_tag["td"] == ["A small scheme", "Accredited", "1 April 2029"]
    assert [one["scope"] for one in found.named("th")] == ["col"] * 5 + ["row"]
    assert {"North", "North Trust", "decided 1 April 2026", "Current"} <= set(found.texts)
    assert {"href": "/register/1"} in found.named("a")


def test_an_entry_says_what_it_means(at_stage: AtStage) -> None:
    found = page(at_stage(Stage.PUBLISHED), "/register/1")
    assert found.of_tag["h1"] == ["North"]
    assert found.of_tag["title"] == ["North, North Trust – Register of accredited services"]
    assert found.of_tag["dd"] == ["A small scheme", "small", "1 April 2026", "1 April 2029", "2026.1"]
    assert "It is good." in found.texts


def test_an_entry_that_is_deferred_names_what_has_to_be_put_right(at_stage: AtStage) -> None:
    client = at_stage(Stage.CONSENSUS)
    body = {"rating": "not_met", "note": "No job plan was shown."}
    client.put("/api/cycles/1/settlements/1.01", by=PEOPLE["reviewer"], json=body)
    walking.work(client.house, at=client.house.now())
    client.post("/api/cycles/1/decision", by=PEOPLE["committee"], json={"outcome": "deferred"})
    client.post("/api/cycles/1/publication", by=PEOPLE["office"])
    found = page(client, "/register/1")
    assert {"Deferred", "Not accredited", "What the team has to put right"} <= set(found.texts)
    assert [one.split(", by ")[0] for one in found.of_tag["li"]] == ["Named lead"]


def test_an_award_whose_day_has_passed_is_expired(at_stage: AtStage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = at_stage(Stage.PUBLISHED)
    for day, status in (
        (datetime(2029, 4, 1, 23, tzinfo=UTC), "Current"),
        (datetime(2029, 4, 2, tzinfo=UTC), "Expired"),
    ):
        monkeypatch.setattr(House, "now", lambda _, day=day: day)
        assert status in page(client, "/register").texts
    assert (
        "This award expired on 1 April 2029. It says how the service stood when it was decided, and nothing about "
        "today."
    ) in page(client, "/register/1").texts


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("north", True),
        ("NORTH trust", True),
        ("trust  nor", True),
        ("south", False),
        ("%", False),
        ("_", False),
        ("", True),
    ],
)
def test_a_search_finds_every_word_in_any_name(at_stage: AtStage, search: str, found: bool) -> None:
    client = at_stage(Stage.PUBLISHED)
    items = client.get("/api/register", params={"search": search}).json()["items"]
    assert [one["cycle"] for one in items] == ([1] if found else [])
    assert client.get("/register", params={"search": search}).status_code == 200


def test_a_search_without_a_result_says_what_to_do(at_stage: AtStage) -> None:
    found = page(at_stage(Stage.PUBLISHED), "/register?search=south")
    assert "Nothing found for “south”" in found.texts
    assert [one["value"] for one in found.named("input")] == ["south"]


def test_what_people_write_never_becomes_markup(client: Client) -> None:
    answer = client.get("/register", params={"search": '<script>alert("1")</script>'})
    assert ("<script>" in answer.text, "&lt;script&gt;" in answer.text) == (False, True)


def test_a_page_that_is_not_there_is_a_page(client: Client) -> None:
    assert page(client, "/register/7", status=404).of_tag["h1"] == ["Not found"]
    assert page(client, "/nothing", status=404).of_tag["h1"] == ["Not found"]
    assert page(client, "/register/x", status=422).of_tag["h1"] == ["The input has faults"]


def test_the_style_sheet_is_ours_and_names_nothing_elsewhere(client: Client) -> None:
    answer = client.get("/static/site.css")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert [word for word in ("http", "@import", "url(") if word in answer.text] == []
    assert client.get("/static/../app.py").status_code == 404


def test_a_day_is_written_as_people_write_it() -> None:
    assert [told_day(day) for day in (date(2026, 11, 22), date(2027, 3, 1))] == ["22 November 2026", "1 March 2027"]
