"""One reviewer beside the others, beside what was settled, and in an exercise beside its reference."""

from accreditation.rules.agreement.one import beside_reference, of_reviewers
from tests.rules.agreement.reviewing import NAMES, PLAIN, rated, visit

STRICT = [visit(number, r1="mmpnmmpn", r2="mppnmmnn", r3="mmpnmmpm", settled="mmpnmmpn") for number in range(10)]


def test_a_strict_reviewer_is_lower_than_the_others_on_the_same_criteria() -> None:
    first, strict, mild = of_reviewers(STRICT)
    assert [one.reviewer for one in (first, strict, mild)] == [1, 2, 3]
    assert strict.severity.steps == -0.375
    assert strict.severity.words.startswith("Stricter than the others: on average 0.38 of a step lower")
    assert mild.severity.words.startswith("Milder than the others: on average 0.38 of a step higher")
    assert (first.severity.steps or 0.0) == 0.0


def test_consistency_is_agreement_with_what_was_settled_beyond_chance() -> None:
    first, strict, _ = of_reviewers(STRICT)
    assert [(one.scale, one.alpha.value) for one in first.consistency] == [("the scale Met, Partly, Not met", 1.0)]
    assert 0.0 < (strict.consistency[0].alpha.value or 0.0) < 1.0


def test_one_alone_is_told_the_same_as_among_all_and_nobody_else() -> None:
    assert of_reviewers(STRICT, only=2) == of_reviewers(STRICT)[1:2]
    assert of_reviewers(STRICT, only=9) == ()
    assert of_reviewers(STRICT[::-1]) == of_reviewers(STRICT)


def test_with_few_visits_nothing_is_said() -> None:
    found = of_reviewers(STRICT[:4])[1]
    assert (found.severity.steps, found.consistency[0].alpha.value) == (None, None)
    assert found.severity.words.startswith("Too few to tell: 32 ratings in 4 visits beside the others")


def test_who_rated_alone_or_nothing_comparable_has_no_severity() -> None:
    alone = [visit(number, r1="mmpnmmpn", r2="--------") for number in range(10)]
    assert [one.severity.ratings for one in of_reviewers(alone)] == [0, 0]


def test_an_exercise_is_compared_criterion_by_criterion_and_few_give_no_figures() -> None:
    found = beside_reference(scheme=PLAIN, answers=rated("mmpnmmpm"), reference=rated("mmpnmppn"))
    assert (found.criteria, found.same, found.differing) == (8, 6, ("y2", "y4"))
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.4093, 0.9285)
    assert found.severity.words == "Too few to tell: 8 ratings beside the reference; at least 10 are needed."
    assert [one.alpha.words for one in found.consistency] == [
        "Too few to tell: 8 criteria rated on one scale; at least 10 are needed."
    ]


def test_a_longer_exercise_has_figures() -> None:
    told = PLAIN.model_dump(mode="json", by_alias=True)
    first = told["domains"][0]["criteria"]
    first += [{**first[0], "id": f"z{number}"} for number in range(20)]
    long = type(PLAIN).model_validate(told)
    names = [*NAMES, *(f"z{number}" for number in range(20))]
    reference = dict(zip(names, rated("mmpnmmpn").values(), strict=False)) | {
        name: rated("mpn"[int(name[1:]) % 3])["x1"] for name in names[8:]
    }
    mine = {**reference, **{name: rated("n")["x1"] for name in names[8:26]}}
    found = beside_reference(scheme=long, answers=mine, reference=reference)
    assert (found.criteria, found.same) == (28, 16)
    assert found.severity.words.startswith("Stricter than the reference: on average")
    assert (found.severity.visits, found.severity.ratings) == (1, 28), "an exercise is one visit"
    assert found.consistency[0].alpha.value is not None


def test_what_one_person_is_told_is_about_them_and_not_about_reviewers() -> None:
    told = {one.consistency[0].alpha.words for one in of_reviewers(STRICT)}
    assert told == {
        "Agrees well with what was settled.",
        "Agrees with what was settled less than is asked for, as far as this tells: look at what was rated otherwise.",
    }
