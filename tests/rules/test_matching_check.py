import pytest

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching_check import hold
from accreditation.rules.matching_round import Place, Round


class Lay:
    role, minimum, maximum = "lay", 1, 1


def asked(*standing: Place) -> Round:
    visits = {
        7: Visit(cycle=7, team_name="Team 7", organisation=10),
        8: Visit(cycle=8, team_name="Team 8", organisation=20),
    }
    people = {
        number: Reviewer(
            id=number, name=f"Reviewer {number} (lay)", roles=frozenset({"lay"}), organisation=employer, capacity=1
        )
        for number, employer in ((1, 10), (2, 20), (3, None))
    }
    return Round(
        visits=visits, everywhere=visits, reviewers=people, seats=[Lay()], declared=[], standing=sorted(standing)
    )


def test_an_answer_that_keeps_the_rules_holds() -> None:
    hold(asked=asked(), added=[Place(8, "lay", 1), Place(7, "lay", 3)])


@pytest.mark.parametrize(
    ("standing", "added", "broken"),
    [
        ([], [Place(7, "lay", 1)], "Reviewer 1 (lay) is employed by the organisation of Team 7"),
        (
            [],
            [Place(8, "lay", 1), Place(7, "lay", 2)],
            "Reviewer 1 (lay) reviews Team 8 and Reviewer 2 (lay) reviews Team 7 in the same round, and each is "
            "employed by the organisation that the other visits",
        ),
        (
            [Place(8, "lay", 3)],
            [Place(7, "lay", 3)],
            "Reviewer 3 (lay) has 2 visits and capacity for 1",
        ),
        (
            [Place(7, "lay", 3)],
            [Place(7, "lay", 2)],
            "Team 7 has 2 in the seat lay and room for 1",
        ),
    ],
)
def test_an_answer_that_breaks_a_rule_is_a_fault_of_the_program(
    standing: list[Place], added: list[Place], broken: str
) -> None:
    with pytest.raises(AssertionError) as raised:
        hold(asked=asked(*standing), added=added)
    assert str(raised.value) == f"the solver's answer breaks the rules it was given: {broken}"


def test_a_place_taken_twice_is_a_fault_of_the_program() -> None:
    with pytest.raises(AssertionError, match="a place is taken twice"):
        hold(asked=asked(Place(7, "lay", 3)), added=[Place(7, "lay", 3)])
