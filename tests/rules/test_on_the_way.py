"""How much of one team may be on its way at once, and what is said of what is."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from accreditation.rules.on_the_way import (
    MOST,
    MOST_LARGEST,
    MOST_LARGEST_OF_ONE,
    MOST_OF_ONE,
    NAMED,
    OnTheWay,
    why_no_more,
)

LARGEST = 1_000
UNTIL = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)


def one(number: int, *, own: bool = True, size: int = 1, droppable: bool = False) -> OnTheWay:
    return OnTheWay(
        own=own, droppable=own or droppable, by="A. Member", name=f"{number:032x}", file_name=f"rota {number}.pdf",
        size=size, arrived=0, until=UNTIL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("several", "size", "may"),
    [
        ([], LARGEST, True),
        ([one(number, own=False) for number in range(MOST - 1)], 1, True),
        ([one(number, own=False) for number in range(MOST)], 1, False),
        ([one(number) for number in range(MOST_OF_ONE - 1)], 1, True),
        ([one(number) for number in range(MOST_OF_ONE)], 1, False),
        ([one(1, own=False, size=(MOST_LARGEST - 1) * LARGEST)], LARGEST, True),
        ([one(1, own=False, size=(MOST_LARGEST - 1) * LARGEST)], LARGEST + 1, False),
        ([one(1, size=(MOST_LARGEST_OF_ONE - 1) * LARGEST)], LARGEST, True),
        ([one(1, size=(MOST_LARGEST_OF_ONE - 1) * LARGEST)], LARGEST + 1, False),
    ],
)
def test_so_many_and_so_many_bytes_may_be_on_their_way(several: Sequence[OnTheWay], size: int, may: bool) -> None:
    assert (why_no_more(several, size=size, largest=LARGEST) is None) is may


def test_a_refusal_names_the_askers_own_and_counts_those_of_others() -> None:
    own = [one(number) for number in range(NAMED + 2)]
    others = [one(number, own=False) for number in range(MOST - len(own))]
    said = why_no_more([*others, *own], size=1, largest=LARGEST)
    first = f"'rota 0.pdf' (0 of 1 bytes, until 2026-11-30 09:15 UTC, /api/uploads/{0:032x})"
    assert said is not None
    assert said.startswith(
        f"{MOST} uploads of your team are not finished, and {MOST} may be at once. They are: {first}; "
    )
    assert said.endswith(
        f"2 more of yours (GET /api/uploads); {len(others)} that others of your team began. Finish them, or drop those "
        "that are not wanted (DELETE at the address)."
    )
    assert said.count("rota") == NAMED


def test_whoever_reached_their_own_part_reads_of_their_own_alone_and_a_lead_who_began_the_others() -> None:
    own = [one(number) for number in range(MOST_OF_ONE)]
    said = why_no_more([one(999, own=False), *own], size=1, largest=LARGEST)
    assert said is not None
    assert said.startswith("200 uploads of yours are not finished, and 200 may be at once.")
    assert "others" not in said
    lead = why_no_more([one(number, own=False, droppable=True) for number in range(MOST)], size=1, largest=LARGEST)
    assert lead is not None
    assert lead.count("begun by A. Member") == NAMED
    assert f"; {MOST - NAMED} more that others of your team began. " in lead


def test_a_refusal_by_bytes_says_how_many_are_announced() -> None:
    said = why_no_more([one(1, own=False, size=49_500)], size=501, largest=LARGEST)
    assert said == (
        "The unfinished uploads of your team announce 49,500 bytes, and this one 501; 50,000 may be on their way at "
        "once. They are: 1 that others of your team began. Finish them, or drop those that are not wanted (DELETE at "
        "the address)."
    )
