"""The memory of the serving process, and the time of the whole demonstration, each as a process of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

from tests.benchmarks.measuring import print_table, resident_mb

ROOT = Path(__file__).parents[2]
REQUESTS = 500


def run() -> None:
    """Measure and print both."""
    with tempfile.TemporaryDirectory() as folder:
        idle, after = _memory(Path(folder))
        print_table(
            "Memory of the serving process (API, Prefect and dispatcher in one)",
            ("", "MiB"),
            [("started", f"{idle:.0f}"), (f"after {REQUESTS} requests", f"{after:.0f}")],
        )
        rows = [(name, *_demo(Path(folder) / "demo")) for name in ("first", "second, right after")]
        print_table("The demonstration, from enrolment to Monday", ("run", "start s", "all s", "flow runs"), rows)


def _memory(folder: Path) -> tuple[float, float]:
    environment = os.environ | {"ACCREDIT_DATA": str(folder / "served")}
    command = [sys.executable, "-m", "accreditation", "serve", "--port", "0", "--prefect-port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = next(line.split()[1] for line in process.stdout if line.startswith("API")).removesuffix("/api")
        idle = resident_mb(process.pid)
        with httpx.Client(base_url=url, trust_env=False) as client:
            for _ in range(REQUESTS):
                assert client.get("/api/schemes").status_code == 200
        after = resident_mb(process.pid)
        process.send_signal(signal.SIGINT)
    return idle, after


def _demo(folder: Path) -> tuple[str, str, str]:
    command = [sys.executable, "-m", "accreditation", "demo", "--data", str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Start ([\d.]+) s, from enrolment to Monday ([\d.]+) s, (\d+) flow runs", told)
    assert found is not None, told
    return found.group(1), found.group(2), found.group(3)
