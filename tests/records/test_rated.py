"""What was rated and settled in many cycles at once: the versions that stand, to the last digit."""

from decimal import Decimal

from sqlalchemy import insert

from accreditation.records import answers
from accreditation.records.answers import ReviewRating
from accreditation.records.rated import rated
from accreditation.records.reviews import Settlement
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer, Point
from accreditation.wiring import House
from tests.reviewed import college, visited
from tests.walking import AT

KEPT = {"by": "somebody", "at": AT}
SERIES = Answer(series=(Point(at={"ward": 'A, "B"\n'}, value=Decimal("1.50"), benchmark=Decimal(2)),))
SAID = (
    Answer(rating="met"),
    Answer(measured=Decimal("97.250")),
    Answer(level="B | E"),
    SERIES,
    Answer(state="not_applicable"),
    Answer(state="too_few_cases"),
    Answer(state="not_answered"),
)  # fmt: skip


def test_every_kind_of_answer_is_read_as_it_was_given_and_the_highest_version_stands(any_house: House) -> None:
    """Whatever order the rows are kept in: the tenth version stands above the ninth, though it was written before."""
    college(any_house, teams=2)
    visited(any_house, [{1: "mmpnmmpn", 2: "m"}, {1: "p"}])
    given = {f"k{number}": answer for number, answer in enumerate(SAID)}
    with any_house.database.bookkeeping() as session:
        for version, answer_of in ((10, given), (9, dict.fromkeys(given, Answer(rating="none")))):
            for name, answer in answer_of.items():
                row = {"criterion": name, "version": version, **answers.columns(answer), **KEPT}
                session.execute(insert(ReviewRating).values(assignment_id=2, **row))
                session.execute(insert(Settlement).values(cycle_id=1, how="lead", **row))

    with any_house.database.reading() as session:
        first, second = rated(session, stages=[Stage.PUBLISHED], round_id=1)
    assert first.ratings[2] == {"x1": Answer(rating="met"), **given}
    assert {name: first.settled[name] for name in given} == given
    assert str(first.ratings[2]["k1"].measured) == "97.250"
    assert (second.cycle_id, second.ratings) == (2, {1: {"x1": Answer(rating="part")}})
