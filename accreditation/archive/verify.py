"""Is this archive what was exported? Every member against the manifest, the ledger extract, the records against it."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic_core import from_json

from accreditation.archive.agreeing import compare_records, compare_signed
from accreditation.archive.complete import compare_all
from accreditation.archive.crossing import MOST_RECORD, READ, WORD_FOR_WORD, Held, held_by_ledger
from accreditation.archive.extract import (
    CHAIN,
    ENTRIES,
    LONGEST_ENTRY,
    LONGEST_LINK,
    MOST_ENTRIES,
    MOST_WRONG,
    Recomputed,
    Walked,
    links,
    read_entries,
    walk_chain,
)
from accreditation.archive.manifest import MANIFEST, MOST_BYTES, Manifest, Member, read_manifest, sha256_of
from accreditation.archive.opening import Lying, Opened, opened
from accreditation.archive.record import same, written
from accreditation.archive.telling import INDEX, compare_names, compare_page, compare_told, other_form
from accreditation.archive.weighing import Room
from accreditation.errors import Fault, Invalid

Trouble = Literal["missing", "altered", "added", "renamed", "container", "ledger", "records", "digest"]


MOST_FAULTS = MOST_WRONG
"""No more are named: an archive with so many is none."""

LONGEST_FAULT = 500
"""The most characters that are said of one: it may repeat what stands in the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that is not as it was exported: what kind, which member, and how it shows."""

    trouble: Trouble
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found. `held` is what the ledger extract confirms of the records, and how much of it.

    `proven` says that the manifest's digest was given, and is that; `unread` why the page is not compared with the
    records, empty where it is.
    """

    manifest: Manifest
    sha256: str
    size: int
    files: int
    entries: int
    chain: Walked
    held: Sequence[Held]
    faults: Sequence[Found]
    proven: bool
    unread: str

    @property
    def whole(self) -> bool:
        """Is everything as it was exported, as far as that is seen in it?

        A page that was not compared is proven by the manifest's digest alone, which somebody was told.
        """
        return not self.faults and (self.proven or not self.unread)


