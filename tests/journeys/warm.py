"""Processes that run `accredit`, or any code, started as forks of one that has read the program already."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def environment(data: Path) -> dict[str, str]:
    """This process's environment without what others set for the engine or for Prefect."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("ACCREDIT_", "PREFECT_"))}
    return ours | {"ACCREDIT_DATA": str(data), "COLUMNS": "200"}


WARM = """
import gc, json, os, sys
gc.disable()
import accreditation.commands.engine, flows.stages, prefect.server.api.server
from accreditation.__main__ import main
gc.freeze()  # what was read stays: no fork need ever look through it
gc.enable()

for line in sys.stdin:
    asked = json.loads(line)
    if "wait" in asked:
        print(os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1]), flush=True)
        continue
    child = os.fork()
    if child == 0:
        os.setsid()
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["accredit", *asked["words"]]
        told, *say = asked["files"]
        files = [os.open(told, os.O_RDONLY), *(os.open(file, os.O_CREAT | os.O_WRONLY) for file in say)]
        for number, file in enumerate(files):
            os.dup2(file, number)
        if asked["program"]:
            exec(asked["program"], {"__name__": "__main__"})
            sys.exit()
        main()
    print(child, flush=True)
"""
"""A process that has read the program, and starts each engine as a fork of itself: reading it takes 10 s each time."""


class Warm:
    """Starts `accredit`, or any code, with these words in a process of its own; each can be killed and waited for."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(
        self, *words: str, data: Path, out: Path, err: Path, told: Path = Path(os.devnull), program: str = ""
    ) -> int:
        """The id of a process in a session of its own: it reads `told`, and its output is in the two files."""
        out.unlink(missing_ok=True)
        err.unlink(missing_ok=True)
        files = [str(told), str(out), str(err)]
        return self._ask({"words": words, "environment": environment(data), "files": files, "program": program})

    def run(self, *words: object, data: Path) -> tuple[int, str, str]:
        """Run it to its end: its exit code, and what it said on standard output and standard error."""
        out, err = data.parent / "command.out", data.parent / "command.err"
        code = self.wait(self.start(*map(str, words), data=data, out=out, err=err))
        return code, out.read_text(), err.read_text()

    def wait(self, pid: int) -> int:
        """Its exit code, once it has ended; a signal's number is negative."""
        return self._ask({"wait": pid})

    def _ask(self, asked: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """One for all tests of this worker."""
    pipe = subprocess.PIPE
    here = environment(tmp_path_factory.mktemp("warm")) | {"PREFECT_HOME": str(tmp_path_factory.mktemp("unused"))}
    with subprocess.Popen([sys.executable, "-c", WARM], cwd=ROOT, env=here, stdin=pipe, stdout=pipe, text=True) as one:
        yield Warm(one)
        assert one.stdin is not None
        one.stdin.close()


def alive_in(session: int) -> list[int]:
    """Which processes live in the session of this leader?"""
    every = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    return [pid for pid in every if _state(pid)[3:] == [str(session)] and is_alive(pid)]


def is_alive(pid: int) -> bool:
    """Does this process live? One that has ended and is not waited for yet does not."""
    return _state(pid)[:1] not in ([], ["Z"])


def _state(pid: int) -> list[str]:
    """Its state, parent, group and session; nothing where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:4]
    except (FileNotFoundError, ProcessLookupError):
        return []
