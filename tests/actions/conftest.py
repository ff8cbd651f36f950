"""North's cycle at any stage, from a walk that every worker makes once."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from accreditation.actions.leave import withdraw
from accreditation.rules.cycle import Stage
from accreditation.rules.identifiers import Hit, Page
from accreditation.wiring import House
from tests.opened import opened
from tests.walking import AT, CYCLE, LEAD, STEPS, walk

AtStage = Callable[[Stage], House]
Searching = Callable[[House], list[str]]


@pytest.fixture(scope="session")
def walked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data of a house for every stage."""
    folder = tmp_path_factory.mktemp("walked")
    data = folder / "walking"
    data.mkdir()
    shutil.copy(sqlite_template, data / "records.sqlite")
    house = opened(data)
    for stage, step in STEPS.items():
        step(house)
        house.close()
        shutil.copytree(data, folder / stage)
    shutil.copytree(folder / Stage.SELF_ASSESSMENT, folder / Stage.WITHDRAWN)
    checked = folder / Stage.FACTUAL_ACCURACY
    checked.mkdir()
    shutil.copy(sqlite_template, checked / "records.sqlite")
    house = opened(checked)
    walk(house, Stage.FACTUAL_ACCURACY)
    house.close()
    ended = opened(folder / Stage.WITHDRAWN)
    withdraw(ended.database, principal=LEAD, cycle_id=CYCLE, reason="The ward closes.", at=AT)
    ended.close()
    return folder


@pytest.fixture
def at_stage(walked: Path, tmp_path: Path) -> Iterator[AtStage]:
    """A house of this test's own in which North's cycle is in the stage that is asked for."""
    with ExitStack() as exits:

        def copy(stage: Stage) -> House:
            shutil.copytree(walked / stage, tmp_path / stage)
            house = opened(tmp_path / stage)
            exits.callback(house.close)
            return house

        yield copy


@pytest.fixture(scope="session")
def for_all_at(walked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtStage]:
    """The same, one house for all tests of a worker: for those that prove that nothing changes in it."""
    houses: dict[Stage, House] = {}

    def share(stage: Stage) -> House:
        if stage not in houses:
            houses[stage] = opened(shutil.copytree(walked / stage, tmp_path_factory.mktemp(stage) / "data"))
        return houses[stage]

    yield share
    for house in houses.values():
        house.close()


@pytest.fixture
def searching(monkeypatch: pytest.MonkeyPatch) -> Searching:
    """Which texts are searched for patients in this house from now on? Meanwhile somebody else writes in it."""

    def watch(house: House) -> list[str]:
        texts: list[str] = []

        def search(pages: Iterable[Page], *, patterns: Iterable[str] = ()) -> tuple[Hit, ...]:
            with house.database.writing():
                texts.extend(page.text for page in pages)
            return ()

        monkeypatch.setattr("accreditation.actions.wording.search", search)
        return texts

    return watch
