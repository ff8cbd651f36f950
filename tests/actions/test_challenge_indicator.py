"""A team challenges a figure with a note, and the office answers: neither ever changes the figure by itself."""

import pytest

from accreditation.actions.answer_challenge import How, answer_challenge
from accreditation.actions.challenge_indicator import challenge_indicator
from accreditation.actions.desk import digest_of
from accreditation.errors import Contradiction, Invalid, NotFound
from accreditation.records import answers, challenges, notices
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.views.cycles import cycle_whole
from accreditation.wiring import House
from tests.reported import imported, line
from tests.walking import AT, CYCLE, LEAD, MEMBER, OFFICE, begin, newest, nothing_kept

NOTE = "Twelve patients of another hospital are counted."


@pytest.fixture(autouse=True)
def _reported(house: House) -> None:
    begin(house)
    imported(house, line({"2.02": Answer(level="C")}))


def challenged(house: House, note: str = NOTE, *, by: Principal = LEAD, criterion: str = "2.02") -> int:
    return challenge_indicator(
        house.database, principal=by, cycle_id=CYCLE, criterion=criterion, note=note, at=AT
    )  # fmt: skip


def answered(house: House, how: How = "upheld", reason: str = "The audit was asked.", challenge: int = 1) -> None:
    answer_challenge(
        house.database, principal=OFFICE, cycle_id=CYCLE, challenge=challenge, how=how, reason=reason, at=AT
    )


def told(house: House, inbox: str) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        return [(one.kind, one.words) for one in notices.of_inbox(session, inbox, after=0, limit=50)]


def stands(house: House) -> list[str | None]:
    with house.database.reading() as session:
        rows = challenges.of_cycles(session, [CYCLE])
        level = answers.self_ratings(session, [CYCLE])[CYCLE]["2.02"].level
    return [level, *(None if answer is None else answer.how for _, answer in rows)]


def may(house: House, by: Principal) -> set[Move]:
    shown = cycle_whole(house.database, principal=by, cycle_id=CYCLE, at=AT).allowed
    return {one.move for one in shown} & {Move.CHALLENGE_INDICATOR, Move.ANSWER_CHALLENGE}


def test_a_challenge_is_kept_once_told_to_the_office_and_changes_no_figure(house: House) -> None:
    assert (challenged(house), stands(house)) == (1, ["C", None])
    detail = {"challenge": 1, "criterion": "2.02", "figure": 1, "note_sha256": digest_of(NOTE)}
    assert newest(house) == [("team_lead:lead of north", "indicator:challenge", "cycle:1", detail)]
    words = "North, North Trust, challenges its figure for 2.02 of 2026-01-01."
    assert told(house, notices.OFFICE) == [("indicator_challenged", words)]
    with nothing_kept(house):
        assert challenged(house, f" {NOTE}") == 1
    with nothing_kept(house), pytest.raises(Contradiction, match="challenged already, by lead of north"):
        challenged(house, "It is wrong.", by=MEMBER)


def test_the_office_upholds_a_figure_with_a_reason_once(house: House) -> None:
    challenged(house)
    answered(house)
    assert stands(house) == ["C", "upheld"]
    words = "Your challenge of the figure for 2.02 is answered: the figure stands."
    assert told(house, "team_lead:1") == [("challenge_answered", words)]
    with nothing_kept(house):
        answered(house)
    with nothing_kept(house), pytest.raises(Contradiction, match="answered already, by the office"):
        answered(house, reason="For another reason.")
    with nothing_kept(house), pytest.raises(Contradiction, match="challenged already"):
        challenged(house, "It is still wrong.")


@pytest.mark.parametrize("period", ["2026-01-01", "2026-04-01"])
def test_a_figure_is_corrected_by_a_newer_file_and_by_nothing_else(house: House, period: str) -> None:
    challenged(house)
    with nothing_kept(house), pytest.raises(Contradiction, match=r"No newer figure for 2\.02 was brought in since"):
        answered(house, "corrected")
    imported(house, line({"2.02": Answer(level="A")}, period="2025-10-01"))
    with nothing_kept(house), pytest.raises(Contradiction, match="bring the corrected file in first"):
        answered(house, "corrected")
    imported(house, line({"2.02": Answer(level="B")}, period=period))
    answered(house, "corrected")
    assert stands(house) == ["B", "corrected"]
    assert challenged(house, "It is A.") == 2


def test_there_is_something_to_challenge_and_something_to_say(house: House) -> None:
    with nothing_kept(house), pytest.raises(Contradiction, match=r"No figure is reported of you for 2\.01"):
        challenged(house, criterion="2.01")
    for criterion in ("9.99", "1.10"):
        with nothing_kept(house), pytest.raises(NotFound, match=f"no criterion {criterion}"):
            challenged(house, criterion=criterion)
    with nothing_kept(house), pytest.raises(Invalid, match="say what is wrong with the figure"):
        challenged(house, "  ")
    challenged(house)
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        answered(house, reason=" ")
    with nothing_kept(house), pytest.raises(NotFound, match="no challenge 2"):
        answered(house, challenge=2)


def test_who_may_is_told_so_as_long_as_there_is_something_to_do(house: House) -> None:
    assert (may(house, LEAD), may(house, OFFICE)) == ({Move.CHALLENGE_INDICATOR}, set())
    challenged(house)
    assert (may(house, LEAD), may(house, OFFICE)) == (set(), {Move.ANSWER_CHALLENGE})
    answered(house)
    assert (may(house, LEAD), may(house, OFFICE)) == (set(), set())
