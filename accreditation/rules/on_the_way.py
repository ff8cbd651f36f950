"""How much of one team may be on its way at once: uploads that began and are not finished lie on the engine's disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

MOST = 250
"""Uploads of one team that are not finished: a cycle's files may be 200, and some senders begin all of them at once."""

MOST_LARGEST = 50
"""They announce no more bytes together than so many of the largest files that are accepted: a whole cycle's evidence
on its way is less, and a team that begins without ever ending does not fill the disk for a week."""

MOST_OF_ONE = 200
"""Of them so many may be one person's: whoever begins and goes home leaves the others of the team room."""

MOST_LARGEST_OF_ONE = 40
"""And one person's announce no more bytes than so many of the largest files."""

NAMED = 5
"""Uploads that a refusal names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """An upload that is not finished: of `size` announced bytes `arrived` are here; it may go on `until` then.

    `own` says whether whoever asks began it, `droppable` whether they may drop it, as a team's lead may what `by`
    began. Of others only the number is told.
    """

    own: bool
    droppable: bool
    by: str
    name: str
    file_name: str
    size: int
    arrived: int
    until: datetime


def why_no_more(several: Sequence[OnTheWay], *, size: int, largest: int) -> str | None:
    """Why may whoever asks not begin an upload of `size` bytes beside these of the team? None where they may.

    `largest` is the most bytes that one file may have.
    """
    own = [one for one in several if one.own]
    for whose, those, most, files in (
        ("yours", own, MOST_OF_ONE, MOST_LARGEST_OF_ONE),
        ("your team", several, MOST, MOST_LARGEST),
    ):
        announced = sum(one.size for one in those)
        if len(those) >= most:
            refused = f"{len(those)} uploads of {whose} are not finished, and {most} may be at once."
        elif announced + size > files * largest:
            refused = (
                f"The unfinished uploads of {whose} announce {announced:,} bytes, and this one {size:,}; "
                f"{files * largest:,} may be on their way at once."
            )
        else:
            continue
        return f"{refused} {_named(those)} Finish them, or drop those that are not wanted (DELETE at the address)."
    return None


def _named(several: Sequence[OnTheWay]) -> str:
    """Which they are: the asker's own, the oldest first, then what others began that the asker may drop, else how many.

    A team's lead reads who began it.
    """
    own = [one for one in several if one.own]
    others = [one for one in several if not one.own]
    named = [one for one in others if one.droppable][:NAMED]
    told = [_shown(one) for one in own[:NAMED]]
    if len(own) > NAMED:
        told.append(f"{len(own) - NAMED} more of yours (GET /api/uploads)")
    told += [f"{_shown(one)} begun by {one.by}" for one in named]
    if len(others) > len(named):
        told.append(f"{len(others) - len(named)} {'more ' if named else ''}that others of your team began")
    return f"They are: {'; '.join(told)}."


def _shown(one: OnTheWay) -> str:
    return (
        f"'{one.file_name}' ({one.arrived:,} of {one.size:,} bytes, until {one.until:%Y-%m-%d %H:%M} UTC, "
        f"/api/uploads/{one.name})"
    )
