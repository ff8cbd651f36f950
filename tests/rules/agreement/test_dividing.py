"""Which criteria divide reviewers, and which only seem to."""

import random

from accreditation.rules.agreement.dividing import Pairs, dividing

AGREED: Pairs = [(3, 0)] * 20


def test_a_criterion_that_divides_comes_first_and_the_words_say_so() -> None:
    found = dividing({"1": AGREED, "2": [(3, 2)] * 18 + [(3, 0)] * 2, "3": [(3, 0)] * 16 + [(3, 2)] * 4})
    assert [(one.criterion, one.divides) for one in found] == [("2", True), ("3", False), ("1", False)]
    assert (found[0].visits, found[0].pairs, found[0].differ, found[0].share, found[0].among) == (20, 60, 36, 0.6, 3)
    assert found[0].words == (
        "This criterion divides reviewers: reword it. They differ in 60 % of pairs, and surely in 35 % or more, though "
        "one looks at 3 criteria; on all others in 7 %."
    )
    assert found[2].words == "Reviewers differ in 0 % of pairs (between 0 % and 16 %)."


def test_with_too_few_visits_nothing_is_said_whatever_the_share() -> None:
    found = dividing({"1": [(1, 1)] * 9, "2": [(1, 1)] * 10, "0": [(0, 0)] * 30})
    assert [(one.criterion, one.share, one.divides) for one in found] == [
        ("2", 1.0, True), ("0", None, False), ("1", None, False),
    ]  # fmt: skip
    assert [one.words for one in found[1:]] == [
        f"Too few to tell: rated by two or more in {number} visits; at least 10 are needed." for number in (0, 9)
    ]


def test_visits_are_counted_and_not_pairs_so_a_large_team_is_no_more_certain() -> None:
    two, four = dividing({"2": [(1, 1)] * 5 + [(1, 0)] * 5})[0], dividing({"4": [(6, 6)] * 5 + [(6, 0)] * 5})[0]
    assert (two.share, two.lower, two.upper) == (four.share, four.lower, four.upper)


def test_where_all_criteria_divide_alike_none_is_named() -> None:
    assert not any(one.divides for one in dividing({str(name): [(1, 1)] * 12 + [(1, 0)] * 8 for name in range(5)}))


def test_looking_at_many_finds_no_more_by_chance() -> None:
    """Two hundred rounds of seventy criteria, each differing in one visit of five: hardly one is ever named."""
    chance = random.Random(4)
    rounds = [
        {str(name): [(1, int(chance.random() < 0.2)) for _ in range(15)] for name in range(70)} for _ in range(60)
    ]
    named = sum(any(one.divides for one in dividing(said)) for said in rounds)
    assert named <= 3
    once = sum(one.lower is not None and one.lower > 0.2 for said in rounds for one in dividing(said))
    assert once > 20, "without allowing for many looks, chance alone would have named these"
