"""How much of one team may be on its way at once: uploads that began and are not finished lie on the engine's disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

MOST = 250
"""Uploads of one team that are not finished: a cycle's files may be 200, and some senders begin all of them at once."""

MOST_LARGEST = 50
"""They announce no more bytes together than so many of the largest files that are accepted: a whole cycle's evidence
on its way is less, and a team that begins without ever ending does not fill the disk for a week."""

NAMED = 5
"""Uploads that a refusal names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """An upload that is not finished: of `size` announced bytes `arrived` are here; it may go on `until` then.

    `own` says whether whoever asks began it: of others of the team only the number is told.
    """

    own: bool
    name: str
    file_name: str
    size: int
    arrived: int
    until: datetime


def why_no_more(several: Sequence[OnTheWay], *, size: int, largest: int) -> str | None:
    """Why may the team not begin an upload of `size` bytes beside these? None where it may.

    `largest` is the most bytes that one file may have.
    """
    most_bytes = MOST_LARGEST * largest
    announced = sum(one.size for one in several)
    if len(several) >= MOST:
        refused = f"{len(several)} uploads of your team are not finished, and {MOST} may be at once."
    elif announced + size > most_bytes:
        refused = (
            f"The unfinished uploads of your team announce {announced:,} bytes, and this one {size:,}; "
            f"{most_bytes:,} may be on their way at once."
        )
    else:
        return None
    return f"{refused} {_named(several)} Finish them, or drop those that are not wanted (DELETE at the address)."


def _named(several: Sequence[OnTheWay]) -> str:
    """Which they are: the asker's own, the oldest first, and how many others."""
    own = [one for one in several if one.own]
    told = [
        f"'{one.file_name}' ({one.arrived:,} of {one.size:,} bytes, until {one.until:%Y-%m-%d %H:%M} UTC, "
        f"/api/uploads/{one.name})"
        for one in own[:NAMED]
    ]
    if len(own) > NAMED:
        told.append(f"{len(own) - NAMED} more of yours (GET /api/uploads)")
    if len(several) > len(own):
        told.append(f"{len(several) - len(own)} that others of your team began")
    return f"They are: {'; '.join(told)}."
