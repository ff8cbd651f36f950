"""A reviewer's drafts are never lost: what only the hand-in needs never keeps a rating from being saved."""

from collections.abc import Mapping

import pytest

from accreditation.actions.review import hand_in, review
from accreditation.errors import Conflict, Invalid, Stale
from accreditation.records import answers
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.views.reviews import OwnReview, own_review
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import AT, CYCLE, given, newest, nothing_kept, reviewer, team_of


def save(house: House, said: Mapping[str, Answer], *, seen: int = 0) -> dict[str, int]:
    """The lead's reviewer saves these answers, having seen this version of each."""
    who = reviewer(team_of(house)["lead"])
    return review(house.database, principal=who, cycle_id=CYCLE, given=given(said, seen=seen), at=AT)


def own(house: House) -> OwnReview:
    return own_review(house.database, principal=reviewer(team_of(house)["lead"]), cycle_id=CYCLE)


def test_a_comment_without_a_rating_is_kept_and_is_still_to_be_rated(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    assert own(house).to_rate == ("1.01", "2.01", "2.02")
    assert save(house, {"1.01": Answer(note="Ask for the deputy.")}) == {"1.01": 1}
    told = own(house)
    assert told.criteria[0].answer == Answer(state="not_answered", note="Ask for the deputy.")
    assert (told.to_rate, told.criteria[0].version) == (("1.01", "2.01", "2.02"), 1)
    assert save(house, {"1.01": Answer(rating="met", note="Ask for the deputy.")}, seen=1) == {"1.01": 2}
    assert own(house).to_rate == ("2.01", "2.02")


def test_a_rating_that_needs_its_reason_is_kept_without_and_the_hand_in_names_all_that_lacks(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    bare = Answer(state="not_applicable")
    assert save(house, {"1.01": bare, "2.01": Answer(note="Which month?")}) == {"1.01": 1, "2.01": 1}
    assert own(house).criteria[0].answer == bare
    with nothing_kept(house), pytest.raises(Invalid) as lacking:
        hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    assert [str(fault) for fault in lacking.value.faults] == [
        "criterion 1.01: 'not applicable' without a reason; say in the note why it does not apply to this service",
        "criterion 2.01: 'Scan within an hour' is not answered; answer it, or say why it does not apply",
        "criterion 2.02: 'Audit level' is not answered; answer it, or say why it does not apply",
    ]
    save(house, {"1.01": Answer(state="not_applicable", note="No ward."), "2.01": Answer(rating="met")}, seen=1)
    save(house, {"2.02": Answer(rating="met")})
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    assert newest(house)[0][1] == "review:hand_in"


def test_what_no_addition_could_mend_is_refused_at_once(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    with nothing_kept(house), pytest.raises(Invalid) as invalid:
        save(house, {"1.01": Answer(rating="perhaps"), "2.01": Answer(measured="192")})
    assert [fault.where for fault in invalid.value.faults] == ["criterion 1.01", "criterion 2.01"]


def test_two_tabs_merge_where_they_differ_and_are_told_both_versions_where_they_meet(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    first = {"1.01": Answer(rating="met", note="first tab"), "2.02": Answer(rating="met")}
    assert save(house, first) == {"1.01": 1, "2.02": 1}
    assert save(house, {"2.01": Answer(rating="met")}) == {"2.01": 1}
    second = {"1.01": Answer(rating="not_met", note="second tab"), "2.02": Answer(rating="not_met")}
    with nothing_kept(house), pytest.raises(Stale) as stale:
        save(house, second)
    assert stale.value.conflicts == tuple(
        Conflict(
            where=name, current_version=1, current=first[name].model_dump(mode="json"),
            sent=second[name].model_dump(mode="json"),
        )
        for name in ("1.01", "2.02")
    )  # fmt: skip
    assert str(stale.value) == (
        "Criterion 1.01 was answered by you, in another window, after you looked (version 1, you saw 0). Another "
        "version than you saw stands of 2.02 too. Nothing of yours was kept here: compare the two, then send again "
        "with version 1."
    )
    assert save(house, second, seen=1) == {"1.01": 2, "2.02": 2}
    with house.database.reading() as session:
        rows = answers.review_ratings(session, [own_seat(house)])[own_seat(house)]
    assert {name: row.rating for name, row in rows.items()} == {"1.01": "not_met", "2.01": "met", "2.02": "not_met"}


def own_seat(house: House) -> int:
    (entry,) = newest(house)
    number = entry[3]["assignment"]
    assert isinstance(number, int)
    return number


def test_the_same_draft_sent_again_changes_nothing(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    draft = Answer(note="Ask for the deputy.")
    save(house, {"1.01": draft})
    with nothing_kept(house):
        assert save(house, {"1.01": draft}) == {"1.01": 1}
        assert save(house, {"1.01": Answer(state="not_answered", note="Ask for the deputy.")}) == {"1.01": 1}
