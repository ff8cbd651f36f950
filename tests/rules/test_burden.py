from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.burden import FEW, IDLE, Burden, Cost, File, Middle, Touch, Work, burden, burden_of_scheme
from tests.walking import AT


def touch(minutes: float, *criteria: str, who: str = "lead") -> Touch:
    return Touch(who=who, at=AT + timedelta(minutes=minutes), criteria=criteria or ("1",))


def sent(*criteria: str, stands: bool = True) -> File:
    return File(sent=True, stands=stands, criteria=criteria)


def reused(*criteria: str, stands: bool = True) -> File:
    return File(sent=False, stands=stands, criteria=criteria)


def work(*touches: Touch, files: tuple[File, ...] = (), published: frozenset[str] = frozenset()) -> Work:
    """Three criteria, of which the first two ask for evidence."""
    return Work(
        asked=("1", "2", "3"), evidence=frozenset({"1", "2"}), published=published, touches=touches, files=files
    )  # fmt: skip


def minutes(found: Burden) -> dict[str, Fraction]:
    return {one.criterion: one.work for one in found.costs if one.work}


def test_gaps_of_one_person_count_up_to_half_an_hour_and_longer_ones_not_at_all() -> None:
    found = burden(work(touch(0), touch(10), touch(40), touch(70.5), touch(80.5)))
    assert (found.work, found.span, found.people) == (Fraction(50), Fraction("80.5"), 1)


def test_what_people_do_at_once_is_added_up() -> None:
    found = burden(work(touch(0), touch(5, who="member"), touch(20), touch(25, who="member")))
    assert (found.work, found.span, found.people) == (Fraction(40), Fraction(25), 2)


def test_minutes_belong_to_what_was_touched_next_and_are_shared_equally() -> None:
    together = (touch(12, "1"), touch(12, "2"), touch(12, "3"))
    assert minutes(burden(work(touch(0, "1"), *together))) == {"1": Fraction(4), "2": Fraction(4), "3": Fraction(4)}
    assert minutes(burden(work(touch(0, "1"), touch(1, "2")))) == {"2": Fraction(1)}


@given(st.lists(st.tuples(st.integers(0, 500), st.sampled_from("123"), st.sampled_from("ab")), max_size=12))
@settings(max_examples=40, deadline=None)
def test_the_criteria_share_all_the_minutes_and_no_person_works_longer_than_the_span(
    told: list[tuple[int, str, str]],
) -> None:
    found = burden(work(*(touch(at, name, who=who) for at, name, who in told)))
    assert sum(minutes(found).values()) == found.work <= found.span * max(found.people, 1)
    assert sum(one.saves for one in found.costs) == len(told)


@pytest.mark.parametrize(
    ("files", "uploads", "by_reuse"),
    [
        ((), 0, 0),
        ((sent("1"), sent("2")), 2, 0),
        ((sent("1", "2", "3"),), 1, 1),
        ((reused("1", "2", "3"),), 0, 2),
        ((reused("1"), sent("1")), 1, 0),
        ((sent("1", stands=False), reused("1")), 1, 1),
        ((reused("1", stands=False),), 0, 0),
        ((sent(), sent("1")), 2, 0),
    ],
)
def test_evidence_is_by_reuse_where_no_file_was_sent_for_it(
    files: tuple[File, ...], uploads: int, by_reuse: int
) -> None:
    found = burden(work(files=files))
    assert (found.items, found.uploads, found.reused) == (5, uploads, by_reuse)


def test_an_answer_that_an_audit_published_is_by_reuse() -> None:
    found = burden(work(files=(reused("1"),), published=frozenset({"1", "3"})))
    assert (found.reused, {one.criterion: one.reused for one in found.costs}) == (3, {"1": 2, "2": 0, "3": 1})


def test_a_file_keeps_the_criteria_that_are_asked_in_their_order() -> None:
    assert sent("3", "9", "1").only({"1": 0, "2": 1, "3": 2}) == sent("1", "3")


def test_what_nobody_touched_cost_nothing() -> None:
    found = burden(work())
    assert (found.work, found.span, found.people, found.uploads) == (Fraction(0), Fraction(0), 0, 0)


def test_of_few_cycles_nothing_is_told_and_of_enough_the_middle_and_the_dearest() -> None:
    several = [burden(work(touch(0, "1"), touch(number, "2"), touch(number + 1, "3"))) for number in range(1, FEW + 1)]
    assert burden_of_scheme(several[1:]) is None
    found = burden_of_scheme(several)
    assert found is not None
    assert found.work == Middle(least=Fraction(2), middle=Fraction(4), most=Fraction(6))
    assert found.costs == (
        Cost(criterion="2", cycles=5, work=Fraction(15), saves=5, uploads=0, reused=0),
        Cost(criterion="3", cycles=5, work=Fraction(5), saves=5, uploads=0, reused=0),
        Cost(criterion="1", cycles=5, work=Fraction(0), saves=5, uploads=0, reused=0),
    )
    even = burden_of_scheme([*several, burden(work(touch(0), touch(20)))])
    assert even is not None
    assert even.work.middle == Fraction(9, 2)


def test_a_criterion_that_few_cycles_were_asked_is_not_told() -> None:
    wide = burden(work(touch(0)))
    narrow = burden(Work(asked=("1",), evidence=frozenset(), published=frozenset(), touches=(), files=()))
    found = burden_of_scheme([narrow] * FEW + [wide] * (FEW - 1))
    assert found is not None
    assert [one.criterion for one in found.costs] == ["1"]


def test_half_an_hour_is_the_longest_gap() -> None:
    assert timedelta(minutes=30) == IDLE
