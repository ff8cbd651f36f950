"""The chain, pure: what an entry says, its one canonical form, and its digest.

An outsider recomputes a digest with any JSON library. Take the seven fields of the entry,

    action, actor, at, detail, previous, sequence, subject

as one JSON object in the form of RFC 8785 (JSON Canonicalization Scheme: members sorted by name, no white space,
only the escapes JSON requires, UTF-8), and take the SHA-256 of those bytes in lower-case hexadecimal.

- `at` is UTC with microseconds: `2026-11-22T09:30:00.000000Z`.
- `detail` is a *string*: the stored text, itself a JSON object. It is not parsed for the digest, so not even a
  space in it can change unseen.
- `sequence` is a number: 1, 2, 3 … without holes.
- `previous` is the digest of the entry before; sixty-four zeros for the first.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

FIRST = "0" * 64
"""What the first entry has in place of the digest of an entry before."""

Plain: TypeAlias = "bool | int | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""What an entry's detail holds when it is read back: JSON without fractions."""

Detail: TypeAlias = "bool | int | str | date | datetime | Sequence[Detail] | Mapping[str, Detail] | None"
"""What may be handed in as detail: as above, and dates and aware datetimes, which are kept as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntryValue:
    """One entry: at this moment this actor did this to that. `detail` is what the action adds, for an appeal."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Plain]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A chain that recomputes: how many entries, and the digest of the last, which stands for all of them."""

    entries: int
    head: str


def digest_of(*, sequence: int, at: datetime, actor: str, action: str, subject: str, detail: str, previous: str) -> str:
    """What is the digest of an entry with these fields? `detail` is its canonical text; the form is stated above.

    Raises TypeError for a naive datetime or a field that is not text, ValueError for half a character (a lone
    surrogate), which no database keeps.
    """
    fields = {
        "action": action,
        "actor": actor,
        "at": moment(at),
        "detail": detail,
        "previous": previous,
        "sequence": sequence,
        "subject": subject,
    }
    return hashlib.sha256(_json(fields).encode()).hexdigest()


def moment(at: datetime) -> str:
    """How is a moment written in the ledger? UTC, always with microseconds; TypeError for a naive datetime."""
    if at.tzinfo is None:
        raise TypeError(f"{at.isoformat()} has no time zone; hand in an aware datetime")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def canonical(detail: Mapping[str, Detail]) -> str:
    """How is this detail written? Sorted, without white space. TypeError names what cannot be kept, and where.

    A float is refused because 79.66 is not one number to every reader: hand in the exact text of it.
    """
    return _json(_plain(detail, where="detail"))


def _plain(value: object, *, where: str) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            for key in value:
                if not isinstance(key, str):
                    raise TypeError(f"{where} has the key {key!r}; the ledger keeps text as keys only")
            return {key: _plain(one, where=f"{where}.{key}") for key, one in value.items()}
        case list() | tuple():
            return [_plain(one, where=f"{where}[{index}]") for index, one in enumerate(value)]
    raise TypeError(
        f"{where} is a {type(value).__name__}; the ledger keeps text, whole numbers, true, false, null, dates, "
        "lists and objects: write a fraction as text"
    )


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
