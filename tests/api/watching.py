"""What an answer needs of the records, in counts: a stopwatch would tell of the machine, and never the same twice.

Two equal answers may still take longer or shorter. All that an answer knows of others' work comes out of the
database: where the statements, the rows they give and the steps to find them are equal, so is the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event

from accreditation.database import Database
from accreditation.wiring import House
from tests.api.asking import Client


@dataclass(slots=True)
class Asked:
    """One statement: its text, the rows that were read of its answer, and how many steps SQLite took for it."""

    statement: str
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    steps: int = 0


@contextmanager
def watched(database: Database, *, steps: bool = True) -> Iterator[list[Asked]]:
    """What is asked of this SQLite database in the block, by whichever thread? `steps` are costly to count."""
    work: list[Asked] = []

    def row(_cursor: Any, values: tuple[Any, ...]) -> tuple[Any, ...]:
        if work:  # before the first statement a connection is prepared
            work[-1].rows.append(values)
        return values

    def step() -> int:
        if work:
            work[-1].steps += 1
        return 0

    def taken(raw: Any, *_rest: Any) -> None:
        raw.row_factory = row
        if steps:
            raw.set_progress_handler(step, 1)

    def given_back(raw: Any, *_rest: Any) -> None:
        raw.row_factory = None
        raw.set_progress_handler(None, 0)

    def asked(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        work.append(Asked(statement))

    listeners = (("before_cursor_execute", asked), ("checkout", taken), ("checkin", given_back))
    both = (database.reader, database.writer)
    for engine in both:
        for name, listener in listeners:
            event.listen(engine, name, listener)
    try:
        yield work
    finally:
        for engine in both:
            for name, listener in listeners:
                event.remove(engine, name, listener)


@dataclass(frozen=True, kw_only=True)
class Still(House):
    """A house whose clock stands."""

    moment: datetime

    def now(self) -> datetime:
        """Always this moment."""
        return self.moment


def stand_still(*clients: Client) -> None:
    """Let all of these be asked at one moment, with one form's cookie: what is different then, is so for a reason."""
    moment = clients[0].house.now()
    for client in clients:
        client.keep_cookie("form", "the same in every world")
        house = client.house
        client.house = client.app.state.house = Still(
            settings=house.settings,
            database=house.database,
            evidence=house.evidence,
            examine=house.examine,
            moment=moment,
        )
