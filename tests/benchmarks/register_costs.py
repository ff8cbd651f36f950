"""What it costs to show a page of the public register, and to search it, with few services in it and with many."""

import tempfile
from pathlib import Path

from accreditation.database import observe_statements
from accreditation.rules.cycle import Stage
from accreditation.wiring import Settings, open_house
from tests.api.asking import Client
from tests.benchmarks.measuring import cpu_ms, print_table
from tests.listing import Listed, list_services
from tests.walking import walk

SIZES = (1, 26, 2000)
TIMES = 50

ASKED = {
    "the first page": "/register",
    "by name": "/register?search=hospital+00",
    "by scheme and result": "/register?scheme=small&outcome=Accredited",
    "a service": "/register/1",
}


def run() -> None:
    """Measure and print."""
    rows = []
    for number in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found = _measured(Path(folder), number)
        rows += [(f"{name}, of {number:,}", *one) for name, one in found.items()]
    print_table(f"The public register ({TIMES} times each)", ("", "CPU ms (median)", "SQL statements", "bytes"), rows)


def _measured(folder: Path, number: int) -> dict[str, tuple[str, int, int]]:
    house = open_house(Settings(data=folder))
    walk(house, Stage.PUBLISHED)
    list_services(
        house,
        [
            Listed(organisation=f"Hospital {one * 7919 % number:04}", place=f"Town {one % 300}", region=f"{one % 12}")
            for one in range(number - 1)
        ],
    )
    found = {}
    with Client(house) as client:
        for name, path in ASKED.items():

            def once(_: int, path: str = path) -> int:
                return len(client.unchecked(path).content)

            cpu = cpu_ms(once, times=TIMES)
            with observe_statements(house.database) as seen:
                size = once(0)
            found[name] = f"{cpu:.2f}", len(seen), size
    house.close()
    return found
