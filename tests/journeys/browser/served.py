"""The application on a port of this machine, as people's browsers reach it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files

import uvicorn
from fastapi import FastAPI
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from accreditation.wiring import House
from api.app import create_app

AXE = "/axe.js"
"""Where the site has axe-core while it is tested."""

EMPTY = "/empty"
"""Where there is nothing to see, for a window that somebody went from."""

JUDGE = FileResponse(str(files("axe_playwright_python").joinpath("axe.min.js")))


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site at an address, and what it shows."""

    address: str
    app: FastAPI

    @contextmanager
    def showing(self, house: House) -> Iterator[None]:
        """It shows this house while the block runs: one server serves many tests, one after another."""
        before, self.app.state.house = self.app.state.house, house
        yield
        self.app.state.house = before


@contextmanager
def served(house: House) -> Iterator[Site]:
    """It answers while the block runs."""
    app = create_app(house)
    app.router.routes += [Route(AXE, lambda _: JUDGE), Route(EMPTY, lambda _: Response())]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield Site(address=f"http://127.0.0.1:{listener.getsockname()[1]}", app=app)
        finally:
            server.should_exit = True
            thread.join()
