"""Which bytes came under their digest and are in no record yet: a note beside what arrives, until one names them."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from accreditation.evidence.disk import plainly, sync
from accreditation.evidence.place import Kept, Place

ENDING = ".unrecorded"
"""How the note of a digest is called. It is empty: when it was written is when the bytes came."""


class Unrecorded:
    """Notes in `folder`, one a digest. Whoever keeps bytes in a record forgets its note afterwards.

    Killed in between, the note stays and tells of bytes that may be nobody's. What lies in the place without a note,
    as after older records were brought back from a backup, came otherwise and is not told of here.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, place: Place, file: Path, kept: Kept) -> None:
        """Put these bytes into the place under their digest, noted before."""
        await asyncio.to_thread(self._note, kept.digest)
        await place.put(file, kept)

    def forget(self, digest: str) -> None:
        """A record names these bytes, or they are gone."""
        with plainly():
            self._path(digest).unlink(missing_ok=True)

    def before(self, moment: datetime) -> Iterator[str]:
        """Of which digests does a note from before this moment lie here?"""
        with plainly():
            for note in sorted(self._folder.glob(f"*{ENDING}")):
                with suppress(FileNotFoundError):  # it was forgotten while we looked
                    came = datetime.fromtimestamp(note.stat().st_mtime, UTC)
                    if came < moment and re.fullmatch(r"[0-9a-f]{64}", note.stem):
                        yield note.stem

    def _note(self, digest: str) -> None:
        with plainly():
            self._path(digest).touch(mode=0o600)
            sync(self._folder)

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}{ENDING}"
