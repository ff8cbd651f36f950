from typing import cast

import pytest
from sqlmodel import Session

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.errors import NotFound
from accreditation.records import reviewers
from accreditation.rules.cycle import Stage
from accreditation.rules.people import PUBLIC
from accreditation.wiring import House
from tests.walking import AT, CYCLE, LEAD, OFFICE, ROUND, reviewer, team_of, walk


def test_who_left_a_review_team_does_not_sit_in_it(any_house: House) -> None:
    walk(any_house, Stage.REVIEW)
    team = team_of(any_house)
    declare_conflict(
        any_house.database, principal=OFFICE, reviewer_id=team["lead"], organisation_id=1, reason="A friend.", at=AT
    )
    with any_house.database.reading() as session:
        asked = [
            reviewers.sitting(session),
            reviewers.sitting(session, round_id=ROUND),
            reviewers.sitting(session, cycle_ids=[CYCLE]),
            reviewers.sitting(session, reviewer_id=team["lay"]),
            reviewers.sitting(session, reviewer_id=team["lead"]),
            reviewers.sitting(session, round_id=99),
        ]
    lay = [team["lay"]]
    assert [[row.reviewer_id for row, _ in found] for found in asked] == [lay, lay, lay, lay, [], []]


def test_who_left_was_there_all_the_same_and_hears_no_appeal(house: House) -> None:
    walk(house, Stage.REVIEW)
    team = team_of(house)
    declare_conflict(
        house.database, principal=OFFICE, reviewer_id=team["lead"], organisation_id=1, reason="A friend.", at=AT
    )
    with house.database.reading() as session:
        there = [reviewers.was_there(session, CYCLE, reviewer(who)) for who in (team["lead"], team["lay"], 99)]
    assert there == [True, True, False]


def test_what_permissions_know_of_a_visit_is_whether_the_reviewer_who_asks_sits_now(house: House) -> None:
    walk(house, Stage.REVIEW)
    lead = team_of(house)["lead"]
    with house.database.reading() as session:
        seats = [reviewers.own_seats(session, CYCLE, who) for who in (PUBLIC, LEAD, reviewer(lead), reviewer(9))]
        assert reviewers.own_seats(session, 999, reviewer(lead)) == frozenset()
    assert seats == [frozenset(), frozenset(), frozenset({lead}), frozenset()]


def test_a_reviewer_that_does_not_exist_is_not_found(house: House) -> None:
    with house.database.reading() as session:
        assert (reviewers.pool(session), reviewers.named(session, "Lead 1")) == ([], None)
        with pytest.raises(NotFound, match=r"There is no reviewer 1\."):
            reviewers.get(session, 1)


def test_a_name_that_cannot_be_printed_is_nobody_s_and_asked_of_no_database() -> None:
    assert reviewers.named(cast(Session, None), "a\0b") is None  # PostgreSQL refuses to be asked
