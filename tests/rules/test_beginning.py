"""What a proposed team lacks before its review may begin, over every combination of what is asked and answered."""

from itertools import product

import pytest

from accreditation.rules.beginning import Answer, Asked, still_lacking

TEAM = {(1, "lead"), (3, "lay")}


def asked(
    number: int = 1,
    role: str = "lead",
    *,
    service: bool = True,
    reviewer: bool = True,
    service_said: Answer | None = None,
    reviewer_said: Answer | None = None,
) -> Asked:
    return Asked(
        name=f"Reviewer {number}", reviewer=number, role=role, service_asked=service, reviewer_asked=reviewer,
        service_said=service_said, reviewer_said=reviewer_said,
    )  # fmt: skip


SERVICE: tuple[Answer | None, ...] = (None, "no_conflict", "conflict")
REVIEWER: tuple[Answer | None, ...] = (None, "accepts", "declines", "conflict")


def test_it_begins_exactly_where_every_side_that_is_asked_agrees() -> None:
    for service, reviewer, service_said, reviewer_said in product((True, False), (True, False), SERVICE, REVIEWER):
        one = asked(service=service, reviewer=reviewer, service_said=service_said, reviewer_said=reviewer_said)
        lacking = still_lacking(proposed={(1, "lead")}, empty=0, sitting=(), invited=[one])
        agree = (not service or service_said == "no_conflict") and (not reviewer or reviewer_said == "accepts")
        assert (lacking == ()) == agree, one


@pytest.mark.parametrize(
    ("proposed", "empty", "sitting", "said"),
    [
        ((), 0, (), ("no review team is proposed yet",)),
        ((), 2, (), ("no review team is proposed yet",)),
        (TEAM, 1, (), ("1 place is empty in the proposed team",)),
        (TEAM, 2, TEAM, ("2 places are empty in the proposed team",)),
        (TEAM, 0, (), ("the college office has yet to confirm the proposed team",)),
        (TEAM, 0, {(1, "lead")}, ("the college office has yet to confirm the proposed team",)),
        (TEAM, 0, {(1, "lay"), (3, "lead")}, ("the college office has yet to confirm the proposed team",)),
        (TEAM, 0, TEAM, ()),
    ],
)
def test_a_team_that_is_not_complete_or_not_confirmed_does_not_begin(
    proposed: set[tuple[int, str]], empty: int, sitting: set[tuple[int, str]], said: tuple[str, ...]
) -> None:
    assert still_lacking(proposed=proposed, empty=empty, sitting=sitting, invited=()) == said


def test_whose_answer_is_waited_for_is_named() -> None:
    both = [asked(), asked(3, "lay")]
    assert still_lacking(proposed=TEAM, empty=0, sitting=(), invited=both) == (
        "the service has yet to say whether it has a conflict with Reviewer 1, Reviewer 3",
        "Reviewer 1, Reviewer 3 have yet to accept",
    )
    one = [asked(service_said="no_conflict"), asked(3, "lay", service_said="no_conflict", reviewer_said="accepts")]
    assert still_lacking(proposed=TEAM, empty=0, sitting=(), invited=one) == ("Reviewer 1 has yet to accept",)
