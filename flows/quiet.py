"""What is said to and about an embedded server, and how that ends before the server does."""
# ruff: noqa: PLC0415 - importing Prefect costs seconds: only what uses it pays

import contextlib
import logging
import threading
from collections.abc import Iterator

DRAIN_SECONDS = 5  # how long the last logs and events may take to reach the server before it stops


@contextlib.contextmanager
def muted(*, thread: threading.Thread) -> Iterator[None]:
    """Keep to itself what uvicorn has to say about requests that this stop cuts off; other servers speak on."""
    log = logging.getLogger("uvicorn.error")

    def elsewhere(record: logging.LogRecord) -> bool:
        return record.thread != thread.ident

    log.addFilter(elsewhere)
    try:
        yield
    finally:
        log.removeFilter(elsewhere)


def speak() -> None:
    """Let this process's runs send their logs and events."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import set_api_log_sink

    EventsWorker.set_client_override(None)
    set_api_log_sink(None)


def fall_silent() -> None:
    """Send what waits, then nothing more: a sender without a server retries for minutes, holding up our exit."""
    from prefect.events.clients import NullEventsClient
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker, set_api_log_sink

    EventsWorker.set_client_override(NullEventsClient)
    set_api_log_sink(lambda _: None)
    APILogWorker.drain_all(timeout=DRAIN_SECONDS, at_exit=False)  # every sender's queue, whoever is asked
