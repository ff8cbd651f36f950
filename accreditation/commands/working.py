"""Let the engine work until nothing is due: here, or by the engine that already runs on the same data."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator

from accreditation.errors import Unavailable
from accreditation.records import jobs
from accreditation.wiring import House

LOOK_AGAIN = 0.5
"""Seconds between looks at an outbox that another process works on."""


def work_until_idle(house: House, *, progress: Callable[[int], None]) -> int | None:
    """Carry out every due job; says how many flow runs that took, None where a running engine did it.

    `progress` is told how many due jobs are left. Nothing due starts nothing.
    """
    if not _due(house):
        return 0
    from flows.dispatcher import Dispatcher, in_process  # noqa: PLC0415  (Prefect costs seconds)
    from flows.host import Host  # noqa: PLC0415

    with contextlib.ExitStack() as exits:
        try:
            host = exits.enter_context(Host(home=house.settings.data.absolute() / "prefect", port=0))
        except Unavailable:
            for left in _watch(house):
                progress(left)
            return None
        dispatcher = Dispatcher(house, in_process(host))
        with asyncio.Runner() as runner:
            while runner.run(dispatcher.once()):
                progress(_due(house))
        return dispatcher.runs


def _due(house: House) -> int:
    at = house.now()
    with house.database.reading() as session:
        return sum(job.due_at <= at for job in jobs.waiting(session, held=False, limit=100_000))


def _watch(house: House) -> Iterator[int]:
    while left := _due(house):
        yield left
        time.sleep(LOOK_AGAIN)
    yield 0
