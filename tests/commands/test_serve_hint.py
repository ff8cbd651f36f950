"""accredit serve: what it says before it serves, and on what it does not begin. Its life is a journey's matter."""

from pathlib import Path

import pytest

from accreditation.commands.demonstration.folder import HOME, MARK
from accreditation.commands.serve import hint_for
from accreditation.wiring import House
from tests.buckets import KEYS, bucket_server
from tests.commands.conftest import Accredit
from tests.walking import begin


def test_a_college_without_a_scheme_is_told_how_to_publish_one(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # somebody may have made a demonstration where the tests run
    assert hint_for(house) == "No scheme is published yet: accredit standards publish standards/stroke"


def test_who_made_a_demonstration_before_is_told_where_it_is(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert hint_for(house).count("\n") == 0
    HOME.mkdir(parents=True)
    (HOME / MARK).touch()
    assert hint_for(house).splitlines()[1:] == [
        "The demonstration is in another folder: ACCREDIT_DATA=var/demo accredit serve --demo"
    ]


def test_a_college_with_a_scheme_is_told_nothing(house: House) -> None:
    begin(house)
    assert hint_for(house) == ""


def test_evidence_in_a_bucket_that_is_not_there_is_said_before_anything_is_served(
    accredit: Accredit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bucket_server(tmp_path) as server:
        for name, value in {
            **KEYS,
            "ACCREDIT_EVIDENCE": "s3://nobodys",
            "ACCREDIT_EVIDENCE_ENDPOINT": server.endpoint,
        }.items():
            monkeypatch.setenv(name, value)
        said = accredit("serve")
    assert (said.code, said.out, said.err) == (
        1, "Starting. The site's address stands here once it answers ...\n",
        "There is no bucket for s3://nobodys; ACCREDIT_EVIDENCE names it.\n",
    )  # fmt: skip
