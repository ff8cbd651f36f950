"""Which facts are still to be stated, when, and by whom."""

from decimal import Decimal

import pytest

from accreditation.rules.stating import (
    awaited_of_office,
    decides_criteria,
    missing_facts,
    open_to_office,
    unstated_by_office,
)
from tests.wide import PROFILE, wide

SCHEME = wide()


def test_a_team_is_asked_its_own_facts_and_waits_for_those_on_which_it_depends_what_it_is_asked() -> None:
    assert [str(fault) for fault in missing_facts(scheme=SCHEME, profile={})] == [
        "profile.site: not stated; answer city, country: Where is it?",
        "profile.beds: not stated; answer a number (beds): How many beds are there?",
        "profile.visit: not stated; the college office states it before you can submit (first, renewal): "
        "Which visit is it?",
    ]
    assert missing_facts(scheme=SCHEME, profile={"site": "city", "beds": Decimal(3), "visit": "first"}) == ()


def test_the_office_may_state_the_others_until_the_recommendation() -> None:
    assert [str(fault) for fault in awaited_of_office(scheme=SCHEME, profile={})] == [
        "profile.most: not stated; the college office states it before the recommendation (a number (criteria)): "
        "How many may be missed?"
    ]
    assert open_to_office(scheme=SCHEME) == ("most",)
    assert awaited_of_office(scheme=SCHEME, profile={"most": Decimal(3)}) == ()


@pytest.mark.parametrize(
    ("stated", "awaited"), [([], ("visit", "most")), (["visit"], ("most",)), (["visit", "most"], ())]
)
def test_what_the_office_has_not_stated_is_awaited(stated: list[str], awaited: tuple[str, ...]) -> None:
    profile = {name: value for name, value in PROFILE.items() if name in stated}
    assert unstated_by_office(scheme=SCHEME, profile=profile) == awaited


def test_a_fact_decides_what_is_asked_where_a_criterion_names_it() -> None:
    found = {fact: decides_criteria(scheme=SCHEME, fact=fact) for fact in SCHEME.profile}
    assert found == {"site": False, "beds": True, "visit": True, "most": False}
