"""The ledger extract: a cycle's own entries whole, and between them the digest of every other entry of the chain.

What an entry says is bound by its digest, which recomputes from the entry alone; each entry names the digest of the one
before it. The entries of others are not shown, so the digests between two of a cycle's own entries are stated, not
recomputed: that they are those of the college's ledger is confirmed by whoever holds the ledger, or a head of it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from accreditation.archive.weighing import Room
from accreditation.ledger.chain import FIRST, LedgerEntryValue, canonical, digest_of, moment

ENTRIES, CHAIN = "ledger/entries.jsonl", "ledger/chain.txt"
MOST_ENTRIES = 32_000_000
"""The most bytes of entries that are read; a cycle has a few million."""

MOST_WRONG = 1000
LONGEST_ENTRY, LONGEST_LINK = 4_000_000, 100
TOO_MUCH = "it says more than any entry does, or all of them together do"
EXPORT = "archive:export"
"""The ledger's action for an export. It is no part of an extract: the same records make the same archive again."""

COMPARED = frozenset(
    {
        "evidence:attach", "evidence:withdraw", "evidence:replace", "evidence:request", "evidence:answer",
        "assessment:rate", "assessment:import", "cycle:carry_over", "review:close", "review:settle", "risk:raise",
        "risk:answer", "accuracy:comment", "accuracy:answer", "indicator:challenge", "indicator:answer",
        "award:recommend", "award:decide", "award:publish", "appeal:lodge", "appeal:answer",
    }
)  # fmt: skip
"""The actions whose entries are compared with the records; what others say is held by their digests alone."""

_FIELDS = frozenset({"sequence", "at", "actor", "action", "subject", "detail", "previous", "digest"})

Wrong = Callable[[str, str], None]
"""Told of each fault: which member, and what is wrong."""


def written_entries(entries: Iterable[LedgerEntryValue]) -> bytes:
    """These entries, a line each, with the text of each detail as its digest was worked out from."""
    return b"".join(_line(one) for one in entries)


def _line(one: LedgerEntryValue) -> bytes:
    told = {
        "action": one.action, "actor": one.actor, "at": moment(one.at), "detail": canonical(one.detail),
        "digest": one.digest, "previous": one.previous, "sequence": one.sequence, "subject": one.subject,
    }  # fmt: skip
    return _written(told) + b"\n"


def _written(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def written_chain(links: Iterable[tuple[int, str]]) -> bytes:
    """The chain, a line each: the number of an entry and its digest."""
    return b"".join(f"{sequence} {digest}\n".encode() for sequence, digest in links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """An entry of the extract whose digest recomputes. `detail` is kept where it is compared with the records."""

    sequence: int
    at: str
    actor: str
    action: str
    detail: Mapping[str, Any]
    previous: str
    digest: str


def read_entries(lines: Iterable[bytes], *, cycle: int, wrong: Wrong) -> Iterator[Recomputed]:
    """Every entry whose digest recomputes, in order; what is wrong with the others is told.

    After a thousand lines that are none no more is read: whoever made them means to keep us busy.
    """
    last = wrongs = 0
    room = Room()
    for number, line in enumerate(lines, 1):
        one = _recomputed(line, cycle, room)
        if isinstance(one, str):
            wrong(ENTRIES, f"line {number}: {one}")
            wrongs += 1
            if wrongs == MOST_WRONG:
                return
        elif one.sequence <= last:
            wrong(ENTRIES, f"line {number}: entry {one.sequence} does not come after entry {last}")
        else:
            last = one.sequence
            yield one


def _recomputed(line: bytes, cycle: int, room: Room) -> Recomputed | str:
    if not room.fits(line):
        return TOO_MUCH
    try:
        told = from_json(line)
        said = told["detail"].encode()
        if not (room.take(said) if told["action"] in COMPARED else room.fits(said)):
            return TOO_MUCH
        detail = from_json(said)
        fields = {name: told[name] for name in _FIELDS - {"digest"}} | {"at": datetime.fromisoformat(told["at"])}
        digest = digest_of(**fields)
        as_written = _written(told) == line and told.keys() == _FIELDS
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
        return "it is no entry that can be read"
    if not as_written:
        return "it is not written as the ledger's entries are"
    if digest != told["digest"] or moment(fields["at"]) != told["at"]:
        return f"entry {told['sequence']} was altered: its digest does not recompute"
    if told["subject"] != f"cycle:{cycle}":
        return f"entry {told['sequence']} is about '{told['subject']}', not about this cycle"
    if not isinstance(detail, dict) or not isinstance(told["sequence"], int):
        return "it is no entry that can be read"
    return Recomputed(
        sequence=told["sequence"], at=str(told["at"]), actor=str(told["actor"]), action=str(told["action"]),
        previous=str(told["previous"]), digest=digest,
        detail=detail if told["action"] in COMPARED else {},
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """How far the chain was walked: how many digests, and the last of them."""

    links: int
    sequence: int
    digest: str
    passed: bool


def walk_chain(
    lines: Iterable[bytes], *, own: Mapping[int, Recomputed], through: tuple[int, str] | None, wrong: Wrong
) -> Walked:
    """Does the chain go on without a hole, through each of the cycle's own entries? Memory stays the same.

    `through` is an entry that somebody knows from elsewhere; `passed` says whether the chain has it.
    """
    found, passed = 0, through is None
    sequence, digest = 0, FIRST
    links = 0
    for links, line in enumerate(lines, 1):
        link = read_link(line)
        if link is None or (links > 1 and link[0] != sequence + 1):
            wrong(CHAIN, f"line {links}: the chain does not go on there")
            break
        entry = own.get(link[0])
        if entry is not None:
            found += 1
            if entry.digest != link[1] or (links > 1 and entry.previous != digest):
                wrong(CHAIN, f"line {links}: entry {link[0]} is not the one of the extract")
        passed = passed or link == through
        sequence, digest = link
    if found < len(own):
        wrong(CHAIN, f"the chain has {found} of the {len(own)} entries of the extract")
    return Walked(links=links, sequence=sequence, digest=digest, passed=passed)


def links(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """The chain as it is written, as far as it can be read."""
    for line in lines:
        link = read_link(line)
        if link is None:
            return
        yield link


def read_link(line: bytes) -> tuple[int, str] | None:
    """The number and the digest that a line of the chain says; None where it is none."""
    sequence, _, digest = line.decode("ascii", errors="replace").partition(" ")
    known = sequence.isdecimal() and len(sequence) < 19 and len(digest) == 64
    return (int(sequence), digest) if known and set(digest) <= set("0123456789abcdef") else None
