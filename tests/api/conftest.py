"""What tests of the API may ask for: a client of an engine, empty or with one team's cycle in any stage."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.api.asking import PEOPLE, Client
from tests.opened import opened
from tests.walking import walk

AtStage = Callable[[Stage], Client]


@pytest.fixture
def client(house: House) -> Iterator[Client]:
    """A client of an engine that keeps nothing yet."""
    with Client(house) as asking:
        yield asking


@pytest.fixture(scope="session")
def walked(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Stage], tuple[Path, dict[str, str]]]:
    """A folder with North's cycle in this stage, made once, and everybody's tokens; to be copied."""
    made: dict[Stage, tuple[Path, dict[str, str]]] = {}

    def walk_once(stage: Stage) -> tuple[Path, dict[str, str]]:
        if stage not in made:
            folder = tmp_path_factory.mktemp(stage.value)
            shutil.copy(sqlite_template, folder / "records.sqlite")
            house = opened(folder)
            walk(house, stage)
            with Client(house) as client:
                secrets = {one.name: client.token(one) for one in PEOPLE.values() if one is not None}
            house.close()
            made[stage] = folder, secrets
        return made[stage]

    return walk_once


@pytest.fixture
def at_stage(walked: Callable[[Stage], tuple[Path, dict[str, str]]], tmp_path: Path) -> Iterator[AtStage]:
    """A client of an engine of its own in which North's cycle is in this stage; as many as a test asks for."""
    with ExitStack() as exits:

        def open_copy(stage: Stage) -> Client:
            template, secrets = walked(stage)
            folder = tmp_path / f"engine-{len(list(tmp_path.iterdir()))}"
            shutil.copytree(template, folder)
            house = opened(folder)
            exits.callback(house.close)
            return exits.enter_context(Client(house, secrets))

        yield open_copy
