"""Are the bytes that the records name still the ones that were handed in? And what lies beside them that none names?"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import Invalid, NotFound, Unavailable
from accreditation.evidence.store import EvidenceStore
from accreditation.records import named_bytes
from accreditation.records.named_bytes import Named
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.looking import Shown

Progress = Callable[[int, int], None]
"""Told after every file: how many bytes are read, of how many that the records name."""


class Trouble(StrEnum):
    """What is wrong with a file."""

    MISSING = "missing"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    DELETED = "deleted"


class NamedBy(Shown):
    """A record that names the file: evidence of a cycle, or a version of a document in a team's library."""

    file_name: str
    size: int
    team: str
    organisation: str
    cycle: int | None
    evidence: int | None
    document: int | None
    version: int | None


class FileFault(Shown):
    """A file that is not what the records say, and who would miss it."""

    sha256: str
    trouble: Trouble
    why: str
    named_by: tuple[NamedBy, ...]
    what_to_do: str


class Stray(Shown):
    """A file that lies in the store and that no record names."""

    sha256: str
    what_to_do: str


class Verified(Shown):
    """What was found. `stopped` says why not everything was looked at; "" where it was."""

    whole: bool = Field(description="Is everything that the records name there, and as it was handed in?")
    files: int = Field(description="How many different files the records name.")
    read: int = Field(description="How many of them were looked at.")
    size: int = Field(description="Bytes in the files that the records name.")
    faults: tuple[FileFault, ...]
    strays: tuple[Stray, ...]
    stopped: str
    others: tuple[str, ...] = Field(
        default=(), description="What lies in the place under no digest, by its name there."
    )
    deleted: int = Field(default=0, description="How many files were deleted and are gone, as they are to be.")


def verify_evidence(
    database: Database, store: EvidenceStore, *, principal: Principal, progress: Progress | None = None
) -> Verified:
    """Read every file that a record names, and name each fault; then name what lies there besides. Writes nothing.

    What was deleted must be gone once its job is done: where it lies there still, that is a fault. A store that does
    not answer any more ends it, and that is told beside what was found. Raises NotPermitted.
    """
    permit(principal, Permission.LEDGER_READ)
    with database.reading() as session:
        named, buried = named_bytes.sizes(session), named_bytes.buried(session)
    total = sum(named.values())
    wrong: dict[str, tuple[Trouble, str]] = {}
    strays: list[str] = []
    others: list[str] = []
    stopped, read, size = "", 0, 0
    try:
        for digest, trouble in _looked(store, list(named)):
            read, size = read + 1, size + named[digest]
            if trouble is not None:
                wrong[digest] = trouble
            if progress is not None:
                progress(size, total)
        strays = [digest for digest in store.digests() if digest not in named]
        others = list(store.others())
    except Unavailable as away:
        stopped = str(away)
    with database.reading() as session:
        still = named_bytes.buried(session)  # a file may have been deleted since we began, or a deletion been done
        lying = [one for one in strays if one in still and not still[one].waits and one in buried]
        lying = [one for one in lying if not buried[one].waits]
        wrong = {one: why for one, why in wrong.items() if one not in still}
        since = named_bytes.naming(session, [*wrong, *strays])  # or attached
        named_by = since | named_bytes.naming(session, lying, deleted=True)
    wrong |= {one: (Trouble.DELETED, f"It lies in the store still. {still[one].words}") for one in lying}
    strays = [one for one in strays if one not in since and one not in still]
    return Verified(
        whole=not wrong and not stopped, files=len(named), read=read, size=total, stopped=stopped,
        faults=tuple(_fault(one, *why, named_by.get(one, [])) for one, why in wrong.items()),
        strays=tuple(Stray(sha256=one, what_to_do=_leave(one)) for one in strays),
        others=tuple(others), deleted=len(still) - len(lying) - sum(one.waits for one in still.values()),
    )  # fmt: skip


def _looked(store: EvidenceStore, digests: Sequence[str]) -> Iterator[tuple[str, tuple[Trouble, str] | None]]:
    """Each of these and what is wrong with it. One that cannot be read keeps none behind it from being read."""
    begin = 0
    while begin < len(digests):
        try:
            for digest, whole in store.verify_all(digests[begin:]):
                found = None if whole else _wrong(store, digest)
                begin += 1
                yield digest, found
        except (Unavailable, Invalid) as error:
            if away := store.check():
                raise Unavailable(away) from error
            begin += 1
            yield digests[begin - 1], (Trouble.UNREADABLE, str(error))


def _wrong(store: EvidenceStore, digest: str) -> tuple[Trouble, str]:
    try:
        size = store.size(digest)
    except NotFound:
        return Trouble.MISSING, "It is not in the store."
    return Trouble.ALTERED, f"The {size} bytes that lie there are not those that were handed in."


def _fault(digest: str, trouble: Trouble, why: str, named: Sequence[Named]) -> FileFault:
    by = tuple(
        NamedBy(
            file_name=one.file_name, size=one.size, team=one.team, organisation=one.organisation, cycle=one.cycle,
            evidence=one.evidence, document=one.document, version=one.version,
        )
        for one in named
    )  # fmt: skip
    return FileFault(sha256=digest, trouble=trouble, why=why, named_by=by, what_to_do=_mend(digest, trouble))


def _mend(digest: str, trouble: Trouble) -> str:
    if trouble is Trouble.UNREADABLE:
        return "Mend what keeps it from being read, then verify again."
    place = f"{digest[:2]}/{digest[2:]}"
    if trouble is Trouble.DELETED:
        return (
            f"The engine takes it away with the day's upkeep, or once its job of deletion is released where that is "
            f"held; or remove {place} yourself, and from backups as well."
        )
    instead = "Put it back" if trouble is Trouble.MISSING else "Put the right bytes back"
    return f"{instead} from a backup of the evidence, as {place}, or ask the team to upload the very same file again."


def _leave(digest: str) -> str:
    return (
        "It may be an upload that is not concluded yet: leave it. The daily upkeep takes away what came through the "
        "engine and is in no record. What is still named in a week came otherwise, or the records are older than it; "
        f"{digest[:2]}/{digest[2:]} may then be removed."
    )
