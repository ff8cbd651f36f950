"""How Prefect is embedded: its own server in one thread of this very process. No other module knows this.

Prefect does not document embedding, so everything that leans on its inside stands here, and `tests/flows` holds it:
its server application runs under uvicorn on the loopback with an event loop of its own; nothing is a child process,
so `kill -9` leaves nothing running. What Prefect keeps is bookkeeping; the records are the truth. Importing this
module is cheap: Prefect (a second or more) is imported when a `Host` starts, after the environment is set.
"""
# ruff: noqa: PLC0415 - importing Prefect costs seconds: only what uses it pays

import asyncio
import contextlib
import os
import socket
import sys
import threading
from collections.abc import Awaitable, Iterable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import uuid4

from accreditation.errors import Unavailable
from flows.claims import LOOPBACK, listen, only_one
from flows.quiet import fall_silent, muted, speak

if TYPE_CHECKING:
    import uvicorn

T = TypeVar("T")

IN_PROCESS = "in-process"  # the tag of every run that our dispatcher starts in its own process
KEEP_RUNS = timedelta(days=90)  # Prefect forgets a finished run after this; our records never do
GRACE_SECONDS = 1  # how long an open request may take to end once we stop; a browser's live page never does
GIVE_UP_SECONDS = 10  # after this a stop is no longer polite


def configure(*, home: Path, port: int) -> None:
    """Set what Prefect reads from the environment, before or after it is imported.

    `home` is the folder for all that Prefect keeps; `port` is where its server listens on the loopback. The first
    group is what embedding rests on and overrides what stands there; of the second an operator's own value wins.
    """
    keep_seconds = str(int(KEEP_RUNS.total_seconds()))
    os.environ |= {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://{LOOPBACK}:{port}/api",
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # else a lost server is replaced by a child process
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    gentle = {
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",  # a run's own log still reaches its page at INFO
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "ui"),  # else it writes into the installed package
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",  # we use no blocks, and they cost seconds at a first start
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": keep_seconds,
        "PREFECT_CLI_PROMPT": "false",
    }
    for name, value in gentle.items():
        os.environ.setdefault(name, value)
    for name in ("NO_PROXY", "no_proxy"):  # a site's proxy must not see, or break, talk with ourselves
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), LOOPBACK]))
    if "prefect.context" in sys.modules:  # read once at import: say it again
        from prefect.context import refresh_global_settings_context

        refresh_global_settings_context()


class Host:
    """Prefect's server, running while the `with` block runs.

    `home` is made where it is missing, and belongs to one process at a time; port 0 takes any free one. `url` is the
    office's page on what runs. Leave the block only when no flow of ours runs any more: a run still going then loses
    its server, its last logs and events are dropped, and the next start's `sweep` calls it crashed.
    Raises `Unavailable`, saying why, where the folder or the port is taken or the server is not up within `patience`.
    """

    def __init__(self, *, home: Path, port: int, patience: timedelta = timedelta(seconds=60)) -> None:
        self.home = home.resolve()
        self.url = ""
        self._port = port
        self._patience = patience
        self._started = threading.Event()  # set when the server is up, and also when it has failed
        self._failure: BaseException | None = None
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._exits = contextlib.ExitStack()
        self._home_tag = ""
        self._process_tag = f"process:{uuid4()}"

    def __enter__(self) -> Self:
        """Start the server and wait until it answers."""
        with contextlib.ExitStack() as exits:
            self._home_tag = f"home:{exits.enter_context(only_one(home=self.home))}"
            listener = exits.enter_context(listen(port=self._port))
            port = listener.getsockname()[1]
            configure(home=self.home, port=port)
            self.url = f"http://{LOOPBACK}:{port}"
            thread = threading.Thread(target=self._run, args=(listener,), name="prefect-server", daemon=True)
            exits.callback(self._stop, thread=thread)
            thread.start()
            self._wait()
            speak()
            exits.callback(fall_silent)
            self._exits = exits.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server, quietly, whatever is still open."""
        self._exits.close()

    @property
    def home_tags(self) -> tuple[str, str]:
        """What every run carries that was started in process by an owner of this home, dead or alive."""
        return (IN_PROCESS, self._home_tag)

    @property
    def process_tag(self) -> str:
        """What only the runs of this very process carry."""
        return self._process_tag

    async def run(self, work: Awaitable[T], *, tags: Iterable[str] = ()) -> T:
        """Run a flow, `await host.run(flow(...))`, in any thread's loop, marked as ours so that `sweep` can know it.

        With `tags` it says besides what it is about.

        The mark is a context variable, set here because `asyncio.Runner.run` does not see those set around it.
        """
        from prefect import tags as tagged

        with tagged(*self.home_tags, self.process_tag, *tags):
            return await work

    def _wait(self) -> None:
        if not self._started.wait(self._patience.total_seconds()):
            raise Unavailable(
                f"Prefect's server did not come up within {self._patience.total_seconds():g} seconds. "
                f"What it keeps is in {self.home}; is that disk slow or full? Starting again may work."
            )
        if self._failure is not None:
            raise Unavailable(
                f"Prefect's server could not start: {_first_line(self._failure)}. What it keeps is "
                f"in {self.home}; it is bookkeeping only, so moving that folder aside and starting again is safe."
            ) from self._failure

    def _run(self, listener: socket.socket) -> None:
        """The server's thread, from its first line to its last."""
        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                runner.run(self._serve(listener))
        except asyncio.CancelledError:
            pass  # we stopped it before it was up, or it would not stop politely
        except BaseException as failure:  # noqa: BLE001, RUF100 - said by `_wait`, in the thread that asked
            self._failure = failure
        finally:
            self._started.set()

    async def _serve(self, listener: socket.socket) -> None:
        """Prefect's lifespan around uvicorn's, so that a failing migration is an exception and not a log line."""
        self._main = asyncio.current_task()
        app, server = _assemble(started=self._started)
        async with app.router.lifespan_context(app):
            self._server = server
            await server.serve(sockets=[listener])

    def _stop(self, *, thread: threading.Thread) -> None:
        with muted(thread=thread):
            if self._server is not None:
                self._server.should_exit = True
                thread.join(GIVE_UP_SECONDS)
            if thread.is_alive() and self._loop is not None and self._main is not None:
                with contextlib.suppress(RuntimeError):  # its loop ended meanwhile
                    self._loop.call_soon_threadsafe(self._main.cancel)
                thread.join(GIVE_UP_SECONDS)


def _assemble(*, started: threading.Event) -> tuple[Any, "uvicorn.Server"]:
    """Prefect's application and the server for it; a fresh one each time, as its lifespan runs but once."""
    import uvicorn
    from prefect.server.api.server import create_app

    class Announcing(uvicorn.Server):
        """Says when it listens, so that nobody has to ask again and again."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            started.set()

    app = create_app(ignore_cache=True)
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=GRACE_SECONDS
    )
    return app, Announcing(config)


def _first_line(failure: BaseException) -> str:
    """What went wrong, without the SQL and the links that follow it."""
    return f"{type(failure).__name__}: {str(failure).partition(chr(10))[0]}"
