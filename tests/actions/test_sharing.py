"""What a team does among itself: a comment, and who looks after a criterion."""

import pytest

from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.give_criterion import give_criterion
from accreditation.actions.invite_person import invite_person
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.records import colleagues
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.actions.doing import let_in
from tests.walking import AT, CYCLE, LEAD, MEMBER, NORTH, OFFICE, SOUTH, newest, nothing_kept, walk


def say(house: House, text: str, *, criterion: str = "1.01") -> int:
    return comment_criterion(
        house.database, principal=MEMBER, cycle_id=CYCLE, criterion=criterion, text=text, at=AT
    )  # fmt: skip


def give(house: House, grant: int | None) -> int:
    return give_criterion(
        house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", grant_id=grant, at=AT
    )  # fmt: skip


def test_a_comment_is_kept_once_and_the_ledger_has_no_word_of_it(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    assert [say(house, " Who has the rota? "), say(house, "Who has the rota?")] == [1, 1]
    ((actor, action, subject, detail),) = newest(house)
    assert (actor, action, subject) == ("team_member:member of north", "assessment:comment", "cycle:1")
    assert detail == {"comment": 1, "criterion": "1.01"}  # no digest either: a short text is found by trying
    assert [say(house, "I."), say(house, "Who has the rota?")] == [2, 3]  # said again, after something else
    with house.database.reading() as session:
        said = [one.text for one in colleagues.comments(session, CYCLE, "1.01")]
    assert said == ["Who has the rota?", "I.", "Who has the rota?"]


def test_a_criterion_is_given_to_people_of_the_team_alone(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email="clerk@example.org",
        grants=[Grant(role=Role.COMMITTEE), Grant(role=Role.TEAM_MEMBER, organisation=NORTH)], at=AT,
    )  # fmt: skip
    with nothing_kept(house):
        assert give(house, None) == 0
    assert [give(house, 2), give(house, 2), give(house, None), give(house, 2)] == [1, 1, 2, 3]
    assert newest(house)[0][3] == {"criterion": "1.01", "person": 1, "number": 3}
    with nothing_kept(house), pytest.raises(Invalid, match="somebody who is not in the team; one of A clerk"):
        give(house, 1)  # the number of the person, and of another role of theirs


def test_nobody_of_another_team_is_given_anything(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    let_in(house, Grant(role=Role.TEAM_LEAD, team=SOUTH))
    with nothing_kept(house), pytest.raises(Invalid, match="nobody can sign in for it yet"):
        give(house, 1)


def test_it_is_about_a_criterion_of_a_cycle_that_runs(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    with nothing_kept(house):
        with pytest.raises(NotFound, match="The cycle has no criterion 9"):
            say(house, "So.", criterion="9")
        with pytest.raises(MoveNotAllowed, match="The cycle has ended"):
            say(house, "So.")
        with pytest.raises(MoveNotAllowed, match="The cycle has ended"):
            give(house, None)
