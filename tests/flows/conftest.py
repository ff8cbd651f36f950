"""One Prefect server for the tests that need the engine: mark them `xdist_group("prefect")`, so one worker has it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from flows.host import Host

PATIENT = timedelta(minutes=5)  # for a machine that runs much else

# The server lives in our process, so its libraries' warnings would be our errors; pytest reads these for every test.
FORCED = (
    # Prefect's server beside SQLAlchemy 2.1: its column types, wherever a query is compiled, and what it calls itself.
    "ignore:Type object <class 'prefect:sqlalchemy.exc.SADeprecationWarning",
    r"ignore::sqlalchemy.exc.SADeprecationWarning:prefect\.",
    # Prefect's client leaves one connection to the server open after each flow run.
    "ignore:unclosed <socket.socket:ResourceWarning",
)


def pytest_configure(config: pytest.Config) -> None:
    for line in FORCED:
        config.addinivalue_line("filterwarnings", line)


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Host]:
    """A running host on a fresh home, its migrated database copied from an earlier session where there is one."""
    home = tmp_path_factory.mktemp("prefect")
    assert pytestconfig.cache is not None, "these tests keep a migrated database in pytest's cache: leave it on"
    kept = pytestconfig.cache.mkdir(f"prefect-{version('prefect')}")
    environment = dict(os.environ)
    if (kept / "prefect.db").exists():
        shutil.copytree(kept, home, dirs_exist_ok=True)
    with Host(home=home, port=0, patience=PATIENT) as running:
        if not (kept / "prefect.db").exists():
            _keep(home=home, kept=kept)
        yield running
    os.environ.clear()
    os.environ.update(environment)


def _keep(*, home: Path, kept: Path) -> None:
    """Copy what a first start makes; the database last and in one move, so that a half copy is never taken."""
    shutil.copytree(home / "ui", kept / "ui", dirs_exist_ok=True)
    half = kept / f"half-{os.getpid()}"
    with sqlite3.connect(home / "prefect.db") as database:
        database.execute("VACUUM INTO ?", (str(half),))
    database.close()
    half.replace(kept / "prefect.db")
