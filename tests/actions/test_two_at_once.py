"""Two people do the same at the same moment, on either database: one of them does it, and the other is told.

Who does it by the site's forms is in tests/pages/test_at_once.py.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from accreditation.actions.arrange import arrange
from accreditation.actions.assign import assign
from accreditation.actions.confirm import confirm
from accreditation.actions.decide import decide
from accreditation.actions.rate import rate
from accreditation.errors import Contradiction, Stale
from accreditation.ledger.entries import entries, verify
from accreditation.records import answers
from accreditation.rules.cycle import Stage
from accreditation.rules.wishes import Lock
from accreditation.wiring import House, open_house
from tests.proposing import asked, confirm_all, proposed, says, service_says, to_proposal
from tests.walking import (
    ANSWERS,
    AT,
    COMMITTEE,
    CYCLE,
    MEMBER,
    OFFICE,
    ROUND,
    given,
    team_of,
    walk,
    work,
)


def at_once(house: House, *doings: Callable[[House], Any]) -> list[Any]:
    """Do these at the same moment, each with connections of its own; what does each say?"""
    start = threading.Barrier(len(doings))
    said: list[Any] = [None] * len(doings)

    def do(number: int, doing: Callable[[House], Any]) -> None:
        own = open_house(house.settings)
        try:
            start.wait()
            said[number] = doing(own)
        except Exception as refusal:
            said[number] = refusal
        finally:
            own.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def actions(house: House) -> list[str]:
    with house.database.reading() as session:
        verify(session)
        return [one.action for one in entries(session, limit=1000)]


def test_two_offices_that_assign_seat_one_team(any_house: House) -> None:
    walk(any_house, Stage.ASSIGNMENT)

    def assigned(house: House) -> Any:
        return assign(house.database, principal=OFFICE, round_id=ROUND, at=AT)

    assert sorted(at_once(any_house, assigned, assigned)) == [(), (CYCLE,)]
    assert set(team_of(any_house)) == {"lead", "lay"}
    assert actions(any_house).count("review:assign") == 1


@pytest.mark.parametrize("outcomes", [("accredited", "accredited"), ("accredited", "deferred")])
def test_two_decisions_are_one(house: House, outcomes: tuple[str, str]) -> None:
    walk(house, Stage.DECISION)

    def decided(outcome: str) -> Callable[[House], Any]:
        return lambda house: (
            decide(
                house.database,
                principal=COMMITTEE,
                cycle_id=CYCLE,
                outcome=outcome,
                reason="So be it.",
                at=AT,
                conditions=("1.01",) if outcome == "deferred" else (),
            ).outcome
        )

    said = at_once(house, *(decided(outcome) for outcome in outcomes))
    refused = [type(one) for one in said if isinstance(one, Exception)]
    assert refused == ([] if outcomes[0] == outcomes[1] else [Contradiction])
    assert actions(house).count("award:decide") == 1


def test_many_members_who_rate_different_criteria_lose_nothing(any_house: House) -> None:
    walk(any_house, Stage.SELF_ASSESSMENT)

    def rated(name: str) -> Callable[[House], Any]:
        said = given({name: ANSWERS[name]})
        return lambda house: rate(house.database, principal=MEMBER, cycle_id=CYCLE, given=said, at=AT)

    assert at_once(any_house, *(rated(name) for name in ANSWERS)) == [{name: 1} for name in ANSWERS]
    with any_house.database.reading() as session:
        rows = answers.self_ratings(session, [CYCLE])[CYCLE]
    assert {name: row.answer() for name, row in rows.items()} == ANSWERS


def test_who_locks_and_who_confirms_at_once_do_not_mix(any_house: House) -> None:
    to_proposal(any_house)
    other = {1: 2, 2: 1}[proposed(any_house)["lead"][0]]
    lock = Lock(cycle=CYCLE, reviewer=other, role="lead")

    def locks(house: House) -> Any:
        return arrange(house.database, principal=OFFICE, round_id=ROUND, number=1, change=lock, at=AT).number

    def confirms(house: House) -> Any:
        return confirm(house.database, principal=OFFICE, round_id=ROUND, number=1, at=AT)

    said = at_once(any_house, locks, confirms)
    assert said[0] == 2
    assert isinstance(said[1], Stale) or said[1] == (CYCLE,)
    assert asked(any_house) in ({}, {"lead": 3 - other, "lay": proposed(any_house)["lay"][0]})


def test_a_service_and_a_reviewer_who_answer_at_once_are_both_heard(any_house: House) -> None:
    to_proposal(any_house)
    confirm_all(any_house)
    doings: list[Callable[[House], Any]] = [
        partial(side, role=role) for role in asked(any_house) for side in (says, service_says)
    ]
    assert at_once(any_house, *doings) == [True] * 4
    work(any_house)
    assert set(team_of(any_house)) == {"lead", "lay"}
    assert actions(any_house).count("review:assign") == 1
