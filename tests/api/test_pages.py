"""The public register as pages: what people read, and that nothing comes from elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from turbohtml import Document

from accreditation.actions.rename import rename_organisation, rename_team
from accreditation.ledger.entries import entries
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests import walking
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.listing import Listed, list_services
from tests.pages.contract import parsed, text_of, title_of


def page(client: Client, path: str, *, status: int = 200) -> Document:
    """The page; the client has looked already whether it keeps what every page promises."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    return parsed(answer.text)


def texts(found: Document, where: str) -> list[str]:
    return [text_of(one) for one in found.select(where)]


def words(found: Document) -> str:
    return text_of(found.select("main")[0])


def test_an_empty_register_says_so(client: Client) -> None:
    for path in ("/", "/register"):
        assert "Nothing is published yet" in words(page(client, path))


def test_the_register_says_who_holds_what_until_when(at_stage: AtStage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = at_stage(Stage.PUBLISHED)
    monkeypatch.setattr(House, "now", lambda _: datetime(2026, 5, 1, tzinfo=UTC))
    found = page(client, "/register")
    assert texts(found, "h2") == ["1 result"]
    assert texts(found, "thead th") == ["Team", "Scheme", "Result", "Valid until", "Today"]
    assert texts(found, "tbody tr > *") == [
        "Team North, North Trust, A small scheme North Trust",
        "Scheme A small scheme",
        "Result Accredited decided 1 April 2026",
        "Valid until 1 April 2029",
        "Today Current",
    ]
    assert [one.attrs["scope"] for one in found.select("th")] == ["col"] * 5 + ["row"]
    assert [one.attrs["href"] for one in found.select("tbody a")] == ["/register/1"]


def test_an_entry_says_what_it_means(at_stage: AtStage) -> None:
    found = page(at_stage(Stage.PUBLISHED), "/register/1")
    assert texts(found, "h1") == ["North North Trust"]
    assert title_of(found) == "North, North Trust: A small scheme – Accreditation of clinical services"
    facts = dict(
        zip(texts(found, "main dl:not(.site-proof) dt"), texts(found, "main dl:not(.site-proof) dd"), strict=True)
    )
    assert facts == {
        "Scheme": "A small scheme",
        "Service": "Small",
        "Decided on": "1 April 2026",
        "Valid until": "1 April 2029",
        "Edition of the standard": "2026.1",
    }
    assert "What this means It is good." in words(found)


def test_an_entry_proves_itself_by_its_entry_in_the_ledger(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    found = page(client, "/register/1")
    said = words(found)
    assert (
        said.index("you need no other proof.")
        < said.index("For those who want to check it themselves")
        < min(said.index(word) for word in ("ledger", "digest", "archive", "accredit verify"))
    )
    proof = dict(zip(texts(found, ".site-proof dt"), texts(found, ".site-proof dd"), strict=True))
    with client.house.database.reading() as session:
        (entry,) = entries(session, subject="cycle:1", action="award:publish")
    assert proof == {
        "Entry in the ledger": f"number {entry.sequence}, of 1 April 2026",
        "Digest of the entry": entry.digest,
        "Digest of the edition": client.get("/api/register/1").json()["edition_digest"],
    }


def test_an_entry_that_is_deferred_names_what_has_to_be_put_right(at_stage: AtStage) -> None:
    client = at_stage(Stage.CONSENSUS)
    body = {"rating": "not_met", "note": "No job plan was shown."}
    client.put("/api/cycles/1/settlements/1.01", by=PEOPLE["reviewer"], json=body)
    walking.work(client.house, at=client.house.now())
    client.post("/api/cycles/1/decision", by=PEOPLE["committee"], json={"outcome": "deferred"})
    client.post("/api/cycles/1/publication", by=PEOPLE["office"])
    found = page(client, "/register/1")
    assert texts(found, ".nhsuk-body-l") == ["Deferred Not accredited"]
    assert "What the team has to put right" in texts(found, "h2")
    assert [one.split(", by ")[0] for one in texts(found, "main li")] == ["Named lead"]


def test_an_award_whose_day_has_passed_is_expired(at_stage: AtStage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = at_stage(Stage.PUBLISHED)
    for day, status in (
        (datetime(2029, 4, 1, 23, tzinfo=UTC), "Current"),
        (datetime(2029, 4, 2, tzinfo=UTC), "Expired"),
    ):
        monkeypatch.setattr(House, "now", lambda _, day=day: day)
        assert texts(page(client, "/register"), ".nhsuk-tag") == [status]
    assert (
        "This award expired on 1 April 2029. It says how the service stood when it was decided, and nothing about "
        "today."
    ) in words(page(client, "/register/1"))


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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"service": "stroke"}, [2]), ({"place": "Ayr"}, [2]), ({"place": "West"}, [2]),
        ({"scheme": "small"}, [1, 2, 3]),
        ({"scheme": "other"}, []), ({"outcome": "Deferred"}, [3]), ({"outcome": "Accredited", "search": "board"}, [2]),
        ({"scheme": "small", "after": 1, "limit": 1}, [2]),
    ],
)  # fmt: skip
def test_programs_search_as_people_do(at_stage: AtStage, asked: dict[str, str | int], found: list[int]) -> None:
    client = at_stage(Stage.PUBLISHED)
    list_services(client.house, [
        Listed(organisation="A Board", service="stroke", place="Ayr", region="West"),
        Listed(organisation="B Board", outcome="deferred", valid_until=None),
    ])  # fmt: skip
    items = client.get("/api/register", params=asked).json()["items"]
    assert [one["cycle"] for one in items] == found


