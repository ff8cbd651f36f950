"""Two editions side by side: what changed in words, and that an edition compared with itself changed in nothing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from accreditation.library import schemes
from accreditation.scheme.compare import NAMED, TOLD_APART, VALUES, compare
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import small
from tests.editions import edited
from tests.rules.rich import schemes as rich_schemes

STANDARDS = Path(__file__).parents[2] / "standards"


def told(*changes: tuple[str, str, str]) -> list[str]:
    """Every change between the small scheme and the one so edited, each on one line."""
    return [str(change) for change in compare(small(), edited(*changes)).changes]


def test_every_field_of_a_scheme_is_compared() -> None:
    compared = {*VALUES, *NAMED, *TOLD_APART}
    assert compared == set(Scheme.model_fields)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(scheme=rich_schemes())
def test_an_edition_compared_with_itself_has_no_changes_and_carries_everything(scheme: Scheme) -> None:
    again = Scheme.model_validate_json(scheme.canonical())
    found = compare(scheme, again)
    assert found.changes == ()
    assert {one.fate for one in found.carries} == {"compatible"}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(one=rich_schemes(), other=rich_schemes())
def test_nothing_changed_only_where_the_two_are_the_same(one: Scheme, other: Scheme) -> None:
    assert (compare(one, other).changes == ()) == (one == other)


@pytest.mark.parametrize("folder", schemes(STANDARDS), ids=lambda folder: folder.name)
def test_a_published_standard_compared_with_itself_has_no_changes(folder: Path) -> None:
    files = {one.relative_to(folder).as_posix(): one.read_bytes() for one in sorted(folder.rglob("*.yaml"))}
    kept = {name: content for name, content in files.items() if name == "scheme.yaml" or name.startswith("criteria/")}
    scheme = read_standard(kept).scheme
    assert compare(scheme, Scheme.model_validate_json(scheme.canonical())).changes == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (
            "criteria/second.yaml",
            "at_least: 90",
            "at_least: 99",
            "criterion 2.01 (Scan within an hour): its threshold: at_least: 90 (%) became at_least: 99 (%)",
        ),
        (
            "criteria/second.yaml",
            'unit: "%"',
            "unit: minutes",
            'criterion 2.01 (Scan within an hour): its unit: % became minutes',
        ),
        (
            "criteria/first.yaml",
            "There is a lead.",
            "One person leads.",
            "criterion 1.01 (Named lead): its statement: There is a lead. became One person leads.",
        ),
        (
            "criteria/first.yaml",
            "type: essential",
            "type: expected",
            "criterion 1.01 (Named lead): its type: essential became expected",
        ),
        (
            "criteria/first.yaml",
            "hasu: true",
            "hasu: false",
            "criterion 1.10 (Hyperacute beds): whom it concerns: {hasu: true} became {hasu: false}",
        ),
        (
            "criteria/first.yaml",
            "guidance: Count.",
            "guidance: Count.\n  weight: 2\n  tags: beds\n  critical: true",
            "criterion 1.10 (Hyperacute beds): its weight: 1 became 2",
        ),
        (
            "criteria/first.yaml",
            "[{title: Job plan, required: true}, ",
            "[{title: Job plan, required: false}, ",
            "criterion 1.01 (Named lead): its evidence: "
            "[{title: Job plan, required: true}, {title: Photo, required: false}] became "
            "[{title: Job plan, required: false}, {title: Photo, required: false}]",
        ),
        (
            "scheme.yaml",
            "at_least: 50 %",
            "at_least: 60 %",
            "outcome accredited: its rule, within all the 2nd: "
            "{share: {type: expected}, at_least: 50 %, if_none_apply: satisfied} became "
            "{share: {type: expected}, at_least: 60 %, if_none_apply: satisfied}",
        ),
        ("scheme.yaml", "years: 3", "years: 2", "outcome accredited: how long it is valid: 3 years became 2 years"),
        (
            "scheme.yaml",
            "within: {months: 6}",
            "within: {months: 9}",
            "outcome deferred: its conditions, the time allowed: 6 months became 9 months",
        ),
        (
            "scheme.yaml",
            "not_met: {title: Not met",
            "not_met: {title: Missed",
            "rating not_met: its title: Not met became Missed",
        ),
        (
            "scheme.yaml",
            "review: {weeks: 6}",
            "review: {weeks: 8}",
            "scheme: the timetable, its review: 6 weeks became 8 weeks",
        ),
        (
            "scheme.yaml",
            "needs_reason: true",
            "needs_reason: false",
            "scheme: not applicable, its needs reason: true became false",
        ),
        (
            "scheme.yaml",
            "maximum: 2",
            "maximum: 3",
            "seat lay: its maximum: 2 became 3",
        ),
        ("scheme.yaml", "published: 2023", "published: 2024", "source guide-1: its published: 2023 became 2024"),
        (
            "scheme.yaml",
            "domains:",
            "transition: {fixed_by: visited}\ndomains:",
            "scheme: how it takes over from the edition before, the event that fixes it: enrolled became visited",
        ),
        (
            "scheme.yaml",
            "hasu: {question: Is it a hyperacute unit?}",
            "hasu: {question: Is it hyperacute?}",
            "fact hasu: its question: Is it a hyperacute unit? became Is it hyperacute?",
        ),
        ("scheme.yaml", "too_few_cases: leaves_out", "too_few_cases: counts_as_not_met",
         "scheme: what too few cases do: leaves_out became counts_as_not_met"),
    ],
)  # fmt: skip
def test_a_change_is_told_with_what_it_was_and_what_it_is(file: str, old: str, new: str, line: str) -> None:
    assert told((file, old, new))[0] == line


def test_criteria_that_came_or_went_are_told_with_their_place() -> None:
    lines = told(("criteria/first.yaml", '- id: "1.10"', '- id: "1.20"'))
    assert lines == [
        "criterion 1.10 (Hyperacute beds): is withdrawn: essential, in domain 1 First became nothing",
        "criterion 1.20 (Hyperacute beds): is new; it reads like 1.10, which is withdrawn: under another id no answer "
        "is carried over: nothing became essential, in domain 1 First",
    ]


def test_outcomes_in_another_order_are_told() -> None:
    old = small()
    new = old.model_copy(update={"award": tuple(reversed(old.award))})
    assert [str(change) for change in compare(old, new).changes] == [
        "outcomes: stand in another order: accredited, deferred became deferred, accredited"
    ]


def test_the_counts_are_of_what_is_listed() -> None:
    found = compare(
        small(),
        edited(
            ("criteria/first.yaml", '- id: "1.10"', '- id: "1.20"'),
            ("criteria/second.yaml", "at_least: 90", "at_least: 99"),
            ("criteria/first.yaml", "There is a lead.", "One person leads."),
        ),
    )
    assert dict(found.kinds) == {"added": 1, "withdrawn": 1, "remeasured": 1, "reworded": 1}
    assert dict(found.fates) == {"compatible": 3, "none": 2}
