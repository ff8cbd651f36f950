"""What Prefect still shows as going on, though the process that ran it is dead.

Bookkeeping only, so that the office's page tells the truth: whether work is redone is decided by our records.
"""
# ruff: noqa: PLC0415 - importing Prefect costs seconds: only what uses it pays

from typing import TYPE_CHECKING, Any

from flows.host import Host

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

PAGE = 200  # what Prefect's server gives at most in one answer


async def sweep(*, host: Host) -> tuple[str, ...]:
    """Mark as Crashed the unfinished runs of dead processes on this home; which were they, by name?

    A run is taken only when it carries this home's tags and not this process's. One process at a time holds a home,
    so nobody living can own such a run: not a worker, whose runs carry no such tag, and not another machine, whose
    home has another name. No clock is asked. Safe to call at any time, also while our own runs go on.
    """
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter
    from prefect.states import Crashed

    unfinished = FlowRunFilter.model_validate(
        {
            "tags": {"all_": list(host.home_tags)},
            "state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING", "PAUSED", "CANCELLING"]}},
        }
    )
    swept: list[str] = []
    living = 0  # ours; they stay in the list, so the next page begins after them
    async with get_client() as client:
        while page := await client.read_flow_runs(flow_run_filter=unfinished, limit=PAGE, offset=living):
            for run in page:
                if host.process_tag in run.tags:
                    living += 1
                    continue
                dead: State[Any] = Crashed(
                    message="The process that ran this ended before it did. Its job is run again."
                )
                await client.set_flow_run_state(run.id, dead, force=True)
                swept.append(run.name)
    return tuple(swept)
