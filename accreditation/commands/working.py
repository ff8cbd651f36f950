"""Let the engine work until nothing is due: here, or by the engine that already runs on the same data."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from accreditation.errors import Unavailable
from accreditation.records import jobs
from accreditation.wiring import House
from flows.claims import only_one

LOOK_AGAIN = 0.5
"""Seconds between looks at an outbox that another process works on."""


def work_until_idle(house: House, *, progress: Callable[[int], None]) -> int | None:
    """Carry out every due job; says how many flow runs that took, None where a running engine did it.

    `progress` is told how many due jobs are left. Nothing due starts nothing. Where an engine runs on the same data
    its work is waited for, and taken over should it stop. Raises Unavailable where Prefect cannot start.
    """
    home = house.settings.data.absolute() / "prefect"
    watched = False
    while left := _due(house):
        if not _is_held(home):
            return _work(house, home, progress)
        watched = True
        progress(left)
        time.sleep(LOOK_AGAIN)
    return None if watched else 0


def _work(house: House, home: Path, progress: Callable[[int], None]) -> int:
    from flows.dispatcher import Dispatcher, in_process  # noqa: PLC0415  (Prefect costs seconds)
    from flows.host import Host  # noqa: PLC0415

    with Host(home=home, port=0) as host, asyncio.Runner() as runner:
        dispatcher = Dispatcher(house, in_process(host), owner=host.home_tags[1])
        while runner.run(dispatcher.once()):
            progress(_due(house))
    return dispatcher.runs


def _is_held(home: Path) -> bool:
    """Does another process run Prefect here, and with it an engine that does the jobs?"""
    try:
        with only_one(home=home):
            return False
    except Unavailable:
        return True


def _due(house: House) -> int:
    at = house.now()
    with house.database.reading() as session:
        return sum(job.due_at <= at for job in jobs.waiting(session, held=False, limit=100_000))
