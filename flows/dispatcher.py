"""Takes due jobs from the outbox under a lease and starts their flows: here, or on a work pool.

The records are the truth: a run that dies is found by its lease running out, never by asking Prefect.
"""

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from accreditation.actions.keep_up import begin_upkeep
from accreditation.errors import Unavailable
from accreditation.records import jobs
from accreditation.records.jobs import Job
from accreditation.wiring import House
from flows.host import Host

LEASE = timedelta(seconds=120)
"""Longer than a worker takes to pick a run up; shorter leases were measured to start runs twice."""

BATCH = 50
"""Jobs in one flow run: a run costs a tenth of a second, a job in it a few hundredths."""

PAUSE = 0.2
"""Seconds between looks at an outbox with nothing due."""

NO_START = timedelta(seconds=5)
"""After so long a run that could not be started is tried again."""

log = logging.getLogger("accreditation.dispatcher")

Carry = Callable[[str, list[int], str, tuple[str, ...]], Awaitable[None]]
"""Start the flow of this kind for these jobs; the text is the same for the same claim of the same jobs, and by the tags
its run is found in Prefect again.
"""


class Dispatcher:
    """Looks at the outbox until it is told to stop. `runs` counts the flow runs it started.

    `owner` is a name that one living dispatcher at most has, such as a host's mark of its home. What is still leased
    under it when this one begins was left by a dead one and is taken up at once; without it, when its lease runs out.
    """

    def __init__(self, house: House, carry: Carry, *, owner: str = "") -> None:
        self._house = house
        self._carry = carry
        self._name = owner or f"{socket.gethostname()}:{os.getpid()}:{id(self)}"
        self._begun = False
        self.runs = 0

    def run(self, stop: threading.Event) -> None:
        """Carry out whatever is due, until `stop` is set; then finish what was begun."""
        with asyncio.Runner() as runner:
            waits = False
            while not stop.is_set():
                try:
                    if not waits:
                        begin_upkeep(self._house.database, at=self._house.now())
                        waits = True
                    busy = runner.run(self.once())
                except Unavailable as reason:
                    log.warning("The outbox cannot be read now and is asked again: %s", reason)
                    busy = False
                if not busy:
                    stop.wait(PAUSE)

    async def once(self) -> bool:
        """Carry out one batch of due jobs; says whether there was any."""
        claimed = self._claim()
        if not claimed:
            return False
        names = [job.id for job in claimed if job.id is not None]
        self.runs += 1
        try:
            await self._carry(claimed[0].kind, names, _key(claimed), _tags(claimed))
        except Unavailable as reason:  # nothing was begun
            log.warning("A run of %s cannot be started now and is tried again: %s", claimed[0].kind, reason)
            self._put_back(names)
        except Exception as reason:  # the run's own failure: its jobs were given back, or their lease runs out
            log.warning("A run of %s ended badly and is tried again: %s", claimed[0].kind, reason)
        return True

    def _put_back(self, names: Sequence[int]) -> None:
        due_at = self._house.now() + NO_START
        with self._house.database.bookkeeping() as session:
            jobs.put_back(session, job_ids=names, by=self._name, due_at=due_at)

    def _begin(self) -> None:
        if not self._begun:
            with self._house.database.bookkeeping() as session:
                jobs.let_go(session, by=self._name)
            self._begun = True

    def _claim(self) -> list[Job]:
        self._begin()
        at = self._house.now()
        with self._house.database.reading() as session:
            due = jobs.next_due(session)
        if due is None or due > at:
            return []
        with self._house.database.bookkeeping() as session:
            return jobs.claim(session, by=self._name, lease=LEASE, most=BATCH, at=at)


def _key(claimed: Sequence[Job]) -> str:
    """A text of this claim alone: a job that was released counts its attempts anew, but no lease ends like another."""
    return f"{','.join(str(job.id) for job in claimed)} until {claimed[0].leased_until}"


def _tags(claimed: Sequence[Job]) -> tuple[str, ...]:
    """The cycles or rounds that a run of these jobs is about, as 'cycle:7'."""
    what = jobs.about(jobs.Kind(claimed[0].kind))
    return tuple(sorted({f"{what}:{job.subject}" for job in claimed})) if what in ("cycle", "round") else ()


def in_process(host: Host) -> Carry:
    """Run flows in this process, beside the Prefect server that `host` runs."""
    from flows.stages import STAGES  # noqa: PLC0415  (Prefect is imported after the host has set its environment)

    async def carry(kind: str, names: list[int], _key: str, tags: tuple[str, ...]) -> None:
        await host.run(STAGES[kind](names), tags=tags)

    return carry


def on_work_pool() -> Carry:
    """Ask the Prefect server that PREFECT_API_URL names to have a work pool run the deployed flows."""
    from flows.deploy import run_deployment  # noqa: PLC0415
    from flows.stages import STAGES  # noqa: PLC0415

    async def carry(kind: str, names: list[int], key: str, tags: tuple[str, ...]) -> None:
        name = f"{STAGES[kind].name}/{kind}"
        await run_deployment(name=name, parameters={"jobs": names}, idempotency_key=key, tags=tags)

    return carry
