"""Where a demonstration keeps its records: a folder of its own, which is never taken for one with real records."""

import os
import shutil
from pathlib import Path

from accreditation.errors import Fault, Invalid

HOME = Path("var/demo")
"""Where it is kept if nobody says otherwise."""

OWN = ("ACCREDIT_DATABASE_URL", "ACCREDIT_EVIDENCE", "ACCREDIT_WORK_POOL", "ACCREDIT_PREFECT_API_URL")
"""Settings of the real engine that a demonstration must never follow."""

MARK = "DEMONSTRATION"
"""The file that tells a demonstration's folder from one with real records."""

HELD = ("records.sqlite", "evidence", "key")
"""What an engine keeps in its folder; without the records, these are elsewhere."""


def kept_in(data: Path) -> str:
    """In which folder the records are, in words; and that the one which a setting names is left alone."""
    named = os.environ.get("ACCREDIT_DATA", "")
    if not named or Path(named).absolute() == data.absolute():
        return f"What they leave is kept in {data}."
    return (
        f"What they leave is kept in {data}. ACCREDIT_DATA={named} is not followed, as real records may be there; "
        "to have the demonstration elsewhere, name another folder with --data."
    )


def fresh(data: Path) -> None:
    """A new demonstration: last time's records go, Prefect's own tables stay, as making them takes longest.

    Raises Invalid where the folder holds records that no demonstration made: those are somebody's.
    """
    if any((data / name).exists() for name in HELD) and not (data / MARK).exists():
        raise Invalid(
            [
                Fault(
                    where=f"--data {data}",
                    found="the folder holds records that are no demonstration's",
                    allowed="name a folder that is empty or not there; nothing was touched",
                )
            ]
        )
    for name in OWN:
        os.environ.pop(name, None)
    os.environ["ACCREDIT_DATA"] = str(data)
    (data / MARK).write_text("Everything in this folder is made up, and removed by the next `accredit demo`.\n")
    for old in data.glob("records.sqlite*"):
        old.unlink()
    shutil.rmtree(data / "evidence", ignore_errors=True)