@dataclass(frozen=True, kw_only=True)
class _Looking:
    """An archive while it is looked through."""

    open: Opened
    manifest: Manifest
    proven: bool
    faults: list[Found] = field(default_factory=list)

    def wrong(self, trouble: Trouble, name: str, why: str) -> None:
        """Keep this fault, as long as there are not too many to read."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Found(trouble=trouble, name=name, why=why[:LONGEST_FAULT]))

    def lying(self, name: str) -> Lying | None:
        return next((one for one in self.open.members if one.name == name), None)

    def lines(self, name: str, *, longest: int, most: int | None = None) -> Iterator[bytes]:
        """The lines of this member; none where it is missing or too large, and that is told."""
        member = self.lying(name)
        if member is None or (most is not None and member.entry.size > most):
            self.wrong("ledger", name, "it is not there" if member is None else "it is larger than any extract is")
            return iter(())
        return self.open.lines(member, longest=longest)


def verify_archive(path: Path, *, digest: str = "", head: tuple[int, str] | None = None) -> Checked:
    """Check everything in this archive that can be checked without anything else; memory and time are bounded by it.

    `digest` is the manifest's as somebody was told it; `head` an entry of the chain that somebody kept. Raises Invalid
    where it is no archive, has no manifest that can be read, or is made to mislead or to exhaust a reader; OSError.
    """
    with opened(path) as found:
        content = _manifest_in(found)
        manifest = read_manifest(content)
        if manifest is None:
            raise Invalid([Fault(where=MANIFEST, found="altered, it cannot be read", allowed="as it was exported")])
        sha256 = sha256_of(content)
        looking = _Looking(open=found, manifest=manifest, proven=digest.lower() == sha256)
        for why in found.faults:
            looking.wrong("container", "the archive", why)
        _members(looking)
        if digest and not looking.proven:
            looking.wrong("digest", MANIFEST, f"its SHA-256 is {sha256}, not the one that you were told")
        entries = _entries(looking)
        chain = _chain(looking, entries, head)
        held = _held(looking, _records(looking), entries)
        return Checked(
            manifest=manifest, sha256=sha256, size=path.stat().st_size, files=len(found.members),
            entries=len(entries), chain=chain, held=held, faults=tuple(looking.faults), proven=looking.proven,
            unread=other_form(manifest),
        )  # fmt: skip


def chain_of(path: Path) -> Iterator[tuple[int, str]]:
    """The chain in this archive, number and digest of each entry, for whoever holds the ledger to compare."""
    with opened(path) as found:
        member = next((one for one in found.members if one.name == CHAIN), None)
        if member is not None:
            yield from links(found.lines(member, longest=LONGEST_LINK))


def _manifest_in(found: Opened) -> bytes:
    member = next((one for one in found.members if one.name == MANIFEST), None)
    content = None if member is None else found.whole(member, most=MOST_BYTES)
    if content is None:
        what = "missing" if member is None else f"larger than {MOST_BYTES:,} bytes"
        raise Invalid([Fault(where=MANIFEST, found=what, allowed="an archive that was exported with this engine")])
    return content


def _members(looking: _Looking) -> None:
    """Is every member what the manifest says, and is there none besides?"""
    told = {one.name: one for one in looking.manifest.members}
    if len(told) < len(looking.manifest.members):
        looking.wrong("altered", MANIFEST, "it names a member twice")
    found: dict[str, str] = {}
    for member in looking.open.members:
        found[member.name], crc = _digests(looking.open, member)
        if crc != member.entry.crc:
            looking.wrong("altered", member.name, "its checksum is not the one that stands in its header")
    names = [one for one in found if one != MANIFEST]
    sizes = {member.name: member.entry.size for member in looking.open.members}
    by_digest = {one.sha256: one.name for one in reversed(looking.manifest.members)}
    missing = {name for name in told if name not in found}
    for name in names:
        if name not in told:
            _stranger(looking, name, by_digest.get(found[name]), missing)
        elif found[name] != told[name].sha256:
            _altered(looking, told[name], by_digest.get(found[name]))
        elif sizes[name] != told[name].size:
            looking.wrong("altered", name, "it has not the size that the manifest says")
    for name in sorted(missing):
        looking.wrong("missing", name, f"the manifest names it: {told[name].size} bytes, SHA-256 {told[name].sha256}")
    if names != list(told) and set(names) == set(told):
        looking.wrong("container", MANIFEST, "the members lie in another order than it says")


def _digests(found: Opened, member: Lying) -> tuple[str, int]:
    sha256, crc = hashlib.sha256(), 0
    for piece in found.pieces(member):
        sha256.update(piece)
        crc = zlib.crc32(piece, crc)
    return sha256.hexdigest(), crc


def _stranger(looking: _Looking, name: str, same: str | None, missing: set[str]) -> None:
    if same in missing:
        missing.discard(same)
        looking.wrong("renamed", name, f"it is the file that was exported as '{same}'")
    else:
        looking.wrong("added", name, "the manifest does not name it")


def _altered(looking: _Looking, told: Member, same: str | None) -> None:
    as_if = "" if same is None else f"; it has the bytes of '{same}'"
    looking.wrong("altered", told.name, f"its bytes are not those that were exported{as_if}")


def _entries(looking: _Looking) -> list[Recomputed]:
    lines = looking.lines(ENTRIES, longest=LONGEST_ENTRY, most=MOST_ENTRIES)
    cycle = looking.manifest.about.cycle
    return list(read_entries(lines, cycle=cycle, wrong=lambda name, why: looking.wrong("ledger", name, why)))


def _chain(looking: _Looking, entries: Sequence[Recomputed], head: tuple[int, str] | None) -> Walked:
    own = {one.sequence: one for one in entries}
    walked = walk_chain(
        looking.lines(CHAIN, longest=LONGEST_LINK), own=own, through=head,
        wrong=lambda name, why: looking.wrong("ledger", name, why),
    )  # fmt: skip
    stated = looking.manifest.head
    if (walked.sequence, walked.digest) != (stated.sequence, stated.sha256):
        looking.wrong("ledger", CHAIN, f"it does not end with the head that the manifest states, {stated.sequence}")
    if head is not None and not walked.passed:
        looking.wrong("ledger", CHAIN, f"entry {head[0]} with the digest that you gave is not in it")
    return walked


def _records(looking: _Looking) -> dict[str, Any]:
    """The records that are looked into, in the order in which they lie, as far as they can be read."""
    records: dict[str, Any] = {}
    room = Room()
    for member in looking.open.members:
        if member.name not in READ:
            continue
        content = looking.open.whole(member, most=MOST_RECORD)
        if content is None or not room.take(content):
            looking.wrong("records", member.name, "it is larger than any record is, or all of them together are")
            continue
        try:
            told = records[member.name] = from_json(content)
            as_written = member.name in WORD_FOR_WORD or same(written(told), (content,))
        except ValueError:
            looking.wrong("records", member.name, "it cannot be read")
            continue
        if not as_written:
            looking.wrong("records", member.name, "it is not written as an archive writes a record")
    return records


def _held(looking: _Looking, records: Mapping[str, Any], entries: Sequence[Recomputed]) -> tuple[Held, ...]:
    """The records against the entries, and the manifest and the page against the records."""
    manifest = looking.manifest
    by_name = {name.removeprefix("records/").removesuffix(".json"): told for name, told in records.items()}
    as_exported = not looking.faults

    def wrong(name: str, why: str) -> None:
        looking.wrong("records", name, why)

    try:
        held = held_by_ledger(manifest, records, entries, wrong=wrong)
        compare_all(records, entries, whole=manifest.about.made_for == "office", wrong=wrong)
        compare_told(manifest, by_name, entries, wrong=wrong)
        compare_records(records, cycle=manifest.about.cycle, wrong=wrong)
        compare_signed(records, entries, wrong=wrong)
        if not looking.proven:
            compare_names(manifest, wrong=wrong)
        page = looking.lying(INDEX)
        if page is None:
            wrong(INDEX, "it is not there")
        elif as_exported and not other_form(manifest):
            compare_page(manifest, by_name, looking.open.pieces(page), wrong=wrong)
    except (LookupError, TypeError, AttributeError, ValueError, OverflowError, RecursionError):
        looking.wrong("records", "records", "they cannot be compared with the ledger extract: they have another form")
        return ()
    return held
