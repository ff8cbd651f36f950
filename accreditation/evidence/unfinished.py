"""Which uploads of a folder are not finished: a look at the names, however many ended there in the last days."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from accreditation.errors import NotFound
from accreditation.evidence.arrival import Arrival, is_name, read_note

RESERVES = timedelta(hours=1)
"""For how long room is kept for what is to come of an upload to which nothing is added. To announce costs nothing: who
announces and goes home shuts nobody out for a week. Whoever goes on later asks for room again."""


class _Seen(NamedTuple):
    """An upload, and when something was last added to it: its beginning, where nothing was."""

    arrival: Arrival
    added_at: datetime


class Unfinished:
    """Uploads of which bytes lie in `folder`: those of one that is concluded are let go. Each note is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Arrival] = {}

    def those(self, *, at: datetime) -> tuple[Arrival, ...]:
        """Those whose time is not over, the oldest first, each with how many of its bytes are here."""
        several = (one.arrival for one in self._all() if one.arrival.expires_at >= at)
        return tuple(sorted(several, key=lambda one: (one.begun_at, one.name)))

    def to_come(self, *, at: datetime) -> int:
        """For how many bytes, which were announced and have not come, is room kept? Plain uploads are counted too.

        An upload whose time is over counts for nothing, nor does one to which nothing was added for RESERVES.
        """
        pieces = sum(_to_come(one.arrival) for one in self._all() if _has_room(one, at))
        return pieces + sum(left for left, added_at in self._plain() if added_at > at - RESERVES)

    def has_room(self, arrival: Arrival, *, at: datetime) -> bool:
        """Is room kept for what is to come of this upload?"""
        with suppress(FileNotFoundError):
            return _has_room(_seen(arrival, (self._folder / arrival.name).stat()), at)
        return False

    def _all(self) -> list[_Seen]:
        found: dict[str, _Seen] = {}
        for entry in self._entries():
            if "." not in entry.name and is_name(entry.name):  # quickly past the notes of those that ended
                with suppress(NotFound, FileNotFoundError):  # it ends, or begins, while we look
                    note = self._known.get(entry.name) or self._read(entry.name)
                    found[entry.name] = _seen(note, entry.stat())
        self._known = {name: one.arrival for name, one in found.items()}
        return list(found.values())

    def _plain(self) -> Iterator[tuple[int, datetime]]:
        """How much is to come of each plain upload that said its length, and when something last came?"""
        for entry in self._entries():
            if said := _PLAIN.match(entry.name):
                with suppress(FileNotFoundError):  # it ended while we looked
                    lies = entry.stat()
                    yield max(0, int(said[1]) - lies.st_size), _changed(lies)

    def _entries(self) -> Iterator["os.DirEntry[str]"]:
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:  # no folder before the first upload
            yield from entries

    def _read(self, name: str) -> Arrival:
        return read_note(self._folder / f"{name}.json", offset=0)


_PLAIN = re.compile(r"plain-([0-9]+)-")


def plain(length: int | None) -> str:
    """How does the name of a plain upload's file begin? It says to every process how many bytes are to come."""
    return f"plain-{length or 0}-"


def _seen(note: Arrival, lies: os.stat_result) -> _Seen:
    return _Seen(replace(note, offset=lies.st_size), max(note.begun_at, _changed(lies)))


def _changed(lies: os.stat_result) -> datetime:
    return datetime.fromtimestamp(lies.st_mtime, UTC)


def _has_room(one: _Seen, at: datetime) -> bool:
    return one.arrival.expires_at >= at and one.added_at > at - RESERVES


def _to_come(arrival: Arrival) -> int:
    return max(0, (arrival.length or 0) - arrival.offset)
