"""The command line in this very process, each test with a data folder of its own whose records are migrated."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from accreditation import wiring
from accreditation.__main__ import main
from accreditation.wiring import House


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Accredit = Callable[..., Said]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that ACCREDIT_DATA names, with nothing in it yet; the house of this process is opened anew."""
    for name in ("ACCREDIT_DATABASE_URL", "ACCREDIT_EVIDENCE", "ACCREDIT_WORK_POOL", "ACCREDIT_PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ACCREDIT_DATA", str(tmp_path / "data"))
    wiring.house.cache_clear()
    yield tmp_path / "data"
    if wiring.house.cache_info().currsize:
        wiring.house().close()
    wiring.house.cache_clear()


@pytest.fixture
def accredit(
    data: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Accredit:
    """Run `accredit` with these words, on migrated records; nothing is drawn in colour, and lines are wide."""
    data.mkdir()
    shutil.copy(sqlite_template, data / "records.sqlite")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["accredit", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        code = ended.value.code
        return Said(code=code if isinstance(code, int) else int(code is not None), out=said.out, err=said.err)

    return run


@pytest.fixture
def kept(accredit: Accredit) -> House:
    """The house that the commands work with, to see what they kept."""
    return wiring.house()
