"""What must not be told is made tellable first: words that would be found anywhere they were written."""

from sqlalchemy import text

from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.review import hand_in, review
from accreditation.ledger.entries import LedgerEntry
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.walking import ANSWERS, AT, CYCLE, LAYS, OFFICE, TABLES, given, rate_and_hand_in, reviewer, team_of, work

SECRET = "Sesquipedalian"


def holding(house: House, word: str) -> list[str]:
    """Which tables hold this word anywhere?"""
    with house.database.reading() as session:
        return [
            name for name in TABLES if any(word in str(row) for row in session.execute(text(f'SELECT * FROM "{name}"')))
        ]


def test_no_entry_holds_a_rating_before_the_review_closes(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lay"])
    mine = given({name: Answer(rating="not_met", note=SECRET) for name in ANSWERS})
    review(house.database, principal=who, cycle_id=CYCLE, given=mine, at=AT)
    assert holding(house, SECRET) == ["review_rating"]
    assert "not_met" not in ledger(house)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    work(house)
    assert "not_met" not in ledger(house)
    rate_and_hand_in(house, "lead")
    work(house)
    assert "not_met" in ledger(house)
    assert holding(house, SECRET) == ["review_rating"], "a note's words never enter the ledger"


def ledger(house: House) -> str:
    with house.database.reading() as session:
        rows = session.execute(text(f"SELECT detail FROM {LedgerEntry.__tablename__}"))
        return " ".join(detail for (detail,) in rows)


def test_the_reason_of_a_conflict_is_kept_in_one_place_alone(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    for number in (team_of(house)["lead"], *LAYS):
        declare_conflict(house.database, principal=OFFICE, reviewer_id=number, organisation_id=1, reason=SECRET, at=AT)
    work(house)
    with house.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM assignment_block")).scalar_one() == 1
    assert holding(house, SECRET) == ["declared_conflict"]
