"""What may be carried over: an answer stays where, as it was given, it still means the same."""

from typing import Any

import pytest

from accreditation.scheme.answer import Answer
from accreditation.scheme.carrying import carries, why_fact_not_carried, why_not_carried
from accreditation.scheme.model import Scheme
from tests.building import small
from tests.editions import edited

SECOND = "criteria/second.yaml"
SHARE = {"unit": "%", "at_least": 90}
LEVEL = {"audit": "audit", "indicator": "t_scan", "level": "B"}


def fates(old: Scheme, new: Scheme) -> dict[str, tuple[str, str]]:
    """Criterion -> what may be carried over of it, and why."""
    return {one.criterion: (one.fate, one.because) for one in carries(old, new, by="team")}


def test_what_is_new_or_withdrawn_has_nothing_to_carry() -> None:
    found = fates(small(), edited(("criteria/first.yaml", '- id: "1.10"', '- id: "1.20"')))
    assert found == {
        "1.01": ("compatible", ""),
        "1.20": ("none", "it is new in this edition"),
        "2.01": ("compatible", ""),
        "2.02": ("compatible", ""),
        "1.10": ("none", "it is withdrawn in this edition"),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at_least: 90", "at_least: 99"),
        ("at_least: 90", "above: 90"),
        ("at_least: 90", "at_least: 90, bands: [{below: 5, points: 0}, {at_least: 5, points: 1}]"),
        ("type: expected", "type: essential"),
        ("level: B", "level: A"),
        ("title: Scan within an hour", "title: Scan in an hour"),
    ],
)
def test_an_answer_stays_where_only_what_it_is_worth_changes(old: str, new: str) -> None:
    assert {fate for fate, _ in fates(small(), edited((SECOND, old, new))).values()} == {"compatible"}


def test_a_reworded_statement_is_kept_and_to_be_read_again() -> None:
    found = fates(small(), edited((SECOND, "Scans are quick.", "Scans are very quick.")))
    why = "its statement is reworded: read whether the answer still says what is asked"
    assert found["2.01"] == ("compatible", why)


@pytest.mark.parametrize(
    ("criterion", "measure", "why"),
    [
        ("2.01", {"unit": "minutes", "at_least": 90}, "another unit: % became minutes"),
        (
            "2.01",
            {**SHARE, "at_least": None, "at_most": 90},
            "another kind of threshold: more is better became less is better",
        ),
        ("2.01", {**SHARE, "period": "a year"}, "another period: 'none' became 'a year'"),
        (
            "2.01",
            {**SHARE, "series": [{"each": "ward", "at_least": "50 %"}]},
            "another series: one value became a value for each ward",
        ),
        ("2.01", None, "it was measured (a number in %), and is now rated"),
        ("2.02", {**LEVEL, "indicator": "t_unit"}, "another indicator: audit t_scan became audit t_unit"),
        ("2.02", SHARE, "it was measured by the audit's level of t_scan, and is now measured by a number in %"),
        ("2.02", None, "it was measured (the audit's level of t_scan), and is now rated"),
        ("1.01", SHARE, "it was rated, and is now measured (a number in %)"),
    ],
)
def test_an_answer_is_given_again_where_something_else_is_measured(
    criterion: str, measure: dict[str, Any] | None, why: str
) -> None:
    new = measured(criterion, measure)
    assert fates(small(), new)[criterion] == ("incompatible", why)
    assert fates(new, small())[criterion][0] == "incompatible"


def measured(criterion: str, measure: dict[str, Any] | None) -> Scheme:
    """The small scheme with this criterion measured so."""
    told = small().model_dump(mode="json")
    for domain in told["domains"]:
        for one in domain["criteria"]:
            one["measure"] = measure if one["id"] == criterion else one["measure"]
    return Scheme.model_validate(told)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "  not_met: {title: Not met",
            "  partly: {title: Partly met, counts_as_met: false}\n  not_met: {title: Not met",
            "another scale: met, not_met became met, partly, not_met",
        ),
        ("met: {title: Met, counts_as_met: true}", "good: {title: Met, counts_as_met: true}",
         "another scale: met, not_met became good, not_met"),
    ],
)  # fmt: skip
def test_a_rating_is_given_again_on_another_scale_but_a_number_stays(old: str, new: str, why: str) -> None:
    changed = edited(("scheme.yaml", old, new))
    assert {one.criterion: one.because for one in carries(small(), changed, by="team")} == {
        "1.01": why, "1.10": why, "2.01": "", "2.02": "",
    }  # fmt: skip
    assert [one.fate for one in carries(small(), changed, by="reviewer")] == ["incompatible"] * 4
    words = {
        given: why_not_carried(old=small(), new=changed, criterion="2.01", answer=given, by="team")
        for given in (Answer(measured="91"), Answer(rating="met"), Answer(state="not_applicable", note="No scanner."))
    }
    assert list(words.values()) == ["", why, ""]


def test_a_rating_that_no_longer_counts_as_met_does_not_mean_the_same() -> None:
    three = "  fair: {title: Fair, counts_as_met: true}\n  not_met: {title"
    old = edited(("scheme.yaml", "  not_met: {title", three))
    new = edited(("scheme.yaml", "  not_met: {title", three.replace("true", "false")))
    assert carries(old, new)[0].because == "'Fair' counts no longer as met"
    assert carries(new, old)[0].because == "'Fair' now counts as met"


def test_a_fact_is_stated_again_where_its_answers_are_others() -> None:
    told = small().model_dump(mode="json")
    told["profile"]["beds"] = {"question": "How many beds?", "unit": "beds"}
    beds = Scheme.model_validate(told)
    told["profile"]["hasu"]["choices"] = {"hyper": "Hyperacute", "other": "Another"}
    choice = Scheme.model_validate(told)
    told["profile"]["hasu"]["choices"] = {"hyper": "Hyperacute", "acute": "Acute"}
    others = Scheme.model_validate(told)
    assert why_fact_not_carried(old=small(), new=beds, fact="hasu") == ""
    assert why_fact_not_carried(old=small(), new=beds, fact="beds") == "it is new in this edition"
    assert why_fact_not_carried(old=beds, new=small(), fact="beds") == "the new edition does not ask for it"
    assert why_fact_not_carried(old=beds, new=choice, fact="hasu") == (
        "it was answered with true or false, and is now answered with hyper, other"
    )
    assert why_fact_not_carried(old=choice, new=others, fact="hasu") == "its choices changed: other"


@pytest.mark.parametrize(("old", "new", "why"), [
    ("at_least: 90", "at_least: 99", "it was rated by another threshold"),
    ("level: B", "level: A", "it was rated by another level of the audit"),
])  # fmt: skip
def test_a_reviewers_met_does_not_hold_beside_another_threshold_but_a_teams_number_does(
    old: str, new: str, why: str
) -> None:
    changed = edited((SECOND, old, new))
    found = {one.because for one in carries(small(), changed, by="reviewer") if one.fate == "incompatible"}
    assert found == {why}
    assert {one.fate for one in carries(small(), changed, by="team")} == {"compatible"}
    assert {one.because for one in carries(small(), changed) if one.fate == "incompatible"} == {why}
