"""How the application answers in a test: at once, in the thread that asks, which has nothing else to do.

A server hands most of what it does to threads, ten times for a request. A test waits for its answer either way, and
starting the threads anew for each request is a fifth of what asking costs. Who tests what happens at the same moment
has a thread for each who asks; a real server, with its threads, answers in the journeys.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar, copy_context
from types import TracebackType
from typing import Any, Self, TypeVar

import anyio.to_thread

T = TypeVar("T")

AT_ONCE: ContextVar[bool] = ContextVar("at_once", default=False)
"""Is this asked by a test that waits for it?"""

_in_a_thread = anyio.to_thread.run_sync


async def _run(do: Callable[..., T], *args: Any, **how: Any) -> T:
    return do(*args) if AT_ONCE.get() else await _in_a_thread(do, *args, **how)


anyio.to_thread.run_sync = _run  # type: ignore[assignment]  # Starlette asks for it by this name each time


class Answering:
    """Runs what is asked, one after the other."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._context = copy_context()
        self._context.run(AT_ONCE.set, True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    def run(self, asked: Coroutine[Any, Any, T]) -> T:
        """What comes of it?"""
        return self._runner.run(asked, context=self._context)

    def close(self) -> None:
        """Nothing more is asked."""
        self._runner.close()
