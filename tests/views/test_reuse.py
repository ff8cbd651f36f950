"""What a team has already is offered in its other cycles and in its next one; nothing is attached by itself."""

from datetime import date

import pytest

from accreditation.actions.attach_from_library import Wanted, attach_from_library
from accreditation.actions.enrol import enrol
from accreditation.actions.leave import withdraw
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.database import observe_statements
from accreditation.errors import NotFound, NotPermitted
from accreditation.scheme.model import Scheme
from accreditation.views.reuse import Offers, offers_for_cycle, offers_of_document
from accreditation.wiring import House
from tests.related import endoscopy
from tests.walking import AT, CYCLE, LEAD, NO_UNIT, NORTH, OFFICE, STRANGER, attach, begin, keep, nothing_kept, scheme


def another(house: House, edition: Scheme, name: str = "autumn") -> int:
    """Another cycle of North, in a round on this edition."""
    digest = publish_edition(house.database, principal=OFFICE, scheme=edition, at=AT)
    round_id = open_round(house.database, principal=OFFICE, digest=digest, name=name, at=AT)
    return enrol(house.database, principal=OFFICE, team_id=NORTH, round_id=round_id, profile=NO_UNIT, at=AT)


def told(found: Offers) -> list[tuple[int, list[str], list[str]]]:
    return [
        (one.document, [c.criterion for c in one.offered], [c.criterion for c in one.not_offered])
        for one in found.documents
    ]


def in_cycle(house: House, cycle: int) -> Offers:
    return offers_for_cycle(house.database, principal=LEAD, cycle_id=cycle, at=AT)


def test_what_is_attached_in_one_cycle_would_answer_a_mapped_criterion_in_another(house: House) -> None:
    begin(house)
    attach(house, effective_on=date(2026, 1, 1))
    cycle = another(house, endoscopy())
    with nothing_kept(house):
        found = in_cycle(house, cycle)
        (mine,) = offers_of_document(house.database, principal=LEAD, document_id=1, at=AT).cycles
    assert found.words == "What your library has would answer 1 criterion in your cycle of Endoscopy."
    assert mine.words == "This would also answer 1 criterion in your cycle of Endoscopy."
    assert told(found) == told(mine) == [(1, ["1.01"], [])]
    (one,) = found.documents[0].offered
    assert (one.title, one.required, one.how_much, one.because) == (
        "Named lead", True, "whole", ("1.01 of A small scheme asks the same as 1.01: Both ask for a lead.",)
    )  # fmt: skip
    wanted = [Wanted(version=doc.version, criteria=[c.criterion for c in doc.offered]) for doc in found.documents]
    attach_from_library(house.database, principal=LEAD, cycle_id=cycle, wanted=wanted, at=AT)
    assert told(in_cycle(house, cycle)) == []


def test_the_next_cycle_starts_with_what_is_still_in_date_and_names_what_is_not(any_house: House) -> None:
    house = any_house
    begin(house)
    attach(house, criteria=["1.01", "2.01"], places={"1.01": "p. 3"})
    attach(house, content=b"old", title="Old", review_by=date(2026, 3, 31))
    cycle = another(house, scheme())
    found = in_cycle(house, cycle)
    assert told(found) == [(1, ["1.01", "2.01"], []), (2, [], ["1.01"])]
    assert [one.place for one in found.documents[0].offered] == ["p. 3", ""]
    assert found.documents[1].not_offered[0].why_not == "it was to be reviewed by 2026-03-31"
    assert told(in_cycle(house, CYCLE)) == []
    keep(house, content=b"new", item=2, title="New", review_by=date(2027, 3, 31))
    assert told(in_cycle(house, cycle)) == [(1, ["1.01", "2.01"], []), (2, ["1.01"], [])]
    withdraw(house.database, principal=LEAD, cycle_id=cycle, reason="The ward closes.", at=AT)
    assert told(in_cycle(house, cycle)) == []


def test_only_the_teams_own_documents_are_offered_and_only_to_it(house: House) -> None:
    begin(house)
    attach(house)
    another(house, endoscopy())
    with pytest.raises(NotFound, match="There is no such cycle"):
        offers_for_cycle(house.database, principal=STRANGER, cycle_id=2, at=AT)
    with pytest.raises(NotFound, match="or it is not in your library"):
        offers_of_document(house.database, principal=STRANGER, document_id=1, at=AT)
    with pytest.raises(NotPermitted):
        offers_for_cycle(house.database, principal=OFFICE, cycle_id=2, at=AT)


def test_offers_cost_the_same_statements_however_much_a_team_keeps(house: House) -> None:
    begin(house)
    cycle = another(house, endoscopy())
    costs = []
    for number in range(3):
        attach(house, content=f"{number}".encode(), effective_on=date(2026, 1, 1))
        in_cycle(house, cycle)
        with observe_statements(house.database) as seen:
            assert len(in_cycle(house, cycle).documents) == number + 1
        costs.append(len(seen))
    assert costs == [7, 7, 7]
