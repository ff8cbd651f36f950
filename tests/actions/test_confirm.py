"""The office confirms what the engine proposes; whoever is asked agrees; the review begins."""

from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.proposing import all_agree, asked, confirm_all, proposed, to_proposal
from tests.walking import CYCLE, nothing_kept, stage_of, team_of, work


def test_the_engine_proposes_and_seats_nobody(house: House) -> None:
    to_proposal(house)
    assert (stage_of(house), team_of(house), asked(house)) == (Stage.ASSIGNMENT, {}, {})
    assert {role: how for role, (_, how) in proposed(house).items()} == {"lead": "proposed", "lay": "proposed"}


def test_confirmed_and_agreed_to_by_all_the_review_begins(house: House) -> None:
    to_proposal(house)
    assert confirm_all(house) == (CYCLE,)
    assert asked(house) == {role: who for role, (who, _) in proposed(house).items()}
    with nothing_kept(house):
        assert confirm_all(house) == ()
    all_agree(house)
    assert stage_of(house) is Stage.ASSIGNMENT
    work(house)
    assert (stage_of(house), asked(house)) == (Stage.REVIEW, {})
    assert team_of(house) == {role: who for role, (who, _) in proposed(house).items()}
