"""A role in a team that was given by mistake keeps its holder from nothing, unless they ever used it."""

import pytest

from accreditation.actions.answer_offer import answer_offer
from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.desk import enter
from accreditation.actions.enrol import enrol
from accreditation.actions.invite_person import invite_person
from accreditation.actions.undo_grant import undo_grant
from accreditation.errors import Contradiction, NotPermitted
from accreditation.records import colleagues, people
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    NO_UNIT,
    NORTH,
    OFFICE,
    ROUND,
    SOUTH,
    begin,
    keep,
    later,
    newest,
    nothing_kept,
)

MEMBER, ALL_OF_NORTH = Grant(role=Role.TEAM_MEMBER, team=NORTH), Grant(role=Role.TEAM_LEAD, organisation=1)


def given(house: House, *grants: Grant, by: Principal = OFFICE, email: str = "one@example.org") -> int:
    """The last of these roles, which somebody of this address has now."""
    return invite_person(
        house.database, key=house.key(), principal=by, name="One", email=email, grants=grants, at=AT
    ).grants[-1]  # fmt: skip


def undo(house: House, grant: int, *, by: Principal = OFFICE, reason: str = "Another of that name.") -> None:
    """The office says that it was a mistake."""
    undo_grant(house.database, principal=by, grant_id=grant, reason=reason, at=AT)


def test_a_role_that_was_a_mistake_keeps_from_nothing_and_is_taken_back(house: House) -> None:
    begin(house)
    grant = given(house, Grant(role=Role.REVIEWER, reviewer=1), MEMBER, ALL_OF_NORTH)
    own_clerk = Principal(name="One (person 1)", role=Role.OFFICE)  # the same person, who is of the office too
    with nothing_kept(house), pytest.raises(NotPermitted, match="somebody else of the college office has to"):
        undo(house, grant, by=own_clerk)
    undo(house, grant)
    assert [row[1] for row in newest(house, number=2)] == ["grant:end", "grant:undo"]
    with house.database.reading() as session:
        assert colleagues.served(session) == {1: {1}}  # by the role in the team, which was none
    undo(house, grant - 1)
    with house.database.reading() as session:
        assert (colleagues.served(session), colleagues.ever_of_organisation(session, 1)) == ({}, frozenset())
        assert [one.role for one in people.grants_of(session, [1])[1]] == [Role.REVIEWER]
    with nothing_kept(house):
        undo(house, grant)
        with pytest.raises(Contradiction, match="called a mistake already: Another"):
            undo(house, grant, reason="Why not.")


def test_whoever_said_that_they_are_of_the_team_was_no_mistake(house: House) -> None:
    begin(house)
    office = given(house, Grant(role=Role.COMMITTEE))
    offered = given(house, MEMBER, by=LEAD)
    answer_offer(house.database, person_id=1, grant_id=offered, takes=True, at=AT)
    used = given(house, MEMBER, email="two@example.org")
    acting = Principal(name="One (person 2)", role=Role.TEAM_MEMBER, team=NORTH)
    comment_criterion(
        house.database, principal=acting, cycle_id=CYCLE, criterion="1.01", text="I wrote it down.", at=AT
    )
    for grant, why in (
        (office, "has a role in no team by it"), (offered, "was offered it by the team’s lead"),
        (used, "did something in a team of that organisation after it was given"),
    ):  # fmt: skip
        with nothing_kept(house), pytest.raises(Contradiction, match=why):
            undo(house, grant)


def test_what_somebody_did_in_a_team_of_another_organisation_makes_a_mistake_none_the_less_one(house: House) -> None:
    begin(house)
    enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile=NO_UNIT, at=AT)
    grant = given(house, Grant(role=Role.TEAM_LEAD, team=SOUTH), MEMBER)
    souths = Principal(name="One (person 1)", role=Role.TEAM_LEAD, team=SOUTH)
    comment_criterion(house.database, principal=souths, cycle_id=CYCLE + 1, criterion="1.01", text="Who?", at=later(1))
    keep(house, by=souths)
    given(house, Grant(role=Role.TEAM_MEMBER, team=SOUTH), by=souths, email="two@example.org")
    undo(house, grant)
    again = given(house, MEMBER)
    norths = Principal(name="One (person 1)", role=Role.TEAM_LEAD, team=NORTH)
    given(house, Grant(role=Role.TEAM_MEMBER, team=NORTH), by=norths, email="two@example.org")
    of_two = given(house, MEMBER, email="two@example.org")
    with house.database.writing() as session:  # as it was entered before it was said for which team
        two = Principal(name="One (person 2)", role=Role.TEAM_LEAD, team=NORTH)
        enter(session, at=AT, by=two, action="person:invite", subject="person:3", detail={})
    for grant in (again, of_two):
        with nothing_kept(house), pytest.raises(Contradiction, match="did something in a team of that organisation"):
            undo(house, grant)
