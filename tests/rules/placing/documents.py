"""Documents as stroke teams write them, each with the criterion that it answers: a labelled set made from a seed.

How it was made: for each criterion of the stroke standard that asks for evidence, a policy, audit, rota, letter,
pathway or set of minutes was written twice, by somebody who had seen the numbers and titles of the criteria (to label
them) and neither their statements, guidance nor the evidence they ask for. So the documents' titles lean on the
criteria's, and accuracy without them is measured too. The two halves were written one after the other and share no
text. On the first half the weights and limits in `rules/placing.py` were chosen; nothing was chosen on the second.
Eight texts in each half are about other things ("-"). From each text the seed makes several documents: its numbers and
months, the order of its sentences, and lines around it that any document of a hospital may have.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

HALVES = ("first", "second")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A document, and the criterion that it answers; none where it is not about what the standard asks."""

    title: str
    text: str
    criterion: str | None


def documents(*, half: str, seed: int, each: int = 2) -> Iterator[Labelled]:
    """So many documents from each text of this half, always the same from one seed."""
    chance = Random(seed)
    blocks = (Path(__file__).parent / f"{half}_half.txt").read_text(encoding="utf-8").split("@ ")[1:]
    for block in blocks:
        label, title, text = block.strip().split("\n", 2)
        criterion, kind = label.split(" | ")
        for _ in range(each):
            body = _body(text, kind, chance)
            named = None if criterion == "-" else criterion
            yield Labelled(title=title, text=f"{title}\n{body}", criterion=named)


def _body(text: str, kind: str, chance: Random) -> str:
    first, *others = re.split(r"(?<=\.)\s+", text.strip())
    chance.shuffle(others)
    around = chance.sample(AROUND, 3)
    lines = [around[0], OPENINGS[kind], first, around[1], *others, around[2]]
    return re.sub(r"\{(\w+)\}", lambda slot: _filled(slot[1], chance), "\n".join(lines))


def _filled(slot: str, chance: Random) -> str:
    match slot:
        case "month":
            return f"{chance.choice(MONTHS)} {chance.randint(2023, 2026)}"
        case "site":
            return chance.choice(("north", "harbour", "riverside", "county"))
        case "pct":
            return str(chance.randint(31, 99))
        case "big":
            return str(chance.randint(110, 1400))
        case _:
            return str(chance.randint(2, 48))


MONTHS = ("January", "March", "April", "June", "September", "October", "November")

OPENINGS = {
    "policy": "Document type: policy. Approved by the clinical governance group in {month}.",
    "minutes": "Minutes of the meeting held in {month}. Apologies were received.",
    "rota": "Rota. Issued in {month}, subject to change. Swaps go through the coordinator.",
    "audit": "Clinical audit report, registered as project {big}. Period: {month}. Method: review of case notes.",
    "letter": "{month}. Dear colleague,",
    "pathway": "Clinical pathway, version {n}. For use in all areas of the {site} site.",
}
"""How a document of each kind begins."""

AROUND = (
    "This document is uncontrolled when printed. Review date: {month}.",
    "Version {n}. Author: lead nurse for stroke. Ratified in {month}.",
    "Equality impact assessment completed. No adverse impact was found.",
    "Distribution: medical, nursing and therapy staff of the stroke service.",
    "Stroke is the leading cause of complex disability in adults.",
    "Actions from the last meeting were completed, apart from item {n}.",
    "Next steps: share with the team and repeat in six months.",
    "Page 1 of {n}. Intranet, clinical guidelines, neurosciences.",
    "References: National Clinical Guideline for Stroke, 2023.",
    "Contact the stroke office at the {site} site with questions.",
    "The consultant lead and the therapy lead have read this document.",
    "Any other business: new lockers for the ward, and the date of the away day.",
    "Responsibilities: all clinical staff must know where this document is kept.",
    "Patients admitted with suspected stroke to the {site} site are concerned.",
    "Training needs are described in appendix {n}.",
)
"""What stands in any document of a hospital, and speaks for nothing."""
