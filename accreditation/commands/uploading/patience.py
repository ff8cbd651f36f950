"""How long somebody goes on trying where nobody answers, or the network is cut."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from accreditation.errors import Unavailable

PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, *(30.0,) * 8)
"""Seconds between tries without a byte of progress: four and a half minutes in all, longer than a restart takes."""

T = TypeVar("T")
Pause = Callable[[float], None]
"""Waits so many seconds; raises where nobody wants to wait any more."""


class Patience:
    """Tries again, with growing pauses. `pause` does the waiting; `tell` is told why it is waited, and how long."""

    def __init__(self, *, pause: Pause, tell: Callable[[str], None] = lambda _: None) -> None:
        self._pause = pause
        self._tell = tell
        self._left: Iterator[float] = iter(PAUSES)

    def renew(self) -> None:
        """Something came of it: be as patient as in the beginning."""
        self._left = iter(PAUSES)

    def wait(self, why: Unavailable) -> None:
        """Wait before the next try. Raises `why` where patience is over."""
        seconds = next(self._left, None)
        if seconds is None:
            raise why
        self._tell(f"{why} Trying again in {seconds:g} s.")
        self._pause(seconds)

    def until(self, ask: Callable[[], T]) -> T:
        """What is answered, once something is. Raises Unavailable where patience is over first."""
        while True:
            try:
                return ask()
            except Unavailable as why:
                self.wait(why)
