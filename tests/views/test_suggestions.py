"""What a team sees of what is suggested: to it alone, with why, and with what speaks against it."""

from datetime import date
from typing import Any

import pytest

from accreditation.actions.submit import submit
from accreditation.database import observe_statements
from accreditation.errors import NotFound, NotPermitted
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.views.suggestions import suggestions_for_cycle
from accreditation.wiring import House
from tests.placing import LUNCH, ROTA, left, said, shown, worded
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    STRANGER,
    attach,
    begin,
    keep,
    nothing_kept,
    rate_all,
    reviewer,
    work,
)


def kept(house: House, content: bytes = ROTA, **described: Any) -> int:
    """Keep this document, and let the engine look at it."""
    version = keep(house, content=content, **described).id
    work(house, Kind.EVIDENCE)
    return version


def test_the_team_reads_what_is_suggested_and_nobody_else_does(house: House) -> None:
    begin(house, edition=worded())
    kept(house)
    kept(house, LUNCH, title="Canteen")
    with nothing_kept(house):
        found = shown(house)
        again = suggestions_for_cycle(house.database, principal=MEMBER, cycle_id=CYCLE, at=AT)
    assert (again, said(found), list(left(found))) == (found, [(1, ["1.01"])], [2])
    assert found.words == (
        "1 document of your library may answer criteria of your cycle of A small scheme, by their words. "
        "Look before you attach: nothing is attached yet."
    )
    for who in (OFFICE, COMMITTEE):
        with pytest.raises(NotPermitted):
            suggestions_for_cycle(house.database, principal=who, cycle_id=CYCLE, at=AT)
    for stranger in (STRANGER, reviewer(1)):
        with pytest.raises(NotFound, match="There is no such cycle"):
            suggestions_for_cycle(house.database, principal=stranger, cycle_id=CYCLE, at=AT)


@pytest.mark.parametrize(
    ("described", "beware"),
    [
        ({}, ""),
        ({"review_by": date(2026, 3, 31)}, "it was to be reviewed by 2026-03-31"),
        ({"effective_on": date(2026, 4, 2)}, "it holds from 2026-04-02 only"),
    ],
)
def test_what_speaks_against_a_document_is_said_beside_it(
    house: House, described: dict[str, Any], beware: str
) -> None:  # fmt: skip
    begin(house, edition=worded())
    kept(house, **described)
    assert [one.beware for one in shown(house).documents[0].criteria] == [beware]


def test_once_the_evidence_is_submitted_nothing_is_suggested(house: House) -> None:
    begin(house, edition=worded())
    kept(house)
    attach(house)
    work(house, Kind.EVIDENCE)
    rate_all(house)
    for stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE):
        assert said(shown(house)) == [(1, ["1.01"])]
        submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=stage, at=AT)
    found = shown(house)
    assert (found.words, found.documents, found.left) == (
        "The evidence is submitted: nothing is suggested any more.", (), (),
    )  # fmt: skip


def test_suggestions_cost_the_same_statements_however_much_a_team_keeps(house: House) -> None:
    begin(house, edition=worded())
    costs = []
    for number in range(3):
        kept(house, ROTA + str(number).encode())
        shown(house)
        with observe_statements(house.database) as seen:
            assert len(shown(house).documents) == number + 1
        costs.append(len(seen))
    assert costs == [8, 8, 8]
