"""The engine as a process of its own, `accredit serve`: started, killed, stopped, and looked for.

Read by the journeys and by the tests of commands that need one. Most are forks of one process: see `warm.py`.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from accreditation.actions.create_token import create_token
from accreditation.rules.cycle import Stage
from tests.journeys.warm import ROOT, Warm, alive_in, environment, is_alive
from tests.opened import opened
from tests.walking import LEAD, OFFICE, walk

PATIENCE = 300
"""Seconds that a process may take to end or to say something, on a machine that runs much else."""


@pytest.fixture(scope="session")
def prefect_home(warm: Warm, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Prefect keeps after a first start, to be copied: making it takes longer than all else in a start."""
    assert pytestconfig.cache is not None, "these tests keep a migrated database in pytest's cache: leave it on"
    kept = pytestconfig.cache.mkdir(f"prefect-{version('prefect')}")
    if not (kept / "prefect.db").exists():
        data = tmp_path_factory.mktemp("first")
        with serving(warm, data) as engine:
            engine.wait_until_up()
            assert engine.stop() == (0, "")
        shutil.copytree(data / "prefect" / "ui", kept / "ui", dirs_exist_ok=True)
        half = kept / f"half-{os.getpid()}"
        with sqlite3.connect(data / "prefect" / "prefect.db") as database:
            database.execute("VACUUM INTO ?", (str(half),))
        database.close()
        half.replace(kept / "prefect.db")
    return kept


@pytest.fixture
def engine_data(prefect_home: Path, sqlite_template: Path, tmp_path: Path) -> Path:
    """A data folder with nothing but migrated tables, Prefect's and ours."""
    data = tmp_path / "data"
    shutil.copytree(prefect_home, data / "prefect")
    shutil.copy(sqlite_template, data / "records.sqlite")
    return data


def command(data: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run `accredit` with these words in a process of its own, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "accreditation", *map(str, words)],
        cwd=ROOT, env=environment(data), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def brought_to(data: Path, stage: Stage) -> str:
    """North's cycle in this folder comes to this stage; says the token of its lead."""
    house = opened(data)
    walk(house, stage)
    secret = create_token(
        house.database, principal=OFFICE, name=LEAD.name, role=LEAD.role, team_id=LEAD.team, reviewer_id=None,
        valid_for=timedelta(days=1), at=house.now(),
    )  # fmt: skip
    house.close()
    return secret


class Serving:
    """`accredit serve` on this data, in a session of its own, by which all that it ever starts can be found."""

    def __init__(self, warm: Warm, data: Path) -> None:
        self.data = data
        self.port = 0
        self.url = ""
        self.pid = 0
        self._warm = warm
        self._started: list[int] = []
        self._out, self._err = data.parent / f"{data.name}.out", data.parent / f"{data.name}.err"

    def start(self) -> None:
        """Start it; the first time on any port, later on the same again."""
        words = ("serve", "--port", str(self.port), "--prefect-port", "0")
        self.pid = self._warm.start(*words, data=self.data, out=self._out, err=self._err)
        self._started.append(self.pid)

    def wait_until_up(self) -> None:
        """Read what it says until its last line, which says how to stop it; the API's address is among the others."""
        while not any(line.startswith("Ctrl-C") and line.endswith("\n") for line in self._lines()):
            assert is_alive(self.pid), f"it ended before it was up: {self.said()} {self.complained()}"
            threading.Event().wait(0.02)
        told = next(line for line in self._lines() if line.startswith("API"))
        self.url = told.split()[1].removesuffix("/api")
        self.port = int(self.url.rpartition(":")[2])

    def _lines(self) -> list[str]:
        return self.said().splitlines(keepends=True)

    def said(self) -> str:
        """What stands on its standard output."""
        return self._out.read_text() if self._out.exists() else ""

    def complained(self) -> str:
        """What stands on its standard error."""
        return self._err.read_text() if self._err.exists() else ""

    def kill(self) -> None:
        """As `kill -9` does it: nothing is finished, nothing is said."""
        os.kill(self.pid, signal.SIGKILL)
        assert self._ended() == -signal.SIGKILL

    def stop(self) -> tuple[int, str]:
        """Stop it as Ctrl-C does; says its exit code and what stood on standard error."""
        os.kill(self.pid, signal.SIGINT)
        return self._ended(), self.complained()

    def left_behind(self) -> list[int]:
        """Which processes live that any start of it has started?"""
        return [pid for session in self._started for pid in alive_in(session)]

    def _ended(self) -> int:
        pid, self.pid = self.pid, 0
        return self._warm.wait(pid)


@contextmanager
def serving(warm: Warm, data: Path) -> Iterator[Serving]:
    """It runs while the block does, and ends with it, however that ends."""
    engine = Serving(warm, data)
    engine.start()
    try:
        yield engine
    finally:
        if engine.pid:
            engine.kill()


class Program:
    """Python code in a process of its own: it is told its standard input through a pipe, and what it says is kept."""

    def __init__(self, warm: Warm, code: str, words: Sequence[object], folder: Path) -> None:
        folder.mkdir()
        told, self._out, self._err = (folder / name for name in ("told", "out", "err"))
        os.mkfifo(told)
        self._warm = warm
        self.pid = warm.start(
            *map(str, words), data=folder, out=self._out, err=self._err, told=told, program=code
        )  # fmt: skip
        self._told = told.open("w")

    def tell(self, words: str) -> None:
        """Write this to its standard input, and no more."""
        with self._told as told:
            told.write(words)

    def first_line(self) -> str:
        """The first line that it says, once it has said it."""
        while not (self._out.exists() and "\n" in (said := self._out.read_text())):
            assert is_alive(self.pid), f"it ended and said nothing: {self._err.read_text()}"
            threading.Event().wait(0.02)
        return said.partition("\n")[0]

    def kill(self) -> None:
        """As `kill -9` does it; it is waited for."""
        os.kill(self.pid, signal.SIGKILL)
        assert self._warm.wait(self.pid) == -signal.SIGKILL

    def end(self) -> tuple[int, str]:
        """Its exit code once it has ended, and what stands on standard error."""
        return self._warm.wait(self.pid), self._err.read_text()

    def close(self) -> None:
        """Nobody tells it anything any more."""
        self._told.close()


@contextmanager
def program(warm: Warm, code: str, *words: object, folder: Path) -> Iterator[Program]:
    """This code runs with these words in sys.argv; the folder, which is made, holds what it says."""
    started = Program(warm, code, words, folder)
    try:
        yield started
    finally:
        started.close()
