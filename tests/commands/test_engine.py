"""What becomes of the engine when a part of it dies: never silence."""

import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from fastapi import FastAPI

from accreditation.commands import engine as module
from accreditation.commands.engine import Engine
from accreditation.errors import Unavailable
from accreditation.wiring import House
from flows.dispatcher import Dispatcher


class Stumbling:
    """A dispatcher that meets something nobody expected, once."""

    def __init__(self) -> None:
        self.begun = 0

    def run(self, stop: threading.Event) -> None:
        self.begun += 1
        if self.begun == 1:
            raise ZeroDivisionError("nobody expected this")
        stop.set()


def test_a_dispatcher_that_meets_what_nobody_expected_says_so_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "PAUSE_AFTER_FAILURE", 0)
    stumbling = Stumbling()
    module._dispatch(cast(Dispatcher, stumbling), None, threading.Event())
    assert (stumbling.begun, [record.getMessage() for record in caplog.records]) == (
        2, ["The dispatcher met what it did not expect and begins again in 0 s."],
    )  # fmt: skip


def test_a_part_that_stops_by_itself_ends_the_engine_with_its_reason(house: House) -> None:
    engine = Engine(house)

    def die() -> None:
        raise MemoryError("no more")

    with module._beside(engine, "The dispatcher", die, lambda: None):
        engine.ended.wait()
    assert engine.failure == (
        "The dispatcher stopped by itself: MemoryError: no more. What was kept is kept; start again."
    )


def test_a_part_that_is_told_to_stop_ends_without_a_word(house: House) -> None:
    engine, stop = Engine(house), threading.Event()

    def work() -> None:
        stop.wait()

    with module._beside(engine, "The dispatcher", work, stop.set):
        pass
    assert (engine.failure, engine.ended.is_set()) == ("", False)


def test_whoever_comes_before_the_site_answers_is_refused_at_once_and_does_not_wait() -> None:
    with module._listen("127.0.0.1", 0) as listener, pytest.raises(ConnectionRefusedError):
        socket.create_connection(listener.getsockname(), timeout=60)


@pytest.mark.filterwarnings("ignore:unclosed")
def test_an_api_that_cannot_start_is_refused_and_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    @asynccontextmanager
    async def fails(_: FastAPI) -> AsyncIterator[None]:
        raise RuntimeError("it cannot start")
        yield

    monkeypatch.setattr(module, "create_app", lambda _, *, demo: FastAPI(lifespan=fails))
    with (
        module._listen("127.0.0.1", 0) as listener,
        pytest.raises(Unavailable) as refused,
        module._serving(Engine(house), listener),
    ):
        pytest.fail("it did not start")
    assert str(refused.value).startswith("The API stopped by itself: ")


class Listening:
    """A listener on the newer kind of address, which not every machine has."""

    def getsockname(self) -> tuple[str, int, int, int]:
        return ("::1", 8000, 0, 0)


def test_an_address_of_the_newer_kind_is_written_as_one() -> None:
    assert module._url(cast(socket.socket, Listening())) == "http://[::1]:8000"
