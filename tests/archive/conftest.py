"""One archive of North's cycle, made once: of all that its tests change, they change copies."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.archiving import contents, exported
from tests.opened import opened
from tests.walking import walk


@pytest.fixture(scope="session")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which North's result is published. Nothing is changed in it."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(sqlite_template, folder / "records.sqlite")
    house = opened(folder)
    walk(house, Stage.PUBLISHED)
    yield house
    house.close()


@pytest.fixture(scope="session")
def archive(published: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("archive") / "cycle.zip"
    exported(published, file)
    return file


@pytest.fixture(scope="session")
def members(archive: Path) -> Mapping[str, bytes]:
    return contents(archive)
