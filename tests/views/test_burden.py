"""What a cycle cost its team, read from what is appended anyway; and a scheme's cost without names."""

from datetime import timedelta

import pytest

from accreditation.actions.attach_from_library import Wanted, attach_from_library
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.enrol import enrol
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import rate
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.database import observe_statements
from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.views.burden import BurdenOfScheme, CycleBurden, burden_of, burden_of_cycle
from accreditation.wiring import House
from tests.costing import handed_in
from tests.editions import IN_MINUTES
from tests.reported import imported, line
from tests.walking import (
    ANSWERS,
    AT,
    CYCLE,
    LEAD,
    MEMBER,
    NO_UNIT,
    NORTH,
    OFFICE,
    STRANGER,
    attach,
    begin,
    given,
    keep,
    scheme,
    walk,
)


def cost(house: House, cycle: int = CYCLE) -> CycleBurden:
    return burden_of_cycle(house.database, principal=LEAD, cycle_id=cycle)


def of_scheme(house: House, edition: str | None = None) -> BurdenOfScheme:
    return burden_of(house.database, principal=OFFICE, scheme="small", edition=edition)


def answer(house: House, criterion: str, minutes: float, by: Principal = LEAD) -> None:
    rate(
        house.database, principal=by, cycle_id=CYCLE, given=given({criterion: ANSWERS[criterion]}),
        at=AT + timedelta(minutes=minutes),
    )  # fmt: skip


def test_a_cycle_costs_what_its_team_did(any_house: House) -> None:
    house = any_house
    begin(house)
    assert (cost(house).minutes, cost(house).minutes_first_to_last, cost(house).people) == (0, 0, 0)
    imported(house, line({"2.02": Answer(level="B")}))
    answer(house, "1.01", 1)
    answer(house, "2.01", 11, MEMBER)
    attach(house, criteria=["1.01", "2.01"], at=AT + timedelta(minutes=21), by=LEAD)
    attach(house, content=b"wrong", at=AT + timedelta(minutes=81), by=MEMBER)
    withdraw_evidence(
        house.database, principal=MEMBER, cycle_id=CYCLE, evidence_id=2, reason="Wrong.", at=AT + timedelta(minutes=82)
    )
    found = cost(house)
    assert (found.items_asked, found.answered_by_reuse, found.files_uploaded, found.people) == (4, 1, 2, 2)
    assert (found.minutes, found.minutes_first_to_last, found.idle_after_minutes) == (21, 81, 30)
    assert [(one.criterion, one.minutes_each, one.saves, one.files_uploaded) for one in found.criteria] == [
        ("1.01", "11", 4, 2), ("2.01", "10", 2, 0), ("2.02", "0", 0, 0),
    ]  # fmt: skip
    assert "a longer one counts nothing" in found.words


def test_what_the_library_had_is_reuse_and_what_was_kept_for_the_cycle_is_an_upload(any_house: House) -> None:
    house = any_house
    begin(house)
    before = [Wanted(version=keep(house).id, criteria=["1.01"])]
    again = [Wanted(version=keep(house, content=b"rota").id, criteria=["1.01"])]
    round_id = open_round(house.database, principal=OFFICE, digest=scheme().digest, name="autumn", at=AT)
    nexts = enrol(
        house.database, principal=OFFICE, team_id=NORTH, round_id=round_id, profile=NO_UNIT, at=AT + timedelta(days=1)
    )
    for cycle, wanted in ((CYCLE, before), (nexts, before), (nexts, again)):
        attach_from_library(house.database, principal=LEAD, cycle_id=cycle, wanted=wanted, at=AT + timedelta(days=1))
    assert (cost(house).files_uploaded, cost(house).answered_by_reuse) == (1, 0)
    assert (cost(house, nexts).files_uploaded, cost(house, nexts).answered_by_reuse) == (0, 1)


def test_what_a_change_of_edition_set_aside_is_nobodys_work(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    before = cost(house)
    digest = publish_edition(house.database, principal=OFFICE, scheme=IN_MINUTES, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT + timedelta(minutes=5))
    after = cost(house)
    assert (after.minutes_first_to_last, after.people, sum(one.saves for one in after.criteria)) == (0, 1, 3)
    assert before.model_copy(update={"criteria": after.criteria}) == after


def test_a_scheme_tells_nothing_of_few_cycles_and_never_whose_they_are(any_house: House) -> None:
    house = any_house
    begin(house)
    assert of_scheme(house).words.startswith("No cycle is handed in; of fewer than 5 nothing is told")
    handed_in(house, 4)
    few = of_scheme(house)
    assert (few.cycles, few.items_asked, few.minutes, few.criteria) == (4, None, None, ())
    handed_in(house, 1, first=4)
    found = of_scheme(house, scheme().digest)
    assert (found.cycles, found.minutes and found.minutes.middle, found.items_asked and found.items_asked.most) == (
        5, "10", "4",
    )  # fmt: skip
    dearest = found.criteria[0]
    assert (dearest.criterion, dearest.cycles, dearest.minutes_each) == ("1.01", 5, "10")
    assert not any(word in found.model_dump_json() for word in ("Trust", "T1", "lead 4", "lead of"))


def test_a_scheme_costs_the_same_statements_however_many_cycles_it_has(house: House) -> None:
    begin(house)
    costs = []
    for number, first in ((5, 0), (7, 5)):
        handed_in(house, number - first, first=first)
        of_scheme(house)
        with observe_statements(house.database) as seen:
            assert of_scheme(house).cycles == number
        costs.append(len(seen))
    assert costs == [9, 9]


def test_a_teams_cost_is_its_own_and_a_schemes_is_the_offices(house: House) -> None:
    begin(house)
    with pytest.raises(NotFound, match="There is no such cycle"):
        burden_of_cycle(house.database, principal=STRANGER, cycle_id=CYCLE)
    with pytest.raises(NotPermitted):
        burden_of_cycle(house.database, principal=OFFICE, cycle_id=CYCLE)
    with pytest.raises(NotPermitted):
        burden_of(house.database, principal=LEAD, scheme="small", edition=None)
    for name, edition in (("none", None), ("small", "0" * 64)):
        with pytest.raises(NotFound, match="is published"):
            burden_of(house.database, principal=OFFICE, scheme=name, edition=edition)
