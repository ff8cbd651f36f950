"""Who is of a service gives and takes back no role by which it is judged; whoever becomes somebody twice is told so."""

import pytest

from accreditation.actions.grant_role import end_grant, grant_role
from accreditation.actions.invite_person import invite_person
from accreditation.errors import Invalid, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.proposing import proposed, to_proposal
from tests.walking import AT, NORTH, OFFICE, newest, nothing_kept, team_of

OWN = Principal(name="One (person 1)", role=Role.OFFICE)
"""Somebody of North who is of the college office too."""

COMMITTEE = Grant(role=Role.COMMITTEE)


def let_in(house: House, *grants: Grant, number: int = 1, by: Principal = OFFICE, knows: str | None = None) -> int:
    """Invite the person who gets this number, or is them; says the last role they hold by it."""
    name = {1: "One", 2: "Two", 3: "Three"}[number]
    return invite_person(
        house.database, key=house.key(), principal=by, name=name, email=f"{name}@example.org", grants=grants, at=AT,
        knows=knows,
    ).grants[-1]  # fmt: skip


def refused(house: House, grant: Grant, *, person: int = 2) -> None:
    """This role is not for somebody of North to give."""
    with nothing_kept(house), pytest.raises(NotPermitted, match="a role in North, North Trust or its organisation"):
        grant_role(house.database, principal=OWN, person_id=person, grant=grant, at=AT)


def as_reviewer(number: int) -> Grant:
    return Grant(role=Role.REVIEWER, reviewer=number)


def test_nobody_says_by_roles_who_reviews_their_own_service(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    seated = team_of(house)
    let_in(house, Grant(role=Role.TEAM_LEAD, team=NORTH), Grant(role=Role.OFFICE))
    sits = let_in(house, as_reviewer(seated["lead"]), number=2)
    refused(house, as_reviewer(seated["lay"]))
    with nothing_kept(house), pytest.raises(NotPermitted, match="this would change who reviews it or decides about it"):
        end_grant(house.database, principal=OWN, grant_id=sits, reason="Why not.", at=AT)
    elsewhere = let_in(house, as_reviewer(7 - seated["lay"]), COMMITTEE, number=3, by=OWN)  # nothing waits for either
    end_grant(house.database, principal=OWN, grant_id=elsewhere, reason="Left the college.", at=AT)
    end_grant(house.database, principal=OFFICE, grant_id=sits, reason="Left the college.", at=AT)
    assert newest(house)[0][1] == "grant:end"


def test_nor_who_is_proposed_for_it(house: House) -> None:
    to_proposal(house)
    let_in(house, Grant(role=Role.TEAM_LEAD, team=NORTH), Grant(role=Role.OFFICE))
    refused(house, as_reviewer(proposed(house)["lay"][0]), person=1)


def test_nor_who_decides_about_it(at_stage: AtStage) -> None:
    house = at_stage(Stage.DECISION)
    let_in(house, Grant(role=Role.TEAM_LEAD, organisation=1), Grant(role=Role.OFFICE))
    let_in(house, COMMITTEE, number=2)
    refused(house, COMMITTEE, person=1)
    refused(house, Grant(role=Role.TEAM_MEMBER, team=NORTH))  # which would keep them from deciding
    grant_role(house.database, principal=OWN, person_id=2, grant=Grant(role=Role.TEAM_MEMBER, team=2), at=AT)


def test_whoever_gives_a_role_is_told_first_what_follows_from_it(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    let_in(house, Grant(role=Role.TEAM_LEAD, team=NORTH), as_reviewer(3))
    told = (
        "One has, or had, a role in a team of North Trust. With this role, too, they can never decide about it or "
        "answer its appeals. Taking the role back later does not change that."
    )
    twice = "One can sign in as Lay 3 already. Both would act as one reviewer, in the same reviews."
    for grant, number, said in ((COMMITTEE, 1, told), (as_reviewer(3), 2, twice)):
        with nothing_kept(house), pytest.raises(Invalid) as refusal:
            let_in(house, grant, number=number, knows="")
        assert [one.found for one in refusal.value.faults] == [said]
        let_in(house, grant, number=number, knows=said)
        let_in(house, grant, number=number, knows="")  # again: they are it already
    let_in(house, as_reviewer(4), number=1, knows="")
