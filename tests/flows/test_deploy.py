"""Our flows on a work pool, run by a real worker."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from accreditation.errors import Invalid, NotFound
from flows.deploy import deploy, run_deployment
from flows.host import Host

pytestmark = pytest.mark.xdist_group("prefect")

FLOW = """
from pathlib import Path
from prefect import flow

@flow(name="tiny-stage")
async def tiny(cycle: str) -> None:
    Path(cycle).write_text("done")
"""


def test_a_real_worker_completes_a_deployed_flow_once_for_one_key(host: Host, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    (tmp_path / "tiny.py").write_text(FLOW)
    mark = tmp_path / "mark"

    names = deploy(pool="stages", entrypoints={"stage": "tiny.py:tiny"}, root=tmp_path)
    again = deploy(pool="stages", entrypoints={"stage": "tiny.py:tiny"}, root=tmp_path)

    async def ask() -> str:
        return await run_deployment(name=names[0], parameters={"cycle": str(mark)}, idempotency_key="job#1")

    runs = [asyncio.run(ask()) for _ in range(2)]
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "stages", "--run-once"]
    worker = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ), cwd=tmp_path)

    async def state() -> str | None:
        async with get_client() as client:
            return (await client.read_flow_run(UUID(runs[0]))).state_name

    assert names == again == ("tiny-stage/stage",)
    assert len(set(runs)) == 1
    assert (worker.returncode, asyncio.run(state()), mark.read_text()) == (0, "Completed", "done"), worker.stderr


def test_every_entrypoint_that_is_no_flow_is_named_and_nothing_is_deployed(host: Host, tmp_path: Path) -> None:
    (tmp_path / "tiny.py").write_text(FLOW + "\nnot_a_flow = 3\n")
    with pytest.raises(Invalid) as refused:
        deploy(
            pool="never-made",
            entrypoints={"good": "tiny.py:tiny", "absent": "tiny.py:missing", "number": "tiny.py:not_a_flow"},
            root=tmp_path,
        )
    assert [fault.where for fault in refused.value.faults] == [
        "absent (tiny.py:missing)",
        "number (tiny.py:not_a_flow)",
    ]


def test_a_pool_of_another_kind_is_refused(host: Host, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate

    async def make() -> None:
        async with get_client() as client:
            await client.create_work_pool(WorkPoolCreate(name="containers", type="docker"))

    asyncio.run(make())
    (tmp_path / "tiny.py").write_text(FLOW)
    with pytest.raises(Invalid) as refused:
        deploy(pool="containers", entrypoints={"stage": "tiny.py:tiny"}, root=tmp_path)
    assert str(refused.value) == (
        "work pool 'containers': it is of type 'docker'; "
        "our flows run from a folder, so the pool must be of type 'process': name another pool"
    )


def test_a_deployment_that_prefect_does_not_know_is_not_found(host: Host) -> None:
    with pytest.raises(NotFound) as refused:
        asyncio.run(run_deployment(name="no-stage/none", parameters={}, idempotency_key="job#2"))
    assert str(refused.value) == (
        "Prefect knows no deployment 'no-stage/none'. `accredit flows deploy` registers ours."
    )
