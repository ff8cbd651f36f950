"""The entries as they are kept: append inside the caller's transaction, read, verify."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Row, Select, String, Text, inspect
from sqlalchemy import select as select_columns
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import ENTERED, UTCDateTime
from accreditation.errors import LedgerBroken, Unrecorded
from accreditation.ledger.chain import FIRST, Detail, LedgerEntryValue, Verified, canonical, digest_of

BATCH = 1000
"""How many entries are held at once while the chain is verified."""


class LedgerEntry(SQLModel, table=True):
    """A row of the ledger; the migration makes the table append-only."""

    __tablename__: ClassVar[Any] = "ledger_entry"

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    actor: str = Field(sa_type=Text, index=True)
    action: str = Field(sa_type=Text, index=True)
    subject: str = Field(sa_type=Text, index=True)
    detail: str = Field(sa_type=Text)
    previous: str = Field(sa_type=String(64))
    digest: str = Field(sa_type=String(64))


_COLUMNS: tuple[ColumnElement[Any], ...] = tuple(LedgerEntry.metadata.tables["ledger_entry"].columns)


def append(
    session: Session, *, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Detail]
) -> LedgerEntryValue:
    """Enter what is being done, in the transaction that does it: both are kept, or neither.

    `session` comes from `Database.writing()`, where writers take turns, so nobody else can be given the same
    sequence. `actor`, `action` and `subject` are one line of text each ("person:12", "evidence:attach", "cycle:7").
    Raises TypeError for what `canonical` refuses, ValueError for an empty or many-lined field, Unrecorded for
    another kind of session. Costs one read and one insert.
    """
    if ENTERED not in session.info:
        raise Unrecorded("The ledger is written in `with database.writing()` only.")
    for name, value in (("actor", actor), ("action", action), ("subject", subject)):
        if not value or not value.isprintable():
            raise ValueError(f"{name} is {value!r}; the ledger needs one line of text there")
    text = canonical(detail)
    sequence, previous = head(session)
    fields: dict[str, Any] = {
        "sequence": sequence + 1,
        "at": at,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": text,
        "previous": previous,
    }
    digest = digest_of(**fields)
    row = LedgerEntry(**fields | {"at": at.astimezone(UTC), "digest": digest})
    session.add(row)
    session.flush()
    _mark(session, row)
    return _value(row)


def head(session: Session) -> tuple[int, str]:
    """What is the last entry's sequence and digest? (0, sixty-four zeros) when nothing was entered yet.

    Kept somewhere else, a head proves later that nothing before it was changed or cut off: see `verify`.
    """
    last = session.exec(
        select(LedgerEntry.sequence, LedgerEntry.digest).order_by(col(LedgerEntry.sequence).desc()).limit(1)
    ).first()
    return (0, FIRST) if last is None else (last[0], last[1])


def entries(
    session: Session, *, subject: str | None = None, action: str | None = None, after: int = 0, limit: int = 100
) -> tuple[LedgerEntryValue, ...]:
    """Which entries of this action or any come after this sequence, oldest first, about this subject or any?

    At most `limit` of them.
    """
    question = _after(after).limit(limit)
    if action is not None:
        question = question.where(col(LedgerEntry.action) == action)
    if subject is not None:
        question = question.where(col(LedgerEntry.subject) == subject)
    return tuple(_value(row) for row in session.execute(question))


def newest(
    session: Session, *, subject: str | None = None, actors: Collection[str] | None = None, action: str | None = None,
    since: datetime | None = None, until: datetime | None = None, before: int | None = None, limit: int,
) -> tuple[LedgerEntryValue, ...]:  # fmt: skip
    """The newest entries, the newest first, of those that fit all that is asked and have a lower number than `before`.

    `since` is included and `until` is not; `actors` are whole names as the ledger has them. At most `limit` of them.
    """
    question: Select[Any] = select_columns(*_COLUMNS).order_by(col(LedgerEntry.sequence).desc()).limit(limit)
    if before is not None:
        question = question.where(col(LedgerEntry.sequence) < before)
    if subject is not None:
        question = question.where(col(LedgerEntry.subject) == subject)
    if actors is not None:
        question = question.where(col(LedgerEntry.actor).in_(actors))
    if action is not None:
        question = question.where(col(LedgerEntry.action) == action)
    if since is not None:
        question = question.where(col(LedgerEntry.at) >= since)
    if until is not None:
        question = question.where(col(LedgerEntry.at) < until)
    return tuple(_value(row) for row in session.execute(question))


def actors_like(session: Session, words: str, *, limit: int) -> tuple[str, ...]:
    """Whoever acted with these words in their name, whatever its case; by name, at most `limit` of them."""
    question = select(LedgerEntry.actor).distinct().where(col(LedgerEntry.actor).icontains(words, autoescape=True))
    return tuple(session.exec(question.order_by(col(LedgerEntry.actor)).limit(limit)))


def digests(session: Session, *, first: int, last: int) -> Iterator[tuple[int, str]]:
    """The number and the digest of every entry from `first` to `last`, both included, whomever they are about."""
    after = first - 1
    while after < last:
        found = session.exec(
            select(LedgerEntry.sequence, LedgerEntry.digest)
            .where(col(LedgerEntry.sequence) > after, col(LedgerEntry.sequence) <= last)
            .order_by(col(LedgerEntry.sequence))
            .limit(BATCH)
        ).all()
        if not found:
            return
        yield from ((sequence, digest) for sequence, digest in found)
        after = found[-1][0]


def verify(session: Session, *, expected_head: tuple[int, str] | None = None) -> Verified:
    """Does every entry recompute, and follow from the one before? Memory stays the same however long the chain is.

    Raises LedgerBroken naming the first entry that was altered, removed, put in or moved. That the *end* was not cut
    off shows only against a head that was kept elsewhere (`head`, or an earlier `Verified`): hand it in.
    """
    count, previous = 0, FIRST
    for row in _rows(session):
        count += 1
        _follows(row, sequence=count, previous=previous)
        previous = row.digest
        if expected_head is not None and count == expected_head[0] and previous != expected_head[1]:
            raise LedgerBroken(f"Entry {count} is not the one that was seen before.", sequence=count)
    if expected_head is not None and count < expected_head[0]:
        raise LedgerBroken(
            f"The ledger ends with entry {count}; it had {expected_head[0]}. Entry {count + 1} is missing.",
            sequence=count + 1,
        )
    return Verified(entries=count, head=previous)


def _follows(row: Row[Any], *, sequence: int, previous: str) -> None:
    if row.sequence > sequence:
        raise LedgerBroken(f"Entry {sequence} is missing.", sequence=sequence)
    if row.sequence < sequence:
        raise LedgerBroken(f"Entry {row.sequence} was put in.", sequence=row.sequence)
    try:
        recomputed = digest_of(**{name: value for name, value in row._mapping.items() if name != "digest"})
    except (TypeError, ValueError):
        recomputed = "nothing that can be read"
    if recomputed != row.digest:
        raise LedgerBroken(f"Entry {sequence} was altered: its digest does not recompute.", sequence=sequence)
    if row.previous != previous:
        raise LedgerBroken(f"Entry {sequence} does not follow from the entry before it.", sequence=sequence)


def _rows(session: Session) -> Iterator[Row[Any]]:
    """Every entry in order, a batch at a time, by key and not by cursor, so that no driver holds them all."""
    last: int | None = None
    while batch := _batch(session, after=last, limit=BATCH):
        yield from batch
        last = batch[-1].sequence


def _batch(session: Session, *, after: int | None, limit: int) -> list[Row[Any]]:
    try:
        return list(session.execute(_after(after).limit(limit)))
    except (TypeError, ValueError) as error:
        # A date that is no date spoils the whole batch: go one by one, to name the entry.
        if limit > 1:
            return _batch(session, after=after, limit=limit // 10)
        question = select(LedgerEntry.sequence).order_by(col(LedgerEntry.sequence)).limit(1)
        sequence = session.exec(question if after is None else question.where(LedgerEntry.sequence > after)).one()
        raise LedgerBroken(f"Entry {sequence} was altered: it cannot be read.", sequence=sequence) from error


def _after(sequence: int | None) -> Select[Any]:
    question: Select[Any] = select_columns(*_COLUMNS).order_by(col(LedgerEntry.sequence))
    return question if sequence is None else question.where(col(LedgerEntry.sequence) > sequence)


def _mark(session: Session, row: LedgerEntry) -> None:
    """Leave the entry where Database looks for it. The first stays, unless it was undone with its savepoint."""
    standing = session.info[ENTERED]
    if standing is None or inspect(standing, raiseerr=True).transient:
        session.info[ENTERED] = row


def _value(row: LedgerEntry | Row[Any]) -> LedgerEntryValue:
    try:
        detail = json.loads(row.detail)
    except ValueError as error:
        raise LedgerBroken(f"Entry {row.sequence} was altered: it cannot be read.", sequence=row.sequence) from error
    return LedgerEntryValue(
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        detail=detail,
        previous=row.previous,
        digest=row.digest,
    )
