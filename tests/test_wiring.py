from datetime import UTC
from pathlib import Path

import pytest

from accreditation import wiring
from accreditation.database import pending
from accreditation.errors import Invalid, Unavailable
from accreditation.records import evidence_items
from accreditation.wiring import KEY_BYTES, MIGRATIONS, House, Settings, open_house, read_settings
from tests.buckets import KEYS, bucket_server
from tests.no_room import no_room
from tests.opened import opened
from tests.sending import begin
from tests.walking import CYCLE, attach, work
from tests.walking import begin as begin_cycle


def test_a_house_is_made_where_there_was_nothing_and_found_again(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "deep" / "down", database_url="", evidence=None)
    for _ in range(2):
        house = open_house(settings)
        assert pending(house.database, MIGRATIONS) is False
        house.close()
    assert sorted(path.name for path in (tmp_path / "deep" / "down").iterdir()) == ["evidence", "records.sqlite"]


def test_stores_are_where_the_settings_say(postgresql_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=postgresql_url, evidence=str(tmp_path / "elsewhere"))
    house = open_house(settings)
    assert house.database.dialect == "postgresql"
    begin(house.evidence.arrivals)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["arriving"]
    house.close()


def test_evidence_in_a_bucket_arrives_on_this_machine_and_needs_no_network_to_open(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, database_url="", evidence="s3://evidence/trusts", evidence_endpoint="https://127.0.0.1:9"
    )
    house = open_house(settings)
    begin(house.evidence.arrivals)
    assert sorted(path.name for path in tmp_path.iterdir() if "sqlite" not in path.name) == ["arriving"]
    house.close()


def test_a_house_whose_evidence_lies_in_a_bucket_is_a_house_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with bucket_server(tmp_path) as server:
        server.bucket("evidence")
        house = opened(tmp_path / "data", evidence="s3://evidence/trusts", evidence_endpoint=server.endpoint)
        begin_cycle(house)
        digest = attach(house, content=b"a job plan").digest
        work(house)
        with house.database.reading() as session:
            ((_, _, check),) = evidence_items.of_cycle(session, CYCLE)
        assert check is not None
        assert (check.whole, b"".join(house.evidence.open(digest))) == (True, b"a job plan")
        assert server.lying(server.bucket("evidence", "trusts"), digest).read_bytes() == b"a job plan"
        house.close()


@pytest.mark.parametrize("evidence", ["gs://evidence", "s3://", "s3://KEY:WORD@evidence"])
def test_evidence_that_lies_nowhere_is_refused_before_anything_is_opened(tmp_path: Path, evidence: str) -> None:
    with pytest.raises(Invalid, match=r"^ACCREDIT_EVIDENCE: ") as invalid:
        open_house(Settings(data=tmp_path / "data", database_url="", evidence=evidence))
    assert "WORD" not in str(invalid.value)


def test_the_clock_is_in_utc(house: House) -> None:
    assert house.now().tzinfo is UTC


@pytest.mark.parametrize("setting", ["data", "evidence"])
def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path, setting: str) -> None:
    (tmp_path / "file").write_text("")
    folders = {"data": tmp_path / "data", "evidence": None, setting: str(tmp_path / "file" / "below")}
    with pytest.raises(Unavailable) as unavailable:
        open_house(Settings.model_validate({**folders, "database_url": ""}))
    assert str(unavailable.value) == (
        f"The folder {tmp_path}/file/below cannot be made: Not a directory. ACCREDIT_{setting.upper()} names it."
    )


def test_a_key_that_cannot_be_written_leaves_nothing_behind_and_is_made_once_there_is_room(house: House) -> None:
    with no_room(), pytest.raises(Unavailable):
        house.key()
    assert [*house.settings.data.glob("key*")] == []
    assert len(house.key()) == KEY_BYTES


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ACCREDIT_DATA", str(tmp_path))
    monkeypatch.setenv("ACCREDIT_PORT", "8080")
    settings = read_settings()
    assert (settings.data, settings.port, settings.evidence_limit) == (tmp_path, 8080, 200_000_000)


def test_settings_that_cannot_be_are_named_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDIT_PORT", "eighty")
    monkeypatch.setenv("ACCREDIT_EVIDENCE_LIMIT", "0")
    with pytest.raises(Invalid) as invalid:
        read_settings()
    assert [str(fault) for fault in invalid.value.faults] == [
        "ACCREDIT_EVIDENCE_LIMIT: '0'; input should be greater than or equal to 1",
        "ACCREDIT_PORT: 'eighty'; input should be a valid integer, unable to parse string as an integer",
    ]


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_process_has_one_house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ACCREDIT_DATABASE_URL", "ACCREDIT_EVIDENCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ACCREDIT_DATA", str(tmp_path))
    wiring.house.cache_clear()
    try:
        assert wiring.house() is wiring.house()
        assert (tmp_path / "records.sqlite").exists()
        wiring.house().close()
    finally:
        wiring.house.cache_clear()
