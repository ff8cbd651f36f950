"""What a draft would do is told for every current cycle, and nothing is written."""

import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.rate import rate
from accreditation.errors import NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.views.impact import ImpactShown, impact
from accreditation.wiring import House
from tests.building import FILES, changed
from tests.walking import ANSWERS, AT, CYCLE, LEAD, NO_UNIT, OFFICE, ROUND, SOUTH, given, walk

SOUTHS_LEAD = Principal(name="lead of south", role=Role.TEAM_LEAD, team=SOUTH)


def looked(house: House, draft: Scheme, *, limit: int = 10) -> ImpactShown:
    return impact(house.database, principal=OFFICE, draft=draft, limit=limit, at=AT)


def drafted(file: str, old: str, new: str) -> Scheme:
    return read_standard({**changed(file, old, new), "cases/two.yaml": b"[]"}).scheme


def answer(house: House, *, by: Principal = LEAD, cycle: int = CYCLE, **other: Answer) -> None:
    said = {**ANSWERS, **{name.removeprefix("c").replace("_", "."): one for name, one in other.items()}}
    rate(house.database, principal=by, cycle_id=cycle, given=given(said), at=AT)


def moves(found: ImpactShown) -> dict[tuple[str, str], int]:
    return {(one.before, one.after): one.cycles for one in found.moves}


def same() -> Scheme:
    return read_standard(FILES).scheme


def test_the_same_rules_change_nothing(any_house: House) -> None:
    walk(any_house, Stage.SELF_ASSESSMENT)
    answer(any_house)
    found = looked(any_house, same())
    assert moves(found) == {("accredited", "accredited"): 1}
    assert (found.cycles, found.lower, found.higher, found.untold, found.costs) == (1, 0, 0, (), ())


def test_a_cycle_without_an_answer_is_counted_apart(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    found = looked(house, same())
    assert (found.cycles, found.without_answers, found.moves) == (0, 1, ())


def test_it_names_who_would_lose_and_the_criterion_that_decides(any_house: House) -> None:
    walk(any_house, Stage.SELF_ASSESSMENT)
    answer(any_house)
    found = looked(any_house, drafted("criteria/second.yaml", "at_least: 90", "at_least: 95"))
    assert moves(found) == {("accredited", "accredited"): 1}
    strict = drafted("scheme.yaml", "- share: {type: expected}\n          at_least: 50 %", "- every: {type: expected}")
    answer_again = {"2.01": Answer(measured="80")}
    rate(any_house.database, principal=LEAD, cycle_id=CYCLE, given=given(answer_again, seen=1), at=AT)
    found = looked(any_house, strict)
    assert moves(found) == {("accredited", "deferred"): 1}
    assert [(one.team, one.organisation, one.before, one.after, one.decides) for one in found.lose] == [
        ("North", "North Trust", "accredited", "deferred", ("2.01",))
    ]
    assert [(one.criterion, one.cycles) for one in found.costs] == [("2.01", 1)]
    assert (found.lower, found.higher, found.gain, found.untold) == (1, 0, (), ())


def test_it_names_who_would_gain(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    answer(house, c1_01=Answer(rating="not_met"))
    found = looked(house, drafted("criteria/first.yaml", "statement: There is a lead.\n  type: essential",
                                  "statement: There is a lead.\n  type: expected"))  # fmt: skip
    assert [(one.before, one.after, one.decides) for one in found.gain] == [("deferred", "accredited", ("1.01",))]


def test_what_the_draft_adds_counts_as_not_answered_and_is_told_so(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    answer(house)
    added = '- id: "1.01"\n  title: Second lead\n  statement: There is another.\n  type: essential\n'
    draft = drafted("criteria/first.yaml", '- id: "1.01"', added.replace("1.01", "1.02") + '- id: "1.01"')
    found = looked(house, draft)
    assert moves(found) == {("accredited", "deferred"): 1}
    assert [(one.cycles, one.criteria) for one in found.untold] == [(1, ("1.02",))]
    assert (found.lower, found.lower_for_certain) == (1, 0)
    assert [(one.after, one.at_best, one.asked) for one in found.lose] == [("deferred", "accredited", ("1.02",))]


def test_an_answer_that_no_longer_means_the_same_counts_as_not_answered(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    answer(house, c2_02=Answer(level="C"))
    found = looked(house, drafted("criteria/second.yaml", 'unit: "%", at_least', "unit: minutes, at_most"))
    assert moves(found) == {("accredited", "deferred"): 1}
    assert [one.asked for one in found.lose] == [("2.01",)]


def test_settled_ratings_go_before_the_teams_own(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    found = looked(house, same())
    assert moves(found) == {("accredited", "accredited"): 1}


def test_a_withdrawn_cycle_is_not_current(house: House) -> None:
    walk(house, Stage.WITHDRAWN)
    found = looked(house, same())
    assert (found.cycles, found.without_answers) == (0, 0)


def test_all_are_counted_and_only_some_are_named(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    answer(house)
    enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile=NO_UNIT, at=AT)
    answer(house, by=SOUTHS_LEAD, cycle=2)
    draft = drafted("criteria/first.yaml", '- id: "1.01"', '- id: "1.09"')
    found = looked(house, draft, limit=1)
    assert (found.lower, len(found.lose), moves(found)) == (2, 1, {("accredited", "deferred"): 2})


def test_only_the_office_may_look(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    with pytest.raises(NotPermitted):
        impact(house.database, principal=LEAD, draft=same(), limit=1, at=AT)
