"""Prefect inside our own process: it runs flows from another thread, stops quietly, and survives kill -9."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from accreditation.errors import Unavailable
from flows.host import Host
from tests.journeys.running import program
from tests.journeys.warm import Warm, alive_in

T = TypeVar("T")

ROOT = Path(__file__).parents[2]

STARTS = """
import logging, os, sys
from datetime import timedelta
from pathlib import Path
from flows.host import Host

class Killer(logging.Handler):
    left = int(sys.argv[2])

    def emit(self, record):
        Killer.left -= record.getMessage().startswith("Running upgrade")
        if Killer.left == 0:
            os.kill(os.getpid(), 9)

def listen_to_migrations(*_):
    migrations = logging.getLogger("alembic.runtime.migration")
    migrations.setLevel("INFO")
    migrations.addHandler(Killer())

if Killer.left:
    import flows.host
    assemble = flows.host._assemble

    def assemble_and_listen(**given):
        made = assemble(**given)
        listen_to_migrations()
        return made

    flows.host._assemble = assemble_and_listen

with Host(home=Path(sys.argv[1]), port=0, patience=timedelta(minutes=5)) as host:
    print(host.url, flush=True)
    sys.stdin.readline()
"""


def in_another_thread(work: Callable[[], Awaitable[T]]) -> T:
    """As the dispatcher does it: a thread with an event loop of its own."""

    async def main() -> T:
        return await work()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, main()).result()


def test_importing_and_configuring_do_not_import_prefect_and_leave_an_operators_own_wishes(tmp_path: Path) -> None:
    code = """
import os, pathlib, sys
import flows.deploy, flows.host, flows.sweep
flows.host.configure(home=pathlib.Path("home"), port=4200)
for name in ("PREFECT_HOME", "PREFECT_API_URL", "PREFECT_SERVER_LOGGING_LEVEL"):
    print(os.environ[name])
print("prefect" in sys.modules)
"""
    wishes = {**os.environ, "PREFECT_API_URL": "http://elsewhere/api", "PREFECT_SERVER_LOGGING_LEVEL": "INFO"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT, env=wishes
    )
    assert done.stdout.split() == ["home", "http://127.0.0.1:4200/api", "INFO", "False"]


@pytest.mark.xdist_group("prefect")
def test_the_office_reaches_prefects_own_page_and_its_server_listens_on_the_loopback_only(host: Host) -> None:
    page = httpx.get(host.url, headers={"accept": "text/html"}, follow_redirects=True)
    assert (page.status_code, "<title>Prefect" in page.text) == (200, True)
    assert host.url.startswith("http://127.0.0.1:")


@pytest.mark.xdist_group("prefect")
def test_a_flow_with_two_tasks_a_retry_and_an_artifact_runs_in_another_threads_loop(host: Host) -> None:
    from prefect import flow, task
    from prefect.artifacts import Artifact, acreate_markdown_artifact
    from prefect.client.orchestration import get_client
    from prefect.runtime import flow_run

    attempts: list[str] = []

    @task(retries=1)
    async def unsteady() -> int:
        attempts.append(threading.current_thread().name)
        if len(attempts) == 1:
            raise ConnectionError
        return 41

    @task
    async def report(found: int) -> int:
        await acreate_markdown_artifact(key="gap-report", markdown=f"{found + 1} criteria")
        return found + 1

    @flow
    async def self_assessment() -> tuple[int, str]:
        return await report(await unsteady()), str(flow_run.get_id())

    async def work() -> tuple[int, str, str, set[str], str | None]:
        result, run_id = await host.run(self_assessment())
        artifact = await Artifact.aget("gap-report")
        assert artifact is not None
        async with get_client() as client:
            run = await client.read_flow_run(run_id)  # type: ignore[arg-type]
        return result, str(run.state_name), str(artifact.data), set(run.tags), str(artifact.flow_run_id == run.id)

    assert in_another_thread(work) == (
        42,
        "Completed",
        "42 criteria",
        {*host.home_tags, host.process_tag},
        "True",
    )
    assert len(attempts) == 2
    assert threading.current_thread().name not in attempts


@pytest.mark.xdist_group("prefect")
def test_twenty_flows_run_one_after_another(host: Host) -> None:
    from prefect import flow

    @flow
    async def number(which: int) -> int:
        return which

    async def work() -> list[int]:
        return [await host.run(number(which)) for which in range(20)]

    assert in_another_thread(work) == list(range(20))


def test_a_port_that_is_taken_is_refused_with_its_number(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Unavailable) as refused, Host(home=tmp_path, port=port):
            pass
    assert str(refused.value) == (
        f"Prefect's server cannot listen on 127.0.0.1:{port}: Address already in use. "
        "Stop what listens there, or choose another port."
    )


@pytest.mark.xdist_group("prefect")
def test_a_home_that_another_host_holds_is_refused(host: Host) -> None:
    with pytest.raises(Unavailable) as refused, Host(home=host.home, port=0):
        pass
    assert str(refused.value) == (
        f"Another process already runs Prefect on the folder {host.home}. "
        "Stop that one first, or give this one a folder of its own."
    )


@pytest.mark.xdist_group("engine")
def test_killed_in_its_first_migration_and_again_when_up_it_leaves_nothing_running_and_starts_again(
    warm: Warm, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with program(warm, STARTS, home, 30, folder=tmp_path / "first") as first:
        assert (first.end(), alive_in(first.pid)) == ((-signal.SIGKILL, ""), [])

    with program(warm, STARTS, home, 0, folder=tmp_path / "second") as second:
        assert second.first_line().startswith("http://127.0.0.1:")
        assert alive_in(second.pid) == [second.pid]
        second.kill()
    assert alive_in(second.pid) == []

    with program(warm, STARTS, home, 0, folder=tmp_path / "third") as third:
        url = httpx.URL(third.first_line())
        with socket.create_connection((url.host, url.port or 0)) as open_request:
            open_request.sendall(b"POST /api/flow_runs/filter HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
            third.tell("stop\n")
            assert (third.end(), alive_in(third.pid)) == ((0, ""), [])


@pytest.mark.xdist_group("engine")
def test_a_server_that_cannot_start_says_why(warm: Warm, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "prefect.db").write_text("this is no database, it only stands where one should")
    with program(warm, STARTS, home, 0, folder=tmp_path / "process") as process:
        code, said = process.end()
    assert code == 1
    assert said.splitlines()[-1] == (
        "accreditation.errors.Unavailable: Prefect's server could not start: DatabaseError: (sqlite3.DatabaseError) "
        f"file is not a database. What it keeps is in {home}; it is bookkeeping only, so moving that folder aside "
        "and starting again is safe."
    )


@pytest.mark.xdist_group("engine")
def test_a_server_that_takes_too_long_is_given_up(warm: Warm, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with program(warm, STARTS.replace("minutes=5", "milliseconds=1"), home, 0, folder=tmp_path / "process") as process:
        code, said = process.end()
    assert (code, said.splitlines()[-1]) == (
        1,
        "accreditation.errors.Unavailable: Prefect's server did not come up within 0.001 seconds. "
        f"What it keeps is in {home}; is that disk slow or full? Starting again may work.",
    )
