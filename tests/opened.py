"""Houses as tests open them: as anybody does, but nothing waits for a disk."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache

from accreditation.wiring import House, Settings, open_house
from tests.examining import reading


def opened(data: Path, *, database_url: str = "", evidence: str | None = None, evidence_endpoint: str = "") -> House:
    """A house whose data are in this folder. Its SQLite file need not survive a power cut: a test's never does.

    Files are looked at in this process, by an examiner that takes no time.
    """
    house = open_house(
        Settings(data=data, database_url=database_url, evidence=evidence, evidence_endpoint=evidence_endpoint)
    )
    house = replace(house, examine=reading(house.evidence))
    if house.database.dialect == "sqlite":
        for engine in (house.database.reader, house.database.writer):
            event.listen(engine, "checkout", _do_not_wait)
            _compile_once(engine)
    return house


_COMPILED: LRUCache[Any, Any] = LRUCache(5000)
"""Every statement that a test of this process has asked, compiled."""

_DIALECTS: list[Any] = []


def _compile_once(engine: Engine) -> None:
    """Let this engine take statements that another one compiled for the same SQLite.

    They are kept for each engine and its dialect, and every test has engines of its own: without this, a third of what
    most tests do is compiling what the one before has compiled.
    """
    if not _DIALECTS:
        engine.connect().close()  # from here on its dialect knows this SQLite
        _DIALECTS.append(engine.dialect)
    engine.dialect = _DIALECTS[0]
    engine._compiled_cache = _COMPILED


def _do_not_wait(raw: Any, *_rest: object) -> None:
    raw.execute("PRAGMA synchronous=OFF")
