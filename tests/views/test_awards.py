"""What is shown of a recommendation, also of one that was kept before it told as much."""

import json

from sqlalchemy import text

from accreditation.actions.decide import decide
from accreditation.records.awards import Recommendation
from accreditation.rules.cycle import Stage
from accreditation.views.awards import recommendation
from accreditation.wiring import House
from tests.walking import AT, COMMITTEE, CYCLE, OFFICE, walk

NEW = ("judgement", "valid_for", "limited", "scores")
"""What a recommendation did not tell at first."""


def as_kept_before(house: House) -> None:
    """Take from the kept recommendation what it tells today and did not at first."""
    with house.database.bookkeeping() as session:
        told = json.loads(session.get_one(Recommendation, CYCLE).working)
        for key in NEW:
            del told[key]
        session.execute(text("DROP TRIGGER recommendation_no_update"))
        session.execute(text("UPDATE recommendation SET working = :told"), {"told": json.dumps(told)})


def test_a_recommendation_kept_before_is_shown_and_decided(house: House) -> None:
    walk(house, Stage.DECISION)
    as_kept_before(house)
    seen = recommendation(house.database, principal=OFFICE, cycle_id=CYCLE)
    assert (seen.outcome, seen.judgement, seen.valid_for, seen.limited, seen.scores) == (
        "accredited", False, None, (), (),
    )  # fmt: skip
    row = decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="", at=AT)
    assert str(row.valid_until) == "2029-04-01"


def test_a_recommendation_tells_how_long_it_is_valid_and_the_working_of_numbers(house: House) -> None:
    walk(house, Stage.DECISION)
    seen = recommendation(house.database, principal=OFFICE, cycle_id=CYCLE)
    assert (seen.valid_for, [one.outcome for one in seen.working]) == ("3 years", ["accredited"])
    assert [part.holds for part in seen.working[0].parts] == [True, True]
