"""What became of a file that was to be sent."""

from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel

from accreditation.commands.uploading.files import shown


class Outcome(StrEnum):
    """What became of a file."""

    KEPT = "kept"
    ALREADY = "there already"
    REUSED = "taken from your library"
    OTHERWISE = "there, and described otherwise"
    OUT_OF_DATE = "kept, but out of date"
    BACK = "kept back"
    REFUSED = "refused"
    UNFINISHED = "not finished"


class Stopped(Exception):
    """Whoever started the command stopped it."""


class Ended(BaseModel):
    """A file at its end: what became of it, and where something is left to do, why and what.

    `state` is how its clearance stands, once it is evidence of a cycle.
    """

    file: str
    outcome: Outcome
    size: int = 0
    sha256: str = ""
    evidence: int | None = None
    document: int | None = None
    version: int | None = None
    state: str = ""
    why: str = ""
    what_to_do: str = ""

    @property
    def fine(self) -> bool:
        """Is the file where it was to go, with nothing left to do?"""
        return self.outcome in (Outcome.KEPT, Outcome.ALREADY, Outcome.REUSED)


class Watching(Protocol):
    """Whoever is shown how far files are; asked from several threads."""

    def far(self, path: Path, offset: int) -> None:
        """So many of the file's bytes are with the engine, or on their way to it."""

    def note(self, path: Path, words: str) -> None:
        """Something happened to the file that is worth a line."""

    def end(self, path: Path, ended: Ended) -> None:
        """This became of the file."""


def refused(path: Path, why: str, *, what_to_do: str = "", **more: Any) -> Ended:
    """The file is not taken, for this reason."""
    to_do = what_to_do or "Set that right, and start the command again; what is kept is not sent twice."
    return Ended(file=shown(path), outcome=Outcome.REFUSED, why=why, what_to_do=to_do, **more)


ONCE_THERE_IS_ROOM = "Start the command again with the same words once there is room."


def unfinished(path: Path, why: str, *, what_to_do: str = "", **more: Any) -> Ended:
    """The file is not wholly sent, for this reason, which is not the file's."""
    to_do = what_to_do or "Start the command again with the same words: it goes on from there."
    return Ended(file=shown(path), outcome=Outcome.UNFINISHED, why=why, what_to_do=to_do, **more)
