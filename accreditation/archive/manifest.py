"""What an archive says of itself: of which cycle it tells, every member with its digest, what is left out, and why."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accreditation.archive.weighing import Room

MANIFEST = "manifest.json"
MOST_BYTES = 16_000_000
"""The most bytes of a manifest that are read."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, Field(max_length=10_000)]
Count = Annotated[int, Field(ge=0, lt=2**63)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class About(_Said):
    """Which cycle the archive tells of, as it stood when the last entry of its ledger extract was made."""

    cycle: Count
    team: Words
    organisation: Words
    scheme: Words
    scheme_title: Words
    edition: Words
    edition_sha256: Sha256
    stage: Words
    as_of: datetime
    made_for: Literal["office", "team"] = Field(description="For whom: a team is not given what it may not see.")


class Head(_Said):
    """An entry of the ledger's chain, by its number and its digest."""

    sequence: Count
    sha256: Sha256


class Member(_Said):
    """A file in the archive. `evidence` are the ids of the evidence that is this document; none of a record."""

    name: Words
    size: Count
    sha256: Sha256
    evidence: tuple[Count, ...] = ()
    file_name: Words = Field(default="", description="What a document was called where it came from.")


class Absent(_Said):
    """A document that was handed in and is not in the archive, and why."""

    evidence: Count
    title: Words
    size: Count
    sha256: Sha256
    why: Words


class Manifest(_Said):
    """Everything that is in the archive besides the manifest itself, in the order in which it lies there."""

    archive: Literal[1] = 1
    index: Count | None = Field(default=None, description="The form of index.html; none where it was not told yet.")
    about: About
    head: Head
    members: tuple[Member, ...]
    absent: tuple[Absent, ...]

    def written(self) -> bytes:
        """The one way in which a manifest is written."""
        told = self.model_dump(mode="json", exclude={"index"} if self.index is None else None)
        return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_manifest(content: bytes) -> Manifest | None:
    """The manifest that these bytes are; None where they are none, not as one is written, or larger than one is."""
    if not Room().fits(content):
        return None
    try:
        found = Manifest.model_validate_json(content)
        return found if found.written() == content else None
    except (ValidationError, ValueError):
        return None


def sha256_of(content: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
