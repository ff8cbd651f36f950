"""The same flows on many machines: one deployment a flow, on a work pool of Prefect's, and how to start its runs.

The server is the one that PREFECT_API_URL names. One machine needs none of this.
"""
# ruff: noqa: PLC0415 - importing Prefect costs seconds: only what uses it pays

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from accreditation.errors import Fault, Invalid, NotFound, Unavailable

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.orchestration import PrefectClient

HERE = Path(__file__).resolve().parent.parent  # the folder that an entrypoint such as flows/stages.py:award is in
KIND = "process"  # a worker of this kind starts a process a run, on the machine where it stands


def deploy(*, pool: str, entrypoints: Mapping[str, str], root: Path = HERE) -> tuple[str, ...]:
    """Register one deployment a flow on the work pool `pool`, made where it is missing; what are they called?

    `entrypoints` gives each deployment's short name and its flow as `file.py:function`, the file below `root`; every
    worker's machine must have the same files at the same `root`. Answers `flow-name/short-name` in the order given.
    Deploying again replaces what stood there under the same name and leaves runs alone.
    Raises `Invalid` naming every entrypoint that is no flow, or a pool of another kind; `Unavailable` without a server.
    """
    return asyncio.run(_deploy(pool=pool, entrypoints=entrypoints, root=root))


async def run_deployment(
    *, name: str, parameters: Mapping[str, Any], idempotency_key: str, tags: Iterable[str] = (),
    timeout: float | None = 0,
) -> str:  # fmt: skip
    """Ask for a run of the deployment `name` (`flow-name/short-name`); which flow run is it, by id?

    The same key gives the same run for as long as Prefect keeps it; it carries these tags. `timeout` is how many
    seconds to wait for its end: 0 does not wait, None waits as long as it takes. Raises `NotFound` for an unknown name,
    `Unavailable` without a server.
    """
    from prefect.deployments import arun_deployment
    from prefect.exceptions import ObjectNotFound

    async with _server() as client:
        try:
            run = await arun_deployment(
                name,
                client=client,
                parameters=dict(parameters),
                idempotency_key=idempotency_key,
                tags=list(tags),
                timeout=timeout,
                as_subflow=False,
            )
        except ObjectNotFound:
            raise NotFound(f"Prefect knows no deployment {name!r}. `accredit flows deploy` registers ours.") from None
    return str(run.id)


async def _deploy(*, pool: str, entrypoints: Mapping[str, str], root: Path) -> tuple[str, ...]:
    flows = await _load(entrypoints=entrypoints, root=root)
    async with _server() as client:
        await _have_pool(client=client, pool=pool)
    for short, flow in flows.items():
        deployment = await flow.ato_deployment(name=short, work_pool_name=pool)
        await deployment.aapply()
    return tuple(f"{flow.name}/{short}" for short, flow in flows.items())


async def _load(*, entrypoints: Mapping[str, str], root: Path) -> dict[str, "Flow[..., Any]"]:
    """Every flow, or every fault; a deployment needs the flow itself for its name and its parameters."""
    from prefect import Flow

    flows: dict[str, Flow[..., Any]] = {}
    faults: list[Fault] = []
    for short, entrypoint in entrypoints.items():
        try:
            flows[short] = await Flow.afrom_source(source=root, entrypoint=entrypoint)
        except Exception as reason:  # loading runs the file, which may fail in any way
            found = f"{type(reason).__name__}: {reason}"
            allowed = f"an entrypoint is file.py:function, the file below {root}, the function a flow"
            faults.append(Fault(where=f"{short} ({entrypoint})", found=found, allowed=allowed))
    if faults:
        raise Invalid(faults)
    return flows


async def _have_pool(*, client: "PrefectClient", pool: str) -> None:
    """Find the pool or make it, with the template that a worker would otherwise fill in when it first starts."""
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    with contextlib.suppress(ObjectAlreadyExists):
        await client.create_work_pool(WorkPoolCreate(name=pool, type=KIND, base_job_template=template))
    kind = (await client.read_work_pool(pool)).type
    if kind != KIND:
        allowed = f"our flows run from a folder, so the pool must be of type {KIND!r}: name another pool"
        raise Invalid([Fault(where=f"work pool {pool!r}", found=f"it is of type {kind!r}", allowed=allowed)])


@contextlib.asynccontextmanager
async def _server() -> AsyncIterator["PrefectClient"]:
    """Speak with the server that is named, never with one that Prefect starts unasked."""
    from prefect.client.orchestration import get_client
    from prefect.settings import get_current_settings

    url = get_current_settings().api.url
    if not url:
        raise Unavailable("No Prefect server is named. Set PREFECT_API_URL, for example to http://127.0.0.1:4200/api.")
    try:
        async with get_client() as client:
            yield client
    except httpx.TransportError as reason:
        raise Unavailable(f"Prefect's server at {url} does not answer ({reason}). Is it running there?") from reason
