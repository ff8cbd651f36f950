"""One upload on its way: what is told of it, and the note beside its bytes that remembers it."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from accreditation.errors import NotFound
from accreditation.evidence.disk import sync

CHECKSUMS = ("sha256", "sha1")
"""How a piece may be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """What a sender says of one piece: one of CHECKSUMS, and the digest by it."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An upload that began: of `length` bytes (None where it was not said) the first `offset` are on the disk.

    `about` is what its beginner gave to be kept beside it, `outcome` what it became, once that is concluded. After
    `expires_at` it is swept away.
    """

    name: str
    length: int | None
    offset: int
    about: Mapping[str, str]
    begun_at: datetime
    expires_at: datetime
    outcome: str | None = None


def check_name(name: str) -> str:
    """This name, where it can be an upload's. Raises NotFound: no name escapes from the folder."""
    if not is_name(name):
        raise gone()
    return name


def is_name(name: str) -> bool:
    """Can this be the name of an upload?"""
    return re.fullmatch(r"[0-9a-f]{32}", name) is not None


def write_note(path: Path, arrival: Arrival) -> None:
    """Remember what this upload is, readable by nobody else."""
    said = {
        "length": arrival.length,
        "about": dict(arrival.about),
        "begun_at": arrival.begun_at.isoformat(),
        "expires_at": arrival.expires_at.isoformat(),
    }
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(json.dumps(said))


def read_note(path: Path, *, offset: int) -> Arrival:
    """The upload that this note remembers, of which so many bytes are there.

    Raises NotFound where there is none. One that a power cut left unfinished was never told to anybody.
    """
    with there():
        try:
            said: dict[str, Any] = json.loads(path.read_text())
        except ValueError as unfinished:
            raise gone() from unfinished
    return Arrival(
        name=path.stem,
        length=said["length"],
        offset=offset,
        about=said["about"],
        begun_at=datetime.fromisoformat(said["begun_at"]),
        expires_at=datetime.fromisoformat(said["expires_at"]),
    )


class End(NamedTuple):
    """What an upload became, and how many bytes it had."""

    outcome: str
    size: int


def write_end(path: Path, end: End) -> None:
    """Remember what the upload became: all of it, or nothing."""
    unfinished = path.with_suffix(".ending")
    unfinished.write_text(json.dumps(end))
    sync(unfinished)
    unfinished.replace(path)


def read_end(path: Path) -> End | None:
    """What the upload became; None where it is not concluded."""
    with suppress(FileNotFoundError):
        return End(*json.loads(path.read_text()))
    return None


def is_note(path: Path) -> bool:
    """Does this file remember an upload?"""
    with suppress(NotFound):
        read_note(path, offset=0)
        return True
    return False


@contextmanager
def there() -> Iterator[None]:
    """Say that there is no such upload where its files are missing."""
    try:
        yield
    except FileNotFoundError as missing:
        raise gone() from missing


def gone() -> NotFound:
    """The refusal of an upload that is not there, or no longer: both read the same."""
    return NotFound("There is no such upload, or its time is over. Begin it again.")