def test_a_place_in_degrees_is_for_the_engine_and_not_shown(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    (number,) = list_services(client.house, [Listed(organisation="A", place="51.38, -2.39", region="West")])
    facts = page(client, f"/register/{number}")
    assert dict(zip(texts(facts, "dt"), texts(facts, "dd"), strict=True))["Place"] == "West"


def test_a_search_without_a_result_says_what_to_do(at_stage: AtStage) -> None:
    found = page(at_stage(Stage.PUBLISHED), "/register?search=south")
    assert "Nothing found for “south”" in texts(found, "h2")
    assert [one.attrs["value"] for one in found.select("input")] == ["south"]


def test_what_people_write_never_becomes_markup(client: Client) -> None:
    answer = client.get("/register", params={"search": '<script>alert("1")</script>'})
    assert ("<script>" in answer.text, "&lt;script&gt;" in answer.text) == (False, True)


def test_a_page_that_is_not_there_is_a_page(client: Client) -> None:
    assert texts(page(client, "/register/7", status=404), "h1") == ["Not found"]
    assert texts(page(client, "/nothing", status=404), "h1") == ["Not found"]
    slip = page(client, "/register/x", status=404)
    assert texts(slip, "h1, .nhsuk-body-l") == ["Not found", "There is no such page. Look at the address for a slip."]


def test_a_page_that_is_not_there_is_told_in_the_language_of_its_address(client: Client) -> None:
    found = page(client, "/cy/register/7", status=404)
    assert texts(found, "h1, .nhsuk-body-l") == ["Heb ei ganfod", "Nid oes cofnod o’r fath yn y gofrestr."]
    assert [one.attrs["lang"] for one in found.select("[lang]")] == ["cy"]
    answer = client.post("/cy/register")
    assert texts(parsed(answer.text), "h1[lang='en-GB'], p[lang='en-GB']") == [
        "This method is not possible here",
        "POST is not possible here; the header 'Allow' says what is.",
    ]


@pytest.mark.parametrize("query", ["page=x", "page=0", "search=%00", f"search={'a' * 101}"])
def test_a_query_that_cannot_be_read_is_told_without_the_words_of_programs(client: Client, query: str) -> None:
    found = page(client, f"/register?{query}", status=422)
    assert texts(found, "h1, .nhsuk-body-l") == [
        "The input has faults",
        "What stands in the address behind the question mark cannot be read. Look at it for a slip.",
    ]


def test_the_register_is_read_in_welsh_and_leads_to_the_english(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    found = page(client, "/cy/register?search=north")
    assert [one.attrs["lang"] for one in found.select("html")] == ["cy"]
    assert texts(found, "thead th") == ["Tîm", "Cynllun", "Canlyniad", "Yn ddilys tan", "Heddiw"]
    assert [one.attrs["href"] for one in found.select("tbody a")] == ["/cy/register/1"]
    other = found.select(".site-languages a")
    assert [(text_of(one), one.attrs["lang"], one.attrs["href"]) for one in other] == [
        ("English", "en-GB", "/register?search=north")
    ]
    assert [(one.attrs["hreflang"], one.attrs["href"]) for one in found.select("link[rel~=alternate]")] == [
        ("en", "/register?search=north")
    ]
    entry = page(client, "/cy/register/1")
    assert "Mae’r dyfarniad yn ddilys tan 1 Ebrill 2029." in words(entry)
    assert texts(entry, "[lang='en-GB']") == ["English", "Accredited", "It is good.", "A small scheme", "Small"]


def test_an_entry_says_what_it_was_called_when_it_was_decided(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    database = client.house.database
    named: dict[str, Any] = {"name": "Omega", "reason": "It is called so.", "at": walking.AT + timedelta(days=1)}
    rename_team(database, principal=walking.OFFICE, team_id=1, service_line="small", **named)
    rename_organisation(database, principal=walking.OFFICE, organisation_id=1, **named)
    assert "Decided for North, North Trust. It has been called Omega, Omega since 2 April 2026." in words(
        page(client, "/register/1")
    )
    assert (
        "Gwnaed y penderfyniad ar gyfer North, North Trust. Enw’r gwasanaeth ers 2 Ebrill 2026 yw Omega, Omega."
        in words(page(client, "/cy/register/1"))
    )
    for path in ("/register?search=north+trust", "/cy/register?search=north+trust"):
        assert texts(page(client, path), "tbody th a")[0].startswith("Omega, Omega")
    items = client.get("/api/register", params={"search": "north"}).json()["items"]
    assert [one["organisation"]["name"] for one in items] == ["Omega"]


def test_the_lists_of_a_welsh_page_say_that_a_scheme_speaks_english(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    list_services(client.house, [Listed(organisation="Ysbyty", team="Tîm", outcome="deferred", valid_until=None)])
    welsh, english = page(client, "/cy/register"), page(client, "/register")
    assert texts(welsh, "tbody [lang='en-GB'], option[lang='en-GB']") == [
        "Accredited", "Deferred", *("A small scheme", "A small scheme", "Accredited"),
        *("A small scheme", "A small scheme", "Deferred"),
    ]  # fmt: skip
    assert texts(english, "body [lang]") == ["Cymraeg"]


def test_what_is_no_award_is_valid_until_no_day(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    until = date(2030, 1, 1)
    (deferred, endless) = list_services(client.house, [
        Listed(organisation="A", outcome="deferred", valid_until=until), Listed(organisation="B", valid_until=None),
    ])  # fmt: skip
    cells = texts(page(client, "/register"), "tbody td:nth-of-type(3)")
    assert cells == ["Valid until No award", "Valid until No last day", "Valid until 1 April 2029"]
    for number in (deferred, endless):
        assert "Valid until" not in texts(page(client, f"/register/{number}"), "dt")


@pytest.mark.parametrize(("path", "other"), [("/", "/cy"), ("/cy", "/"), ("/register/1", "/cy/register/1")])
def test_every_page_of_the_register_leads_to_itself_in_the_other_language(
    at_stage: AtStage, path: str, other: str
) -> None:
    found = page(at_stage(Stage.PUBLISHED), path)
    assert [one.attrs["href"] for one in found.select(".site-languages a")] == [other]


def test_the_first_load_is_light(at_stage: AtStage) -> None:
    client = at_stage(Stage.PUBLISHED)
    found = page(client, "/register")
    loaded = [str(one.attrs["href"]) for one in found.select("link[rel~=stylesheet], link[rel~=icon]")]
    loaded += [str(one.attrs["src"]) for one in found.select("script")]
    answers = [client.get(one, headers={"Accept-Encoding": "gzip"}) for one in loaded]
    sent = len(client.get("/register").content) + sum(int(one.headers["content-length"]) for one in answers)
    assert (len(loaded), sent < 50_000) == (4, True), f"{sent} bytes"


def test_the_college_is_named_on_every_page(house: House) -> None:
    settings = house.settings.model_copy(update={"college_name": "College of <Small> Services"})
    with Client(replace(house, settings=settings)) as client:
        for path, status in (("/register", 200), ("/nothing", 404)):
            found = page(client, path, status=status)
            assert texts(found, ".site-header__college") == ["College of <Small> Services"]
            assert title_of(found).endswith("– College of <Small> Services")
