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
        found: dict[str, Arrival] = {}
        with suppress(FileNotFoundError):  # there is no folder before the first upload
            for entry in os.scandir(self._folder):
                if is_name(entry.name):
                    with suppress(NotFound, FileNotFoundError):  # it ends, or begins, while we look
                        note = self._known.get(entry.name) or self._read(entry.name)
                        found[entry.name] = replace(note, offset=entry.stat().st_size)
        self._known = found
        several = (one for one in found.values() if one.expires_at >= at)
        return tuple(sorted(several, key=lambda one: (one.begun_at, one.name)))

    def _read(self, name: str) -> Arrival:
        return read_note(self._folder / f"{name}.json", offset=0)
