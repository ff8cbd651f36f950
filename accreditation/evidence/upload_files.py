"""The files of uploads: of each the bytes, a note beside them that says what of, and what it became."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from accreditation.errors import InUse
from accreditation.evidence.arrival import (
    Arrival,
    End,
    check_name,
    gone,
    is_note,
    read_end,
    read_note,
    there,
    write_end,
    write_note,
)
from accreditation.evidence.disk import sync


class UploadFiles:
    """Files in `folder`, under names that cannot be guessed. Whatever is asked of a name, another is NotFound."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> frozenset[str]:
        """The names of the uploads that are there."""
        return frozenset(note.stem for note in self.folder.glob("*.json") if is_note(note))

    def bytes(self, name: str) -> Path:
        """Where are the bytes that came, until the upload is concluded?"""
        return self.folder / check_name(name)

    def note(self, name: str) -> Path:
        """Where is what the upload was begun as?"""
        return self.folder / f"{check_name(name)}.json"

    def _end(self, name: str) -> Path:
        return self.folder / f"{check_name(name)}.end"

    def begin(self, begun: Arrival) -> None:
        """Make the files of this upload, of which nothing has come."""
        self.bytes(begun.name).touch(mode=0o600, exist_ok=False)
        write_note(self.note(begun.name), begun)

    def read(self, name: str) -> Arrival:
        """How far is this upload, and what became of it?"""
        for _ in range(2):  # it may be concluded between our two looks
            if end := read_end(self._end(name)):
                return replace(read_note(self.note(name), offset=end.size), outcome=end.outcome)
            with suppress(FileNotFoundError):
                return read_note(self.note(name), offset=self.bytes(name).stat().st_size)
        raise gone()

    def conclude(self, name: str, outcome: str) -> None:
        """Remember what it became, and let its bytes go. Done twice, the first outcome stands."""
        with there():
            arrival = self.read(name)
            if arrival.outcome is None:
                write_end(self._end(name), End(outcome, arrival.offset))
                sync(self.folder)
            self.bytes(name).unlink(missing_ok=True)

    def discard(self, name: str) -> None:
        """Take all files of this upload away, as far as they are there."""
        for file in (self.note(name), self.bytes(name), self._end(name)):
            file.unlink(missing_ok=True)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Nobody else adds to this upload meanwhile (InUse where somebody does); who dies lets go by that."""
        with there(), self.note(name).open("r+b") as note:
            try:
                fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as taken:
                raise InUse("Somebody adds to this upload at this moment. Ask how far it is, then go on.") from taken
            yield

    def sync_beginning(self, name: str) -> None:
        """Wait until the note and the names of an upload are on the disk, with the first bytes of it."""
        with suppress(FileNotFoundError):  # it was discarded meanwhile
            sync(self.note(name))
        sync(self.folder)


def is_writable(path: Path) -> bool:
    """May something be added to these bytes? Nothing may, once they are settled."""
    return bool(path.stat().st_mode & 0o200)
