"""Houses as tests open them: as anybody does, but nothing waits for a disk."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event

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
    return house


def _do_not_wait(raw: Any, *_rest: object) -> None:
    raw.execute("PRAGMA synchronous=OFF")
