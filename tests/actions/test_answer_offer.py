"""A role that a team's lead gives is an offer: its holder takes it, or says that it is not theirs."""

import pytest

from accreditation.actions.accept_invitation import accept_invitation
from accreditation.actions.answer_offer import REFUSED, answer_offer
from accreditation.actions.invite_person import invite_person
from accreditation.errors import NotFound
from accreditation.records import colleagues, credentials, people, reviewers
from accreditation.rules.cycle import Stage
from accreditation.rules.derived import secret_of_link
from accreditation.rules.grants import Grant
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.walking import AT, CYCLE, NORTH, OFFICE, newest, nothing_kept, walk

LEAD = Principal(name="A lead", role=Role.TEAM_LEAD, team=NORTH)
MEMBER = Grant(role=Role.TEAM_MEMBER, team=NORTH)


def invited(house: House, by: Principal, *grants: Grant, email: str = "somebody@example.org") -> tuple[int, int]:
    """Who is invited, and their last grant."""
    done = invite_person(
        house.database, key=house.key(), principal=by, name="Somebody", email=email, grants=grants, at=AT
    )
    return done.person, done.grants[-1]


def seats(house: House) -> set[int]:
    """Who sits in the review team."""
    with house.database.reading() as session:
        return {one.reviewer_id for one, _ in reviewers.sitting(session, cycle_ids=[CYCLE])}


def held(house: House, person: int) -> list[Role]:
    """What this person is now."""
    with house.database.reading() as session:
        return [one.role for one in people.grants_of(session, [person])[person]]


def answer(house: House, person: int, grant: int, *, takes: bool) -> None:
    """What the person says to the offer."""
    answer_offer(house.database, person_id=person, grant_id=grant, takes=takes, at=AT)


def follow_letter(house: House, person: int) -> None:
    """They choose a password by the link of their letter."""
    with house.database.reading() as session:
        nonce = credentials.open_links(session, person_id=person, at=AT)[-1].nonce
    secret = secret_of_link(house.key(), nonce)
    accept_invitation(house.database, secret=secret, password="four plain words here", at=AT)


def test_a_lead_who_offers_a_reviewer_a_role_takes_nobody_out_of_the_review_team(house: House) -> None:
    walk(house, Stage.REVIEW)
    before = seats(house)
    one = min(before)
    person, _ = invited(house, OFFICE, Grant(role=Role.REVIEWER, reviewer=one))
    _, offer = invited(house, LEAD, MEMBER)
    assert invited(house, LEAD, MEMBER) == (person, offer)
    follow_letter(house, person)
    with house.database.reading() as session:
        assert (colleagues.served(session), colleagues.ever_of_organisation(session, 1)) == ({}, frozenset())
    assert (seats(house), held(house, person)) == (before, [Role.REVIEWER])
    for who, grant in ((person + 1, offer), (person, offer - 1), (person, 99)):  # another's, the office's, none
        with nothing_kept(house), pytest.raises(NotFound, match="There is no such offer to you now"):
            answer(house, who, grant, takes=True)
    answer(house, person, offer, takes=True)
    assert newest(house)[0][1:4] == ("person:take_role", f"person:{person}", {
        "role": "team_member", "team": NORTH, "grant": offer, "left_cycles": [CYCLE],
    })  # fmt: skip
    assert (seats(house), held(house, person)) == (before - {one}, [Role.REVIEWER, Role.TEAM_MEMBER])
    with nothing_kept(house):
        answer(house, person, offer, takes=True)
        with pytest.raises(NotFound):
            answer(house, person, offer, takes=False)


def test_whoever_says_that_it_is_not_their_team_was_never_in_it(house: House) -> None:
    walk(house, Stage.REVIEW)
    person, _ = invited(house, OFFICE, Grant(role=Role.COMMITTEE))
    _, offer = invited(house, LEAD, MEMBER)
    answer(house, person, offer, takes=False)
    with house.database.reading() as session:
        ended = people.given(session, offer)[1]
        assert (ended and ended.reason, colleagues.ever_of_organisation(session, 1)) == (REFUSED, frozenset())
    with nothing_kept(house):
        answer(house, person, offer, takes=False)
        with pytest.raises(NotFound):
            answer(house, person, offer, takes=True)
    again = invited(house, LEAD, MEMBER)[1]
    assert again != offer


def test_whoever_is_of_teams_alone_takes_what_is_offered_with_their_invitation(house: House) -> None:
    walk(house, Stage.REVIEW)
    person, offer = invited(house, LEAD, MEMBER)
    assert held(house, person) == []
    follow_letter(house, person)
    assert held(house, person) == [Role.TEAM_MEMBER]
    with house.database.reading() as session:
        assert colleagues.ever_of_organisation(session, 1) == {person}
    with nothing_kept(house), pytest.raises(NotFound):
        answer(house, person, offer, takes=False)
