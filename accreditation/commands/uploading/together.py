"""Several files at once: what the engine has is asked first, then a few are on their way at a time."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from accreditation.commands.uploading.asked import Words, learn
from accreditation.commands.uploading.ended import Ended, Stopped, Watching
from accreditation.commands.uploading.looking import looked
from accreditation.commands.uploading.patience import Patience
from accreditation.commands.uploading.sending import Sender
from accreditation.commands.uploading.server import Server
from accreditation.errors import Refused


def send_all(
    server: Server, files: Sequence[Path], words: Words, *, at_once: int, wait: int, stop: threading.Event,
    watching: Watching, pause: Callable[[float], object] | None = None,
) -> Sequence[Ended]:  # fmt: skip
    """Send these files, so many at a time, and say what became of each, in their order.

    `stop` is set where whoever started it stops it: each ends where it is. `pause` waits so many seconds. Raises where
    the engine cannot be asked at all, or does not know the token or the cycle.
    """

    def waited(seconds: float) -> None:
        (pause or stop.wait)(seconds)
        if stop.is_set():
            raise Stopped

    patience = Patience(pause=waited, tell=lambda why: watching.note(Path("all files"), why))
    most_bytes = patience.until(server.most_bytes)
    words = _of_team(words, server, patience)
    known = patience.until(lambda: learn(server, words))
    sender = Sender(
        server=server,
        known=known,
        words=words,
        most_bytes=most_bytes,
        pause=waited,
        watching=_Stoppable(watching, stop),
    )
    ended = _in_turn(sender, files, at_once=at_once, stop=stop)
    if words.cycle is None or stop.is_set():
        return ended
    try:
        return looked(server, words.cycle, ended, wait=wait, pause=waited)
    except KeyboardInterrupt:  # they are kept; nobody wants to wait for what the engine finds
        return ended


def _of_team(words: Words, server: Server, patience: Patience) -> Words:
    """The words with the team whose library is meant: the token's own, where none is named."""
    if words.cycle is not None or words.team is not None:
        return words
    teams = patience.until(lambda: server.read("/api/teams"))["items"]
    if len(teams) != 1:
        raise Refused("This token is not one team's. Use a token of the team's lead or of a member of it.")
    return replace(words, team=teams[0]["id"])


def _in_turn(sender: Sender, files: Sequence[Path], *, at_once: int, stop: threading.Event) -> list[Ended]:
    """Each file in a thread of its own, so many at a time; where it is stopped, none is begun any more."""

    def send(path: Path) -> Ended:
        ended = sender.send(path)
        sender.watching.end(path, ended)
        return ended

    with ThreadPoolExecutor(at_once, thread_name_prefix="upload") as threads:
        sending: list[Future[Ended]] = []
        try:
            sending += (threads.submit(send, path) for path in files)
            return [one.result() for one in sending]
        except KeyboardInterrupt:
            stop.set()
            return [one.result() for one in sending]


class _Stoppable:
    """Shows how far files are, as long as nobody stopped it: then whoever tells of the next bytes ends."""

    def __init__(self, watching: Watching, stop: threading.Event) -> None:
        self._watching = watching
        self._stop = stop

    def far(self, path: Path, offset: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._watching.far(path, offset)

    def note(self, path: Path, words: str) -> None:
        self._watching.note(path, words)

    def end(self, path: Path, ended: Ended) -> None:
        self._watching.end(path, ended)
