"""Stores as tests of evidence know them: on a folder, or on a bucket of a real S3 server."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from accreditation.evidence.room import Free, free_on
from accreditation.evidence.store import EvidenceStore, open_store
from accreditation.evidence.unrecorded import ENDING
from accreditation.evidence.where import BucketName
from tests.buckets import BucketServer

NUMBERS = count(1)
LIMIT = 3 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A store, and where its bytes really are. `again` opens it as another process does, which knows nothing yet."""

    again: Callable[[], EvidenceStore]
    arriving: Path
    lying: Callable[[str], Path]

    def left(self) -> list[str]:
        """The names of the files that lie where uploads arrive, but for the notes of what no record names yet."""
        return sorted(path.name for path in self.arriving.glob("*") if path.suffix != ENDING)


def folder_ground(tmp_path: Path, *, limit: int = LIMIT, free: Free = free_on) -> Ground:
    folder = tmp_path / "evidence"
    return Ground(
        again=lambda: open_store(folder, arriving=None, limit=limit, free=free),
        arriving=folder / "arriving",
        lying=lambda digest: folder / digest[:2] / digest[2:],
    )


def bucket_ground(server: BucketServer, tmp_path: Path, *, limit: int = LIMIT) -> Ground:
    server.bucket("evidence")
    name = BucketName("evidence", f"trusts/{next(NUMBERS)}")
    return Ground(
        again=lambda: open_store(name, arriving=tmp_path / "arriving", limit=limit, endpoint=server.endpoint),
        arriving=tmp_path / "arriving",
        lying=lambda digest: server.lying(name, digest),
    )
