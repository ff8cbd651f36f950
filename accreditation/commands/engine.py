"""Everything that runs, in one process: the API, Prefect's server, and the dispatcher with the flows.

Nothing is a child process: `kill -9` leaves nothing behind, and what was committed has its job.
"""

import asyncio
import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import uvicorn

from accreditation.errors import Unavailable
from accreditation.wiring import House
from api.app import create_app
from flows.dispatcher import Dispatcher, in_process, on_work_pool
from flows.host import Host
from flows.quiet import muted
from flows.sweep import sweep

STOP_SECONDS = 5
"""How long an open request may take to end when the engine stops."""

PAUSE_AFTER_FAILURE = 5.0
"""Seconds until a dispatcher begins again that met what it did not expect."""

LOOK_AGAIN = 0.05
"""Seconds between looks at whether an API that is not up yet has failed."""

log = logging.getLogger("accreditation.engine")


class Engine:
    """The whole engine while the `with` block runs. `url` is the API's, `prefect_url` Prefect's page.

    With `demo` whoever is at this machine may be anybody.
    `ended` is set where a part of it stopped by itself; then `failure` says which and why.
    """

    def __init__(
        self, house: House, *, port: int | None = None, prefect_port: int | None = None, demo: bool = False
    ) -> None:  # fmt: skip
        self.house, self.demo = house, demo
        self.url = ""
        self.prefect_url = house.settings.prefect_api_url.removesuffix("/api")
        self.dispatcher: Dispatcher | None = None
        self.ended = threading.Event()
        self.failure = ""
        self._port = house.settings.port if port is None else port
        self._prefect_port = house.settings.prefect_port if prefect_port is None else prefect_port
        self._exits = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Start Prefect, then the dispatcher, then the API; stop all of it where one cannot start."""
        with contextlib.ExitStack() as exits:
            listener = exits.enter_context(_listen(self.house.settings.host, self._port))
            self.dispatcher = exits.enter_context(_dispatching(self, exits))
            self.url = _url(listener)
            exits.enter_context(_serving(self, listener))
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

    def lose(self, part: str, reason: str) -> None:
        """This part stopped though nobody told it to: whoever runs the engine is to stop the rest."""
        self.failure = f"{part} stopped by itself: {reason}. What was kept is kept; start again."
        self.ended.set()


@contextlib.contextmanager
def _dispatching(engine: Engine, exits: contextlib.ExitStack) -> Iterator[Dispatcher]:
    settings = engine.house.settings
    host: Host | None = None
    if settings.work_pool:
        if settings.prefect_api_url:
            os.environ["PREFECT_API_URL"] = settings.prefect_api_url
        dispatcher = Dispatcher(engine.house, on_work_pool())
    else:
        host = engine.prefect(exits)
        dispatcher = Dispatcher(engine.house, in_process(host), owner=host.home_tags[1])
    stop = threading.Event()
    with _beside(engine, "The dispatcher", lambda: _dispatch(dispatcher, host, stop), stop.set):
        yield dispatcher


def _dispatch(dispatcher: Dispatcher, host: Host | None, stop: threading.Event) -> None:
    """The dispatcher's thread: what nobody expected is said, and then it goes on, as people wait for it."""
    if host is not None:
        try:
            asyncio.run(sweep(host=host))
        except Exception as reason:  # bookkeeping only: no reason not to work
            log.warning("Prefect's page may show runs of a dead process as going on: %s", reason)
    while not stop.is_set():
        try:
            dispatcher.run(stop)
        except Exception:
            log.exception("The dispatcher met what it did not expect and begins again in %g s.", PAUSE_AFTER_FAILURE)
            stop.wait(PAUSE_AFTER_FAILURE)


@contextlib.contextmanager
def _serving(engine: Engine, listener: socket.socket) -> Iterator[None]:
    """The API's thread; the block begins when it answers."""
    server = _Announcing(_config(engine))

    def stop() -> None:
        server.should_exit = True

    with _beside(engine, "The API", lambda: server.run(sockets=[listener]), stop):
        while not (server.up.wait(LOOK_AGAIN) or engine.ended.is_set()):
            pass
        if engine.failure:
            raise Unavailable(engine.failure)
        yield


def _config(engine: Engine) -> uvicorn.Config:
    """How the API is served: no log of addresses, as the link of a letter has its secret in one."""
    return uvicorn.Config(
        create_app(engine.house, demo=engine.demo),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        server_header=False,
    )


class _Announcing(uvicorn.Server):
    """Says when it answers, so that nobody has to ask again and again."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.up.set()


@contextlib.contextmanager
def _beside(engine: Engine, part: str, work: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    """Run this part of the engine in a thread while the block runs; where it ends before, the engine hears of it."""
    told = threading.Event()

    def run() -> None:
        reason = "it came to its end"
        try:
            work()
        except BaseException as failure:  # noqa: BLE001, RUF100 - a thread that dies must not die silently
            reason = f"{type(failure).__name__}: {failure}"
        if not told.is_set():
            engine.lose(part, reason)

    thread = threading.Thread(target=run, name=part)
    thread.start()
    try:
        yield
    finally:
        told.set()
        with muted(thread=thread):  # requests that this stop cuts off
            stop()
            thread.join()


@contextlib.contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """Take the API's port first: a busy one is said before anything else is started.

    Nobody listens there until the API answers: a browser that comes before is refused at once, and waits for nothing.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as reason:
            raise Unavailable(
                f"The API cannot listen on {host}:{port}: {reason.strerror}. Stop what listens there, or choose "
                "another port with --port or ACCREDIT_PORT."
            ) from reason
        yield listener


def _url(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def quiet_logs() -> None:
    """One line a warning on standard error; what flows say at INFO is on Prefect's page, not on the terminal."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler])
