"""What the most used pages cost the server, with one cycle and with many; and how many of them it gives a second.

The ratio is the figure: beside each stands a bare FastAPI page that renders the same template from memory, on the same
server with the same client.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from gzip import compress
from pathlib import Path

from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.database import observe_statements
from accreditation.library import load
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House, Settings, open_house
from tests.benchmarks.api_costs import CRITERIA, STROKE, widened
from tests.benchmarks.filled import Filled
from tests.benchmarks.measuring import cpu_ms, print_table
from tests.benchmarks.page_rates import rates
from tests.listing import Listed, list_services
from tests.pages.browsing import Browser
from tests.pages.teams import at, of_somebody
from tests.walking import AT, NO_UNIT, NORTHS_LEAD, OFFICE, ROUND, attach, walk

SIZES = (1, 60, 2000)
"""One cycle, as many as fill a page of every list, and many: between the last two nothing may grow but by the looks of
the records at what they sort, count or search."""

TIMES = 30
FIRST_LOAD = 150_000
"""So many bytes may a browser load at first, fonts left out."""

REGISTER = {"register": "/register", "register, by name": "/register?search=hospital+00", "a service": "/register/1"}
TEAMS = {
    "a team's cycles": "/team",
    f"a cycle ({CRITERIA} criteria)": "/team/cycles/1",
    "a criterion": "/team/cycles/1/criteria/B.002",
    "evidence": "/team/cycles/1/evidence",
}
REVIEWERS = {"a visit": "/review/cycles/1", "a criterion of a visit": "/review/cycles/1/criteria/1.01"}
COLLEGE = {"the college's cycles": "/college"}
COMMITTEE = {"a committee's pack": "/college/cycles/1/pack"}

ASSET = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script (?:type="module" )?src)="([^"]+)"')
"""What a page of ours loads."""

Found = dict[str, tuple[float, int, int, int]]
"""Page -> CPU ms, statements, bytes, and bytes as a proxy before the engine may compress them."""


def run() -> None:
    """Measure and print."""
    measured = {size: _measured(size) for size in SIZES}
    rows = [
        (
            name, *(f"{found[name][0]:.1f}" for found in measured.values()),
            *(found[name][1] for found in measured.values()), *(f"{size:,}" for size in measured[SIZES[-1]][name][2:]),
        )
        for name in measured[SIZES[0]]
    ]  # fmt: skip
    columns = [f"{what}, {size:,}" for what in ("CPU ms", "SQL") for size in SIZES]
    title = f"The ten most used pages, with so many cycles (median of {TIMES})"
    print_table(title, ("", *columns, "bytes", "compressed"), rows)
    _print_first_load()
    rates()


def _print_first_load() -> None:
    """What a browser that was never here loads with the first page, files of ours compressed as they are sent."""
    with tempfile.TemporaryDirectory() as folder, _public(Path(folder), SIZES[1]) as browser:
        page = browser.ask("GET", "/")
        loaded = {found.group(1) for found in ASSET.finditer(page.text)}
        sizes = {path.rpartition("/")[2]: int(browser.ask("GET", path).headers["content-length"]) for path in loaded}
    sizes["the page, not compressed"] = len(page.content)
    rows = [(name, f"{size / 1000:.1f}") for name, size in sorted(sizes.items(), key=lambda one: -one[1])]
    whole = sum(sizes.values())
    print_table("The first load of /, without fonts", ("", "KB"), [*rows, ("all of it", f"{whole / 1000:.1f}")])
    assert whole < FIRST_LOAD, whole


def _measured(size: int) -> Found:
    found: Found = {}
    for pages, world in (
        (REGISTER, _public), (TEAMS, _team), (REVIEWERS, _reviewer), (COLLEGE, _college), (COMMITTEE, _committee),
    ):  # fmt: skip
        with tempfile.TemporaryDirectory() as folder, world(Path(folder), size) as browser:
            found |= {name: _cost(browser, path) for name, path in pages.items()}
    return found


def _cost(browser: Browser, path: str) -> tuple[float, int, int, int]:
    def once(_: int) -> bytes:
        answer = browser.ask("GET", path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content

    cpu = cpu_ms(once, times=TIMES)
    with observe_statements(browser.house.database) as seen:
        content = once(0)
    return cpu, len(seen), len(content), len(compress(content))


@contextmanager
def _public(folder: Path, size: int) -> Iterator[Browser]:
    with _house(folder) as house, Browser(house) as browser:
        walk(house, Stage.PUBLISHED)
        services = [
            Listed(organisation=f"Hospital {one * 7919 % size:04}", place=f"Town {one % 300}", region=f"{one % 12}")
            for one in range(size - 1)
        ]
        list_services(house, services)
        yield browser


@contextmanager
def _team(folder: Path, size: int) -> Iterator[Browser]:
    """The lead of a team that has answered everything and attached a file, as has everybody else."""
    filled = Filled(folder, scheme=widened(load(STROKE).scheme, CRITERIA), cycles=size)
    attach(filled.house, by=filled.lead, criteria=["B.002"])
    with of_somebody(filled.house, Grant(role=Role.TEAM_LEAD, team=1)) as browser:
        yield browser
    filled.close()


@contextmanager
def _reviewer(folder: Path, size: int) -> Iterator[Browser]:
    """A reviewer while they rate; the others' cycles run beside."""
    with (
        _house(folder) as house,
        _beside(house, Stage.REVIEW, size),
        of_somebody(at(house), Grant(role=Role.REVIEWER, reviewer=NORTHS_LEAD)) as browser,
    ):
        yield browser


@contextmanager
def _college(folder: Path, size: int) -> Iterator[Browser]:
    """The office, with as many cycles before it."""
    with (
        _house(folder) as house,
        _beside(house, Stage.REVIEW, size),
        of_somebody(at(house), Grant(role=Role.OFFICE)) as browser,
    ):
        yield browser


@contextmanager
def _committee(folder: Path, size: int) -> Iterator[Browser]:
    """The committee, before which one cycle is, and the others' beside."""
    with (
        _house(folder) as house,
        _beside(house, Stage.DECISION, size),
        of_somebody(at(house), Grant(role=Role.COMMITTEE)) as browser,
    ):
        yield browser


@contextmanager
def _house(folder: Path) -> Iterator[House]:
    house = open_house(Settings(data=folder))
    with ExitStack() as exits:
        exits.callback(house.close)
        yield house


@contextmanager
def _beside(house: House, stage: Stage, size: int) -> Iterator[None]:
    """North's cycle in this stage, and those of others in the same round."""
    walk(house, stage)
    rows = [TeamToImport(organisation=f"Trust {n}", team=f"Team {n}", service_line="small") for n in range(size - 1)]
    for team in import_teams(house.database, principal=OFFICE, rows=rows, at=AT).team_ids if rows else ():
        enrol(house.database, principal=OFFICE, team_id=team, round_id=ROUND, profile=NO_UNIT, at=AT)
    yield
