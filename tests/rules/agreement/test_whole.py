"""Agreement over many visits: per domain, in all, and criterion by criterion."""

from collections.abc import Sequence

from accreditation.rules.agreement.values import Visit
from accreditation.rules.agreement.whole import agreement
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from tests.rules.agreement.reviewing import PLAIN, scheme, visit

MIXED = [visit(number, r1="mmpnmmpn", r2="mmpnmmpn" if number % 3 else "mmnnmpmn") for number in range(12)]


def rows(visits: Sequence[Visit]) -> list[tuple[str | None, str, int, bool]]:
    return [(row.domain, row.scale, row.alpha.units, row.alpha.value is not None) for row in agreement(visits).rows]


def test_each_domain_has_its_row_and_all_of_them_one() -> None:
    scale = "the scale Met, Partly, Not met"
    assert rows(MIXED) == [(None, scale, 96, True), ("x", scale, 48, True), ("y", scale, 48, True)]
    found = agreement(MIXED)
    assert (found.visits, found.reviewers, found.ratings) == (12, 2, 192)
    by_domain = {row.domain: row.alpha.value or 0.0 for row in found.rows}
    assert by_domain["y"] < by_domain[None] < by_domain["x"] < 1.0


def test_the_order_of_visits_changes_nothing() -> None:
    assert agreement(MIXED[::-1]) == agreement(MIXED)


def test_what_does_not_apply_or_is_not_answered_is_missing() -> None:
    some = [visit(number, r1="mmpnmmpn", r2="-?pnmmpn", r3="m") for number in range(12)]
    assert rows(some)[0][2] == 12 * 7
    alone = [visit(number, r1="mmpnmmpn") for number in range(12)]
    assert [(row.scale, row.alpha.words) for row in agreement(alone).rows] == [
        (
            "met or not met",
            "Too few to tell: 0 criteria rated by two or more, in 0 visits; at least 30 in 10 visits are needed.",
        )
    ] * 3


def test_where_several_scales_are_used_each_has_its_row_and_verdicts_compare_all() -> None:
    told = PLAIN.model_dump(mode="json", by_alias=True)
    told["domains"][0]["criteria"][0]["measure"] = {"unit": "%", "at_least": "90"}
    measured = Scheme.model_validate(told)
    visits = [visit(number, of=measured, r1="?mpnmmpn", r2="?mpnmmpn") for number in range(12)]
    number = [Answer(measured=value) for value in ("95", "80")]
    for one, answer in zip(visits, number * 6, strict=True):
        for answers in one.ratings.values():
            answers["x1"] = answer  # type: ignore[index]
    assert [row for row in rows(visits) if row[0] == "x"] == [
        ("x", "the scale Met, Partly, Not met", 36, True), ("x", "x1, measured in %", 12, False),
        ("x", "met or not met", 48, True),
    ]  # fmt: skip


def test_criteria_are_ranked_and_one_that_divides_is_named() -> None:
    visits = [visit(number, r1="mmpnmmpn", r2="mmpnmmpn"[:7] + "mp"[number % 2]) for number in range(14)]
    found = agreement(visits).criteria
    assert [(one.criterion, one.domain, one.divided.divides) for one in found][:2] == [
        ("y4", "y", True), ("x1", "x", False),
    ]  # fmt: skip
    assert found[0].divided.words.startswith("This criterion divides reviewers: reword it.")
    assert [one.divided.criterion for one in found] == [one.criterion for one in found]
    assert len(found) == 8


def test_whether_it_applies_can_divide_reviewers_too() -> None:
    visits = [visit(number, r1="mmpnmmpn", r2="-mpnmmpn", r3="?mpnmmpn") for number in range(14)]
    first = agreement(visits).criteria[0]
    assert (first.criterion, first.divided.pairs, first.divided.differ) == ("x1", 14, 14)


def test_a_criterion_worded_differently_in_another_edition_is_another_criterion() -> None:
    told = PLAIN.model_dump(mode="json", by_alias=True)
    told["edition"], told["effective"] = "2027", "2027-04-01"
    told["domains"][0]["criteria"][0]["statement"] = "In other words."
    newer = Scheme.model_validate(told)
    both = [
        visit(number, of=newer if number > 10 else PLAIN, r1="mmpnmmpn", r2="pmpnmmpn" if number <= 10 else "mmpnmmpn")
        for number in range(22)
    ]
    found = [(one.edition, one.divided.visits, one.divided.differ) for one in agreement(both).criteria]
    assert sorted(found) == [("2026.1", 11, 11), ("2027", 11, 0), *[("2027", 22, 0)] * 7]


def test_a_scale_of_other_ratings_is_another_scale() -> None:
    two = scheme(
        scale={"met": {"title": "Met", "counts_as_met": True}, "none": {"title": "No", "counts_as_met": False}}
    )
    both = [visit(number, of=two if number % 2 else PLAIN, r1="mnmn", r2="mnmn") for number in range(24)]
    assert [(row[1], row[2]) for row in rows(both)[:3]] == [
        ("the scale Met, No", 48), ("the scale Met, Partly, Not met", 48), ("met or not met", 96),
    ]  # fmt: skip


def test_nothing_gives_nothing() -> None:
    found = agreement([])
    assert (found.visits, found.reviewers, found.criteria) == (0, 0, ())
    assert [row.alpha.value for row in found.rows] == [None]
