"""Which uploads of a folder are not finished: a look at the names, however many ended there in the last days."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from accreditation.errors import NotFound
from accreditation.evidence.arrival import Arrival, is_name, read_note


class Unfinished:
    """Uploads of which bytes lie in `folder`: those of one that is concluded are let go. Each note is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Arrival] = {}

    def those(self, *, at: datetime) -> tuple[Arrival, ...]:
        """Those whose time is not over, the oldest first, each with how many of its bytes are here."""
        several = (one for one in self._all() if one.expires_at >= at)
        return tuple(sorted(several, key=lambda one: (one.begun_at, one.name)))

    def to_come(self) -> int:
        """How many of the bytes that they announced have not come? One whose time is over counts until it is swept."""
        return sum(max(0, (one.length or 0) - one.offset) for one in self._all())

    def _all(self) -> list[Arrival]:
        found: dict[str, Arrival] = {}
        with suppress(FileNotFoundError):  # there is no folder before the first upload
            for entry in os.scandir(self._folder):
                if "." not in entry.name and is_name(entry.name):  # quickly past the notes of those that ended
                    with suppress(NotFound, FileNotFoundError):  # it ends, or begins, while we look
                        note = self._known.get(entry.name) or self._read(entry.name)
                        found[entry.name] = replace(note, offset=entry.stat().st_size)
        self._known = found
        return list(found.values())

    def _read(self, name: str) -> Arrival:
        return read_note(self._folder / f"{name}.json", offset=0)
