"""Can a team still be completed around the seats that are fixed? What it asks for at least, and who could bring it.

All rules but one only say what must not be: where fixed seats break them, nobody who joins mends it, and where they do
not, nobody has to join. The rule on experience says what must be there, so a team is judged by whoever could join it.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from accreditation.rules.matching.eligible import Prepared, prepare
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.solve import solve


def lacks_experience(asked: Question, *, cycles: Collection[int]) -> Mapping[int, int]:
    """Cycle -> how many experienced people its team lacks, whoever joins those who are fixed (`already`, `locks`).

    Each team by itself: whoever could join it is not counted as taken by another, unless a fixed seat takes them.
    Nothing of a team that can have as many as the scheme asks for.
    """
    wanted = asked.rules.experienced
    if wanted is None or not cycles:
        return {}
    skilled = {one.id for one in asked.reviewers if one.visits_done >= wanted.after_visits}
    rating = {seat.role for seat in asked.seats if not seat.observes}
    fixed = {(one.cycle, one.reviewer) for one in (*asked.already, *asked.locks) if one.role in rating}
    short = {
        cycle: missing
        for cycle in sorted({*cycles} & {visit.cycle for visit in asked.visits})
        if (missing := wanted.at_least - sum((cycle, one) in fixed for one in skilled)) > 0
    }
    if not short:
        return {}
    could = replace(
        asked,
        reviewers=tuple(one if one.id in skilled else replace(one, capacity=0) for one in asked.reviewers),
        rules=asked.rules.model_copy(update={"experienced": None}),
        stays=(), before=(),
    )  # fmt: skip
    joining = _could_join(could, prepare(could, cycles=short), short)
    return {cycle: missing - joining[cycle] for cycle, missing in short.items() if joining[cycle] < missing}


def _could_join(asked: Question, prepared: Prepared, short: Mapping[int, int]) -> Mapping[int, int]:
    """Cycle -> how many of these people could join its team at once; as far as it is short of them.

    Each place is one that somebody may take; only where two are to be taken do they have to go together.
    """
    places = np.bincount(prepared.instance.places.visit, minlength=len(prepared.cycles)).tolist()
    found = {cycle: min(number, short[cycle]) for cycle, number in zip(prepared.cycles, places, strict=True)}
    for cycle, number in found.items():
        if number > 1:
            alone = prepare(asked, cycles={cycle}).instance
            found[cycle] = min(len(solve(alone, fair=False).filling), short[cycle])
    return found
