"""A small scheme whose criteria say enough for documents to be placed, and documents that speak of them."""

from collections.abc import Sequence
from functools import cache

from accreditation.records import clearances
from accreditation.rules.clearance import State, rules_digest
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.views.suggestions import Suggestions, suggestions_for_cycle
from accreditation.wiring import House
from tests.building import changed
from tests.walking import AT, CYCLE, LEAD, scheme

ROTA = b"Rota of consultants for thrombolysis at night. Each night a consultant decides on thrombolysis, by telephone."
"""What speaks for 1.01, and for nothing else."""

BEDS = b"Monitored beds: heart rhythm, oxygen and blood pressure are watched continuously in each hyperacute bed."
"""What speaks for 1.10, which is asked of hyperacute units alone."""

LUNCH = b"The canteen has new opening hours. Soup is served at noon."
"""What speaks for nothing."""


@cache
def worded(
    statement: str = "A rota names the consultant who decides on thrombolysis at night.", *, edition: str = "2026.1",
    rules: str = "",
) -> Scheme:  # fmt: skip
    """This edition of the small scheme, whose 1.01 says this and whose 1.10 speaks of monitored beds; with these rules
    for evidence.
    """
    old = "  statement: There are beds."
    files = changed("criteria/first.yaml", "  statement: There is a lead.", f"  statement: {statement}")
    text = files["criteria/first.yaml"].decode()
    new = "  statement: Beds are monitored for heart rhythm, oxygen and blood pressure."
    files["criteria/first.yaml"] = text.replace(old, new).encode()
    files["scheme.yaml"] = files["scheme.yaml"].replace(b"2026.1", edition.encode()) + rules.encode()
    return read_standard(files).scheme


def looked(house: House, *versions: int, state: State = State.CLEARED, edition: Scheme | None = None) -> None:
    """Let these versions of a library stand in this state under the rules of the edition."""
    rules = rules_digest((edition or scheme()).evidence_rules)
    with house.database.bookkeeping() as session:
        for version in versions:
            clearances.append(session, version_id=version, rules=rules, state=state, by="engine", at=AT)


def shown(house: House, cycle: int = CYCLE) -> Suggestions:
    """What is suggested to North's lead."""
    return suggestions_for_cycle(house.database, principal=LEAD, cycle_id=cycle, at=AT)


def said(found: Suggestions) -> list[tuple[int, Sequence[str]]]:
    """Document and criteria, of each document for which something is suggested."""
    return [(one.document, [criterion.criterion for criterion in one.criteria]) for one in found.documents]


def left(found: Suggestions) -> dict[int, str]:
    """Document -> why nothing is suggested for it, of those that answer nothing."""
    return {one.document: one.why for one in found.left}
