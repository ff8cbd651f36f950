"""A cycle as one archive, for the college office at any time, and for the team's lead once the result is published.

Nothing of a document's bytes leaves here: that is `actions.export_archive`, which enters in the ledger who takes it.
"""

import hashlib
import zlib
from collections.abc import Sequence

from accreditation.archive.absence import ALTERED, MISSING, closed
from accreditation.archive.index import FORMAT, index
from accreditation.archive.manifest import Absent, Manifest, Member
from accreditation.archive.naming import document_name
from accreditation.archive.packing import Archive, Packed, packed
from accreditation.archive.record import written
from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.evidence.content import Kind
from accreditation.evidence.content.kinds import ending_of
from accreditation.evidence.store import EvidenceStore
from accreditation.rules.people import Principal
from accreditation.views.archived_records import Json, gathered


def archive_of(database: Database, store: EvidenceStore, *, principal: Principal, cycle_id: int) -> Archive:
    """What is in the archive of this cycle? Every document is read once, so that what is amiss is told in it.

    The same records make the same archive, byte for byte. A document that nobody but its team may open, that was
    deleted, or whose bytes are not in the store as they were handed in, is left out, and the archive says which and
    why. Raises NotFound, NotPermitted; Unavailable where the store does not answer.
    """
    with database.one_moment() as moment, moment.reading() as session:
        found = gathered(moment, session, principal=principal, cycle_id=cycle_id)
    titles = {one["id"]: one["title"] for one in found.records["self_assessment"]["criteria"]}
    documents = _Documents(store, titles)
    for one in found.records["evidence"]["evidence"]:
        documents.take(one)
    members = documents.members()
    page = index(
        about=found.about, head=found.head, records={**found.records, "edition": found.edition}, documents=members,
        absent=documents.absent,
    )  # fmt: skip
    others = [
        packed("index.html", b"".join(page)),
        *(packed(f"records/{name}.json", b"".join(written(told))) for name, told in found.records.items()),
        *found.files,
    ]
    manifest = Manifest(
        about=found.about, head=found.head, absent=tuple(documents.absent), index=FORMAT,
        members=(*(Member(name=one.name, size=one.size, sha256=one.sha256) for one in others), *members),
    )  # fmt: skip
    return Archive(manifest=manifest, members=(*others, *documents.packed.values()))


class _Documents:
    """The documents of a cycle: those that can be packed, each once, and those that cannot, with the reason."""

    def __init__(self, store: EvidenceStore, titles: dict[str, str]) -> None:
        self._store = store
        self._titles = titles
        self._taken: set[str] = set()
        self._said: dict[str, list[Json]] = {}
        self.packed: dict[str, Packed] = {}
        self.absent: list[Absent] = []

    def take(self, one: Json) -> None:
        """Take this evidence in, or say why not."""
        digest = one["sha256"]
        looked = closed(one) or self.packed.get(digest) or self._look(one)
        if isinstance(looked, str):
            self.absent.append(
                Absent(evidence=one["id"], title=one["title"], size=one["size"], sha256=digest, why=looked)
            )
            return
        self.packed[digest] = looked
        self._said.setdefault(digest, []).append(one)

    def members(self) -> Sequence[Member]:
        """The documents as the manifest names them."""
        return [
            Member(
                name=one.name, size=one.size, sha256=digest, file_name=self._said[digest][0]["file_name"],
                evidence=tuple(said["id"] for said in self._said[digest]),
            )
            for digest, one in self.packed.items()
        ]  # fmt: skip

    def _look(self, one: Json) -> Packed | str:
        """The document as it is to be packed; or why it is not."""
        sha256, crc, size = hashlib.sha256(), 0, 0
        try:
            for piece in self._store.open(one["sha256"]):
                sha256.update(piece)
                crc, size = zlib.crc32(piece, crc), size + len(piece)
        except NotFound:
            return MISSING
        if sha256.hexdigest() != one["sha256"]:
            return ALTERED
        name = self._name(one)
        self._taken.add(name.lower())
        return Packed(name=name, size=size, sha256=one["sha256"], crc=crc, content=None)

    def _name(self, one: Json) -> str:
        first = next(iter(one["criteria"]), "")
        kind = one["clearance"]["kind"]
        return document_name(
            criterion=first, titled=self._titles.get(first, ""), number=one["id"], title=one["title"],
            ending=Kind(kind).endings[0] if kind in set(Kind) else ending_of(one["file_name"]),
            taken=self._taken,
        )  # fmt: skip
