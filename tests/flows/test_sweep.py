"""Runs of a dead process are called crashed; those of the living are left alone."""

import asyncio
from uuid import UUID

import pytest

from flows.host import Host
from flows.sweep import sweep

pytestmark = pytest.mark.xdist_group("prefect")

ANOTHER_PROCESS = "process:dead"


def test_only_unfinished_runs_of_dead_processes_on_this_home_are_marked(host: Host) -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import State
    from prefect.states import Completed, Pending, Running

    @flow
    async def stage() -> None: ...

    dead = (*host.home_tags, ANOTHER_PROCESS)
    begun: dict[str, tuple[tuple[str, ...], State[object]]] = {
        "left running": (dead, Running()),
        "left pending": (dead, Pending()),
        "left submitting": (dead, Pending(name="Submitting")),
        "ended": (dead, Completed()),
        "our own": ((*host.home_tags, host.process_tag), Running()),
        "another machine's": (("in-process", "home:elsewhere", ANOTHER_PROCESS), Running()),
        "a worker's": ((), Running()),
    }

    async def work() -> tuple[set[str], tuple[str, ...], dict[str, str]]:
        async with get_client() as client:
            made: dict[str, UUID] = {}
            for name, (tags, state) in begun.items():
                run = await client.create_flow_run(stage, name=name, tags=tags, state=Pending())
                await client.set_flow_run_state(run.id, state, force=True)
                made[name] = run.id
            swept = set(await sweep(host=host))
            again = await sweep(host=host)
            names = {name: str((await client.read_flow_run(run)).state_name) for name, run in made.items()}
            return swept, again, names

    assert asyncio.run(work()) == (
        {"left running", "left pending", "left submitting"},
        (),
        {
            "left running": "Crashed",
            "left pending": "Crashed",
            "left submitting": "Crashed",
            "ended": "Completed",
            "our own": "Running",
            "another machine's": "Running",
            "a worker's": "Running",
        },
    )
