"""What sets a reviewer and a visit apart, rule by rule, and that nothing private is said of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from accreditation.rules.conflicts import (
    Conflict,
    Days,
    Declared,
    Reviewer,
    Visit,
    conflicts_between,
    shared_members,
)
from accreditation.rules.reviewer_facts import Worked
from accreditation.scheme.process import AssignmentRules

NORTH, SOUTH = 10, 20
ALL = AssignmentRules.model_validate(
    {"same_network": "barred", "employed_within": {"years": 3}, "repeat": "barred", "colleagues": "barred"}
)
NONE = AssignmentRules()
LAY = Reviewer(id=1, name="Reviewer 1 (lay)", roles=frozenset({"lay"}), organisation=None, capacity=2)
DAYS = Days(first=date(2026, 5, 4), last=date(2026, 5, 5))
VISIT = Visit(cycle=7, team_name="Team 7", organisation=NORTH, days=DAYS, network="Wales")


def kinds(
    reviewer: Reviewer = LAY,
    visit: Visit = VISIT,
    rules: AssignmentRules = ALL,
    declared: tuple[Declared, ...] = (),
    at: date | None = None,
) -> list[str]:
    found = conflicts_between(reviewer=reviewer, visit=visit, rules=rules, declared=declared, at=at)
    return [one.kind for one in found]


def said(**changes: Any) -> Declared:
    return replace(Declared(reviewer=1, organisation=NORTH, reason="a private matter"), **changes)


def test_nothing_sets_strangers_apart() -> None:
    assert kinds() == []


@pytest.mark.parametrize("rules", [ALL, NONE])
def test_a_lay_reviewer_whom_the_service_employs_is_barred_whatever_the_scheme_says(rules: AssignmentRules) -> None:
    employed = replace(LAY, organisation=NORTH)
    assert conflicts_between(reviewer=employed, visit=VISIT, rules=rules, declared=()) == (
        Conflict(reviewer=1, cycle=7, kind="own_organisation", reason="is employed by this organisation"),
    )


def test_who_has_or_had_a_role_in_the_service_is_barred_whatever_the_scheme_says() -> None:
    of_it = replace(LAY, serves=frozenset({NORTH}))
    assert (kinds(of_it), kinds(of_it, rules=NONE)) == (["in_service"], ["in_service"])
    assert kinds(replace(LAY, serves=frozenset({SOUTH}))) == []


def test_a_network_bars_where_the_scheme_says_so_and_only_if_it_is_known() -> None:
    welsh = replace(LAY, organisation=SOUTH, network="Wales")
    assert (kinds(welsh), kinds(welsh, rules=NONE)) == (["same_network"], [])
    assert kinds(replace(LAY, network=""), replace(VISIT, network="")) == []
    assert kinds(replace(LAY, network=None), replace(VISIT, network=None)) == []


@pytest.mark.parametrize(
    ("until", "day", "barred"),
    [
        (date(2023, 5, 4), date(2026, 5, 4), True),  # the last day of the three years is one of them
        (date(2023, 5, 3), date(2026, 5, 4), False),
        (None, date(2026, 5, 4), True),  # may still be there
        (date(1990, 1, 1), None, True),  # no day of the visit, none of asking: nothing shows that it is long ago
        (date(1990, 1, 1), date(2026, 5, 4), False),
    ],
)
def test_having_worked_there_bars_until_its_time_has_passed(until: date | None, day: date | None, barred: bool) -> None:
    worked = replace(LAY, worked_at=(Worked(organisation=NORTH, until=until), Worked(organisation=SOUTH)))
    visit = replace(VISIT, days=None if day is None else Days(first=day, last=day))
    assert kinds(worked, visit) == (["worked_there"] if barred else [])
    assert kinds(worked, replace(VISIT, days=None), at=day) == (["worked_there"] if barred else [])
    assert kinds(worked, visit, rules=NONE) == []


def test_a_declaration_bars_by_whomever_it_is_and_only_where_it_is_about_this_visit() -> None:
    assert kinds(declared=(said(),), rules=NONE) == ["declared"]
    assert kinds(declared=(said(by="service"),), rules=NONE) == ["declared_by_service"]
    assert kinds(declared=(said(cycle=7), said(by="service", cycle=8))) == ["declared"]
    assert kinds(declared=(said(reviewer=2), said(organisation=SOUTH), said(cycle=8))) == []


def test_saying_it_twice_and_from_both_sides_is_harmless() -> None:
    twice = (said(), said(reason="said again"), said(by="service"), said(cycle=7))
    assert kinds(declared=twice) == kinds(declared=twice[::-1]) == ["declared", "declared_by_service"]


def test_no_reason_says_what_is_private() -> None:
    everything = replace(
        LAY, organisation=NORTH, network="Wales", worked_at=(Worked(organisation=NORTH, until=date(2025, 1, 31)),),
        serves=frozenset({SOUTH, NORTH}),
    )  # fmt: skip
    visit = replace(VISIT, last_reviewers=frozenset({1}), panel=frozenset({1}))
    found = conflicts_between(reviewer=everything, visit=visit, rules=ALL, declared=[said(), said(by="service")])
    assert [(one.kind, one.reason) for one in found] == [
        ("own_organisation", "is employed by this organisation"),
        ("in_service", "has or had a role in this team or its organisation"),
        ("same_network", "is employed in the same network"),
        ("worked_there", "worked at this organisation within 3 years before the visit"),
        ("declared", "declared a conflict of interest with this organisation"),
        ("declared_by_service", "was declared by this service to be in conflict with it"),
        ("repeat", "reviewed this team last time"),
        ("panel", "sits in a panel about this cycle"),
    ]


def test_a_panel_and_the_visit_share_nobody() -> None:
    assert shared_members(panel=[5, 3, 9, 3], team=[3, 4, 5]) == (3, 5)
    assert shared_members(panel=[1], team=[2]) == ()
