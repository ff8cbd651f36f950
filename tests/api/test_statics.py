"""The files beside the pages: at an address that names their content, kept for a year, compressed, and only these."""

import gzip
import re
from dataclasses import replace

import pytest

from accreditation.errors import Unavailable
from accreditation.wiring import House
from api import statics
from api.app import create_app
from api.statics import KEPT, Statics
from tests.api.asking import Client

STYLES = "nhsuk.css"


def address(client: Client, name: str) -> str:
    found: str = client.app.state.statics.address(name)
    return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (STYLES, "text/css; charset=utf-8"),
        ("nhsuk.js", "text/javascript; charset=utf-8"),
        ("start.js", "text/javascript; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("brand.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_a_file_is_kept_for_a_year(client: Client, name: str, kind: str) -> None:
    answer = client.get(address(client, name))
    assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (200, kind, KEPT)
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [("gzip, deflate, br", True), ("GZIP;q=0.5", True), ("gzip;q=0", False), ("br", False), ("", False)],
)
def test_it_is_compressed_for_whoever_takes_that(client: Client, accepted: str, zipped: bool) -> None:
    with_it = client.get(address(client, STYLES), headers={"Accept-Encoding": accepted})
    plain = client.get(address(client, STYLES), headers={"Accept-Encoding": "identity"})
    assert (with_it.headers.get("content-encoding") == "gzip", with_it.headers["vary"]) == (zipped, "Accept-Encoding")
    assert with_it.content == plain.content
    assert (int(with_it.headers["content-length"]) < len(plain.content) / 4) == zipped


def test_nothing_else_is_served(client: Client) -> None:
    folder = address(client, STYLES).rsplit("/", 1)[0]
    for path in (f"{folder}/NOTICE", f"{folder}/../app.py", "/static/site.css", "/static/nhsuk/nhsuk.css", "/static/"):
        assert client.get(path).status_code == 404
    assert client.post(address(client, STYLES)).status_code == 405


def test_no_page_is_compressed_for_it_may_hold_a_secret_beside_what_another_wrote(client: Client) -> None:
    assert "content-encoding" not in client.get("/register", headers={"Accept-Encoding": "gzip"}).headers


def test_the_address_changes_with_the_content_and_with_nothing_else() -> None:
    one, other = Statics(colour="#23395b"), Statics(colour="#005eb8")
    assert one.address("brand.css") != other.address("brand.css")
    assert one.address("site.css") == other.address("site.css")


def test_the_college_s_colour_is_in_a_file_of_its_own(house: House) -> None:
    settings = house.settings.model_copy(update={"college_colour": "#ffeb3b"})
    app = create_app(replace(house, settings=settings))
    name = app.state.statics.address("brand.css")
    assert (
        app.state.statics._files[name.removeprefix("/static/")]
        == b":root { --college: #ffeb3b; --on-college: #212b32; }\n"
    )


def test_no_style_or_script_names_another_host_or_a_file_that_is_not_there(client: Client) -> None:
    for name in (STYLES, "site.css", "brand.css"):
        here = address(client, name)
        text = client.get(here).text
        assert "//" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "@import" not in text
        for target in {*re.findall(r"url\(([^)]*)\)", text)}:
            assert client.get(f"{here.rsplit('/', 1)[0]}/{target}").status_code == 200, target
    script = client.get(address(client, "nhsuk.js")).text
    assert re.findall(r"https?:", script.replace("http://www.w3.org/2000/svg", "")) == []


def test_without_the_styles_no_site_opens_and_what_to_do_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statics, "_lying_in", lambda _: {})
    with pytest.raises(Unavailable, match=r"make \.venv/ready"):
        Statics(colour="#23395b")


def test_compressing_loses_nothing() -> None:
    assert gzip.decompress(statics._zipped(b"a" * 5000)) == b"a" * 5000
