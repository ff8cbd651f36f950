"""Everything that runs, in one process: the API, Prefect's server, and the dispatcher with the flows.

Nothing is a child process: `kill -9` leaves nothing behind, and what was committed has its job.
"""

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import uvicorn

from accreditation.errors import Unavailable
from accreditation.wiring import House
from api.app import create_app
from flows.dispatcher import Dispatcher, in_process, on_work_pool
from flows.host import Host

STOP_SECONDS = 10
"""How long an open request may take to end when the engine stops."""


class Engine:
    """The whole engine while the `with` block runs. `url` is the API's, `prefect_url` Prefect's page."""

    def __init__(self, house: House, *, port: int | None = None, prefect_port: int | None = None) -> None:
        self.house = house
        self.url = ""
        self.prefect_url = house.settings.prefect_api_url.removesuffix("/api")
        self.dispatcher: Dispatcher | None = None
        self._port = house.settings.port if port is None else port
        self._prefect_port = house.settings.prefect_port if prefect_port is None else prefect_port
        self._exits = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Start Prefect, then the dispatcher, then the API; stop all of it where one cannot start."""
        with contextlib.ExitStack() as exits:
            listener = exits.enter_context(_listen(self.house.settings.host, self._port))
            self.dispatcher = exits.enter_context(_dispatching(self, exits))
            self.url = f"http://{listener.getsockname()[0]}:{listener.getsockname()[1]}"
            exits.enter_context(_serving(self.house, listener))
            self._exits = exits.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the API first, then the dispatcher once it has finished what it began, then Prefect."""
        self._exits.close()

    def prefect(self, exits: contextlib.ExitStack) -> Host:
        """Prefect's server in this process."""
        host = exits.enter_context(Host(home=self.house.settings.data / "prefect", port=self._prefect_port))
        self.prefect_url = host.url
        return host


@contextlib.contextmanager
def _dispatching(engine: Engine, exits: contextlib.ExitStack) -> Iterator[Dispatcher]:
    settings = engine.house.settings
    if settings.work_pool:
        if settings.prefect_api_url:
            os.environ["PREFECT_API_URL"] = settings.prefect_api_url
        carry = on_work_pool()
    else:
        carry = in_process(engine.prefect(exits))
    dispatcher = Dispatcher(engine.house, carry)
    stop = threading.Event()
    thread = threading.Thread(target=dispatcher.run, args=(stop,), name="dispatcher")
    thread.start()
    try:
        yield dispatcher
    finally:
        stop.set()
        thread.join()


@contextlib.contextmanager
def _serving(house: House, listener: socket.socket) -> Iterator[None]:
    config = uvicorn.Config(
        create_app(house),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        server_header=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="api")
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


@contextlib.contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """Take the API's port first: a busy one is said before anything else is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(128)
        except OSError as reason:
            raise Unavailable(
                f"The API cannot listen on {host}:{port}: {reason.strerror}. Stop what listens there, or choose "
                "another port with --port or ACCREDIT_PORT."
            ) from reason
        yield listener


def quiet_logs() -> None:
    """One line a warning on standard error; what flows say at INFO is on Prefect's page, not on the terminal."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler])
