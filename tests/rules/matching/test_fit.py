"""How well a reviewer fits a visit, part by part, and in words."""

from dataclasses import replace

import pytest

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching.arrays import FULL_FIT
from accreditation.rules.matching.fit import Fit, fit
from accreditation.rules.reviewer_facts import Preference
from accreditation.scheme.process import AssignmentRules

WEIGHED = AssignmentRules.model_validate(
    {
        "experienced": {"at_least": 1, "after_visits": 4},
        "travel": {"at_most": 120},
        "fit": {"expertise": 3, "experience": 2, "travel": 3, "preference": 2},
    }
)
VISIT = Visit(
    cycle=7, team_name="Team 7", organisation=10, specialties=frozenset({"stroke_medicine", "rehabilitation"})
)
REVIEWER = Reviewer(
    id=1,
    name="Reviewer 1",
    roles=frozenset({"lead"}),
    organisation=20,
    capacity=2,
    specialties=frozenset({"stroke_medicine", "imaging"}),
    visits_done=12,
    preferences=(Preference(organisation=10, how="prefers"),),
)


def found(reviewer: Reviewer = REVIEWER, *, minutes: int | None = 48, rules: AssignmentRules = WEIGHED) -> Fit:
    return fit(reviewer=reviewer, visit=VISIT, rules=rules, minutes=minutes)


def test_it_is_the_weighted_mean_of_four_parts_and_says_why() -> None:
    assert found() == Fit(
        expertise=500_000,
        experience=1_000_000,
        travel=600_000,
        preference=1_000_000,
        whole=730_000,
        words="holds stroke medicine, 12 visits before, 48 minutes away, prefers this visit",
    )


def test_somebody_new_far_away_who_would_rather_not_come_is_not_told_to_the_team() -> None:
    new = replace(
        REVIEWER, specialties=frozenset(), visits_done=1, preferences=(Preference(organisation=10, how="rather_not"),)
    )
    told = found(new, minutes=500)
    assert (told.expertise, told.experience, told.travel, told.preference) == (0, 250_000, 0, 0)
    assert (told.whole, told.words) == (
        50_000, "holds none of the specialties wanted, 1 visit before, 500 minutes away",
    )  # fmt: skip


def test_what_is_not_known_counts_half_and_is_not_said() -> None:
    told = found(replace(REVIEWER, preferences=(), visits_done=0), minutes=None)
    assert (told.travel, told.preference) == (500_000, 500_000)
    assert told.words == "holds stroke medicine, no visit before"


def test_where_no_specialty_is_wanted_everybody_has_the_expertise() -> None:
    plain = replace(VISIT, specialties=frozenset())
    told = fit(reviewer=REVIEWER, visit=plain, rules=WEIGHED, minutes=1)
    assert (told.expertise, told.words) == (FULL_FIT, "12 visits before, 1 minute away, prefers this visit")
    both = replace(REVIEWER, specialties=frozenset({"stroke_medicine", "rehabilitation", "imaging"}))
    assert found(both).words.startswith("holds rehabilitation and stroke medicine, ")


def test_without_weights_everybody_fits_fully() -> None:
    assert found(rules=AssignmentRules()).whole == FULL_FIT
    assert found(minutes=None, rules=AssignmentRules()).whole == FULL_FIT


@pytest.mark.parametrize(("minutes", "travel"), [(0, 1_000_000), (60, 750_000), (239, 4_166), (240, 0), (9_999, 0)])
def test_without_a_limit_four_hours_are_as_bad_as_any(minutes: int, travel: int) -> None:
    rules = AssignmentRules.model_validate({"fit": {"travel": 1}})
    assert (found(minutes=minutes, rules=rules).travel, found(minutes=minutes, rules=rules).whole) == (travel, travel)
