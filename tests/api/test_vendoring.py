"""The design system: the version that belongs to its macros, just as it was chosen, and taken once."""

import base64
import io
import re
import tarfile
from importlib.metadata import metadata, version
from pathlib import Path

import pytest

from api import vendoring
from api.statics import STATIC
from api.vendoring import KEPT, PACKAGE, VERSION, NotTaken, is_whole, take


def test_the_macros_are_those_of_this_version_of_the_styles() -> None:
    table = metadata("nhsuk-frontend-jinja").json["description"]
    assert isinstance(table, str)
    pairs = dict(re.findall(r"^\| (\S+) \| (\S+) \|$", table, re.MULTILINE))
    assert pairs[VERSION] == version("nhsuk-frontend-jinja") == "0.10.2"
    assert VERSION == "10.6.1"


def test_what_lies_here_is_what_was_chosen() -> None:
    assert is_whole(STATIC / "nhsuk")
    assert {file.name for file in (STATIC / "nhsuk").iterdir()} == {*KEPT}
    assert len(base64.b64decode(vendoring.SHA_512)) == 64


def test_where_it_lies_already_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendoring, "_npm", lambda: None)
    take(STATIC / "nhsuk")
    assert vendoring.Vendoring.dependencies(_hook(STATIC.parents[1])) == []


def test_a_machine_without_npm_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vendoring, "_npm", lambda: None)
    with pytest.raises(NotTaken, match=f"install {vendoring.CLIENT}"):
        take(tmp_path / "nhsuk")
    assert vendoring.Vendoring.dependencies(_hook(tmp_path)) == [vendoring.CLIENT]


def test_a_registry_out_of_reach_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vendoring, "_npm", lambda: "/bin/false")
    with pytest.raises(NotTaken, match=r"npm could not bring it\. Build once with a network"):
        take(tmp_path / "nhsuk")
    assert list(tmp_path.iterdir()) == []


def test_another_package_of_the_same_name_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    npm = tmp_path / "npm"
    npm.write_text(f"#!/bin/sh\necho anything > {PACKAGE}-{VERSION}.tgz\n")
    npm.chmod(0o700)
    monkeypatch.setattr(vendoring, "_npm", lambda: str(npm))
    with pytest.raises(NotTaken, match="is another package: its SHA-512 is"):
        take(tmp_path / "nhsuk")
    assert not (tmp_path / "nhsuk").exists()


def test_what_calls_other_hosts_is_taken_out(tmp_path: Path) -> None:
    packed = tmp_path / "some.tgz"
    styles = (
        "@font-face{font-family:Elsewhere;src:url(https://fonts.example/a.woff2)}.a{background:"
        "url(/assets/images/nhsuk-icon-cross.svg)}\n/*# sourceMappingURL=a.css.map */\n"
    )
    files = {
        "nhsuk-frontend.min.css": styles, "assets/images/nhsuk-icon-cross.svg": "<svg/>",
        "nhsuk-frontend.min.js": "a();//# sourceMappingURL=a.js.map",
    }  # fmt: skip
    with tarfile.open(packed, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/dist/nhsuk/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    vendoring._unpack(packed, tmp_path)
    assert (tmp_path / "nhsuk.css").read_text() == ".a{background:url(nhsuk-icon-cross.svg)}\n"
    assert (tmp_path / "nhsuk.js").read_text() == "a();"
    assert (tmp_path / "nhsuk-icon-cross.svg").read_text() == "<svg/>"


def _hook(root: Path) -> vendoring.Vendoring:
    return vendoring.Vendoring(str(root), {}, None, None, str(root), "wheel")  # type: ignore[arg-type]  # hatch gives it
