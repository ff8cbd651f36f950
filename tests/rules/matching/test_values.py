"""What cannot be meant is named whole; what is harmless is said."""

from dataclasses import replace
from datetime import date
from math import nan

from accreditation.rules.conflicts import Days, Declared, Point, Reviewer, Visit
from accreditation.rules.matching.question import Question
from accreditation.rules.matching.travel import Travel
from accreditation.rules.matching.values import vain_preferences, value_faults
from accreditation.rules.reviewer_facts import Preference

PERSON = Reviewer(id=1, name="Reviewer 1", roles=frozenset({"lay"}), organisation=10, capacity=1)
VISIT = Visit(cycle=7, team_name="Team 7", organisation=20)


def test_every_value_that_cannot_be_meant_is_named() -> None:
    wrong = replace(
        PERSON,
        capacity=-1,
        visits_done=-2,
        point=Point(latitude=nan, longitude=0.0),
        preferences=(Preference(organisation=20, how="prefers"), Preference(organisation=20, how="rather_not")),
    )
    visit = replace(
        VISIT,
        days=Days(first=date(2026, 5, 4), last=date(2026, 5, 3)),
        point=Point(latitude=91.0, longitude=0.0),
    )
    asked = Question(visits=(visit,), reviewers=(wrong,), travel=Travel(places=("A",), minutes=((-5,),)))
    assert [str(fault) for fault in value_faults(asked)] == [
        "Reviewer 1: capacity -1; a whole number from 0 upwards",
        "Reviewer 1: visits done before -2; a whole number from 0 upwards",
        "Reviewer 1: latitude nan, longitude 0.0; a latitude from -90 to 90 and a longitude from -180 to 180 degrees",
        "Reviewer 1: organisation 20 is both preferred and rather not visited; one of the two",
        "Team 7: the last day, 2026-05-03, is before the first, 2026-05-04; a first day and a last day in this order",
        "Team 7: latitude 91.0, longitude 0.0; a latitude from -90 to 90 and a longitude from -180 to 180 degrees",
        "travel times, from 'A' to 'A': -5; whole minutes from 0 to 100000, or nothing where they are not known",
    ]


def test_a_capacity_that_is_no_number_is_named() -> None:
    asked = Question(reviewers=(replace(PERSON, capacity=nan),))  # type: ignore[arg-type]
    assert [fault.found for fault in value_faults(asked)] == ["capacity nan"]


def test_nothing_is_wrong_with_nobody_and_with_somebody_who_offers_nothing() -> None:
    assert value_faults(Question()) == []
    assert value_faults(Question(visits=(VISIT,), reviewers=(replace(PERSON, capacity=0),))) == []


def test_a_preference_that_cannot_be_followed_is_said() -> None:
    declared = Declared(reviewer=1, organisation=20, reason="a private matter")
    liking = replace(PERSON, preferences=tuple(Preference(organisation=one, how="prefers") for one in (10, 20, 30)))
    asked = Question(visits=(VISIT,), reviewers=(liking,), declared=(declared, replace(declared, reason="again")))
    assert list(vain_preferences(asked, organisations={10: "North Trust"})) == [
        "Reviewer 1 prefers to visit North Trust, which employs them, and may not",
        "Reviewer 1 prefers to visit organisation 20, where a conflict is declared, and may not",
    ]
