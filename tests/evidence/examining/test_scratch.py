"""What a reader writes goes with whoever started it, also after kill -9."""

import os
import signal
from pathlib import Path

import pytest

from accreditation.evidence.examining.scratch import PREFIX, scratch


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def folders(where: Path) -> list[Path]:
    return list(where.glob(f"{PREFIX}*"))


def test_it_is_empty_its_owners_alone_and_gone_in_the_end(tmp_path: Path) -> None:
    with scratch() as folder:
        (folder / "page.png").write_bytes(b"a page")
        assert folders(tmp_path) == [folder]
        assert folder.stat().st_mode & 0o777 == 0o700
    assert folders(tmp_path) == []


def test_what_a_killed_one_left_goes_with_the_next_and_a_living_ones_stays(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with scratch() as left:
            (left / "page.png").write_bytes(b"a page")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (left,) = folders(tmp_path)
    (tmp_path / "accredit-notes").mkdir()  # somebody else's
    with scratch() as living:
        assert folders(tmp_path) == [living]
        with scratch() as other:
            assert sorted(folders(tmp_path)) == sorted([living, other])
    assert not left.exists()
    assert (tmp_path / "accredit-notes").exists()
