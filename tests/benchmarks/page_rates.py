"""How many pages a second the serving process gives, and how many answers it keeps, on two cores.

`accredit serve` is one process; what asks it is another, on the other core. It asks over connections that stay open,
as browsers do, and reads no more of an answer than its status and its end.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from accreditation.library import load
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from tests.benchmarks.api_costs import STROKE
from tests.benchmarks.filled import Filled
from tests.benchmarks.measuring import print_table
from tests.pages.teams import of_somebody

ROOT = Path(__file__).parents[2]
CONNECTIONS = 8
REQUESTS = 400
"""Of each connection."""

Make = Callable[[int, bytes], bytes]
"""The next request of a connection, after this answer."""

BARE = """
import socket, sys
import jinja2, uvicorn
from fastapi import FastAPI, Form
from fastapi.responses import HTMLResponse
from tests.benchmarks.page_rates import captured

app = FastAPI()
pages = {path: captured(sys.argv[1], sys.argv[2], path) for path in sys.argv[3:]}

@app.get("/{path:path}")
def page(path: str) -> HTMLResponse:
    template, values = pages[f"/{path}"]
    return HTMLResponse(template.render(**values))

@app.post("/{path:path}")
def sent(path: str, csrf: str = Form(), choice: str = Form(), seen: str = Form()) -> HTMLResponse:
    return page(path)

with socket.create_server(("127.0.0.1", 0)) as listener:
    print("API", f"http://127.0.0.1:{listener.getsockname()[1]}/api", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False)).run([listener])
"""


def captured(folder: str, secret: str, path: str) -> tuple[object, dict[str, object]]:
    """The template of this page and the values that it is rendered with."""
    import jinja2

    from accreditation.wiring import Settings, open_house
    from tests.pages.browsing import Browser

    found: list[tuple[object, dict[str, object]]] = []
    plain = jinja2.Template.render

    def render(self: jinja2.Template, **values: object) -> str:
        found.append((self, values))
        return plain(self, **values)

    jinja2.Template.render = render  # type: ignore[method-assign]
    try:
        with Browser(open_house(Settings(data=Path(folder)))) as browser:
            browser.keep(secret)
            assert browser.ask("GET", path).status_code == 200
    finally:
        jinja2.Template.render = plain  # type: ignore[method-assign]
    return found[-1]


def rates() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        filled = Filled(folder, scheme=load(STROKE).scheme, cycles=1)
        rated = [one.id for one in filled.scheme.criteria if one.measure is None][:CONNECTIONS]
        with of_somebody(filled.house, Grant(role=Role.TEAM_LEAD, team=1)) as browser:
            secret, paths = browser.cookie(), [f"/team/cycles/1/criteria/{one}" for one in rated]
            csrf = re.search(r'name="csrf" value="([^"]+)"', browser.ask("GET", paths[0]).text)
            assert csrf is not None
        filled.close()
        rows = []
        for title, make in (("the register", _reads), ("a rating saved", _saves(paths, secret, csrf.group(1)))):
            ours = _rate(["-m", "accreditation", "serve", "--port", "0", "--prefect-port", "0"], folder, make)
            bare = _rate(["-c", BARE, str(folder), secret, "/register", *paths], folder, make)
            rows += [(title, *_told(*ours), ""), ("  the same template from memory", *_told(*bare), _ratio(ours, bare))]
    headings = ("", "a second", "CPU ms of the server", "of the bare page's rate")
    print_table(f"Requests a second, {CONNECTIONS} connections", headings, rows)


def _told(rate: float, cpu: float) -> tuple[str, str]:
    return f"{rate:.0f}", f"{cpu:.2f}"


def _ratio(ours: tuple[float, float], bare: tuple[float, float]) -> str:
    return f"{ours[0] / bare[0]:.2f} (CPU {bare[1] / ours[1]:.2f})"


def _reads(_number: int, _answer: bytes) -> bytes:
    return b"GET /register HTTP/1.1\r\nHost: site\r\n\r\n"


def _saves(paths: list[str], secret: str, csrf: str) -> Make:
    standing = dict.fromkeys(range(CONNECTIONS), 1)

    def make(number: int, answer: bytes) -> bytes:
        if seen := re.search(rb'"seen":\s*(\d+)', answer):
            standing[number] = int(seen.group(1))
        version = standing[number]
        body = f"csrf={csrf}&choice=rating:{('met', 'not_met')[version % 2]}&seen={version}&quietly=1".encode()
        return (
            f"POST {paths[number]} HTTP/1.1\r\nHost: site\r\nCookie: session={secret}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    return make


@contextmanager
def _serving(words: list[str], folder: Path) -> Iterator[tuple[int, int]]:
    """The process that serves so, and its port."""
    environment = os.environ | {"ACCREDIT_DATA": str(folder)}
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = next(line.split()[1] for line in process.stdout if line.startswith("API"))
        yield process.pid, int(url.removesuffix("/api").rpartition(":")[2])
        process.terminate()


def _rate(words: list[str], folder: Path, make: Make) -> tuple[float, float]:
    """Requests a second, and the CPU milliseconds that the server took for one."""
    with _serving(words, folder) as (pid, port):
        asyncio.run(_all(port, make, 20))
        cpu, began = _cpu(pid), time.perf_counter()
        asyncio.run(_all(port, make, REQUESTS))
        took = time.perf_counter() - began
        asked = CONNECTIONS * REQUESTS
        return asked / took, (_cpu(pid) - cpu) / asked * 1000


async def _all(port: int, make: Make, times: int) -> None:
    await asyncio.gather(*(_connection(port, number, make, times) for number in range(CONNECTIONS)))


async def _connection(port: int, number: int, make: Make, times: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    for _ in range(times):
        writer.write(make(number, answer))
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        assert length is not None
        answer = await reader.readexactly(int(length.group(1)))
        if not head.startswith(b"HTTP/1.1 200"):
            raise AssertionError((head, answer[:500]))
    make(number, answer)
    writer.close()


def _cpu(pid: int) -> float:
    """The seconds of CPU that this process took so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
