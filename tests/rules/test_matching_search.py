from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching_round import Round, eligible
from accreditation.rules.matching_search import search


class Seat:
    minimum = maximum = 1

    def __init__(self, role: str) -> None:
        self.role = role


def person(number: int, *roles: str, employer: int, capacity: int) -> Reviewer:
    name = f"Reviewer {number}"
    return Reviewer(id=number, name=name, roles=frozenset(roles), organisation=employer, capacity=capacity)


def test_what_the_outline_does_not_settle_is_proven_only_where_it_is_searched_whole() -> None:
    """The outline does not see that the reviewer with two roles may sit only once in a team."""
    visits = {
        cycle: Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=where)
        for cycle, where in ((100, 10), (101, 20), (102, 10))
    }
    people = [
        person(0, "lay", "nurse", employer=10, capacity=3),
        person(1, "lay", employer=20, capacity=2),
        person(2, "lay", employer=30, capacity=1),
    ]
    asked = Round(
        visits=visits,
        everywhere=visits,
        reviewers={one.id: one for one in people},
        seats=[Seat("lay"), Seat("nurse")],
        declared=[],
        standing=[],
    )
    places = eligible(asked)
    found = [search(asked=asked, places=places, shortlist=8, few=few) for few in (0, len(places))]
    assert [one.proven for one in found] == [False, True]
