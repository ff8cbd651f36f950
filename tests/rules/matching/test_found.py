"""What was proposed before is kept among equal answers, also where a search was cut short before lots were drawn."""

from dataclasses import replace

from accreditation.rules.conflicts import Reviewer, Visit
from accreditation.rules.matching import Question, Seated
from accreditation.rules.matching.eligible import prepare
from accreditation.rules.matching.found import find, keeping
from accreditation.rules.matching.solve import solve
from accreditation.rules.reviewer_facts import Preference
from accreditation.scheme.process import AssignmentRules, Seat

SEATS = (Seat(role="lead", title="Lead", minimum=1, maximum=1),)
POOL = tuple(
    Reviewer(id=number, name=f"Lead {number}", roles=frozenset({"lead"}), organisation=None, capacity=1)
    for number in range(1, 9)
)
VISITS = tuple(Visit(cycle=cycle, team_name=f"Team {cycle}", organisation=cycle) for cycle in range(1, 6))
ASKED = Question(
    visits=VISITS, reviewers=POOL, seats=SEATS, rules=AssignmentRules.model_validate({"fit": {"preference": 1}})
)


def seats(*people: int) -> tuple[Seated, ...]:
    return tuple(Seated(cycle=cycle, role="lead", reviewer=who) for cycle, who in enumerate(people, start=1))


def test_of_equal_answers_the_one_before_is_found_again_whatever_the_lots() -> None:
    for before in (seats(1, 2, 3, 4, 5), seats(8, 6, 4, 2, 1), seats(5, 1, 4, 2, 3)):
        assert find(replace(ASKED, before=before)).seated == before
    assert find(replace(ASKED, before=seats(1, 1, 2, 2, 3))).seated != seats(1, 1, 2, 2, 3), "nobody goes twice"


def test_a_second_search_finds_it_where_the_first_was_cut_short_before_lots() -> None:
    before = seats(8, 6, 4, 2, 1)
    first = solve(prepare(ASKED).instance)
    prepared = prepare(replace(ASKED, before=before))
    assert prepared.seated(first.filling) != before
    assert prepared.seated(keeping(replace(ASKED, before=before), prepared, first, fair=True).filling) == before


def test_the_first_answer_stands_where_what_was_before_is_worse() -> None:
    glad = replace(POOL[6], preferences=(Preference(organisation=1, how="prefers"),))
    asked = replace(ASKED, visits=VISITS[:1], reviewers=(*POOL[:6], glad), before=seats(1))
    prepared = prepare(asked)
    first = solve(prepared.instance)
    assert prepared.seated(first.filling) == seats(7) == find(asked).seated
    assert keeping(asked, prepared, first, fair=True) is first
