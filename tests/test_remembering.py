"""One question is asked once of one moment, and anew of every other."""

from sqlalchemy import text
from sqlmodel import Session

from accreditation.database import Database, once_a_moment

ASKED: list[tuple[int, ...]] = []


@once_a_moment
def numbers(session: Session, *wanted: int, of: tuple[int, ...] = ()) -> list[int]:
    ASKED.append((*wanted, *of))
    return [session.execute(text(f"SELECT {one}")).scalar_one() for one in (*wanted, *of)]


def test_a_reading_session_is_asked_once_and_everybody_has_an_answer_of_their_own(database: Database) -> None:
    ASKED.clear()
    with database.reading() as session:
        numbers(session, 1, of=[2]).append(3)  # type: ignore[arg-type]  # a list that is made anew is the same question
        assert (numbers(session, 1, of=(2,)), numbers(session, 2)) == ([1, 2], [2])
    assert ASKED == [(1, 2), (2,)]


def test_another_moment_and_whoever_writes_ask_anew(database: Database) -> None:
    ASKED.clear()
    for _ in range(2):
        with database.reading() as session:
            numbers(session, 1)
    with database.bookkeeping() as session:
        for _ in range(2):
            numbers(session, 1)
    assert ASKED == [(1,)] * 4


def test_several_views_of_one_moment_ask_once(database: Database) -> None:
    ASKED.clear()
    with database.one_moment() as moment:
        for _ in range(2):
            with moment.reading() as session:
                numbers(session, 1)
    assert ASKED == [(1,)]
