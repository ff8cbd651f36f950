"""North's published case as a calibration exercise, made, confirmed and taken."""

from typing import Any

from accreditation.actions.edit_exercise import ItemChange, edit_exercise
from accreditation.actions.make_exercise import make_exercise
from accreditation.actions.rate import Given
from accreditation.actions.release_exercise import confirm_exercise
from accreditation.actions.take_exercise import answer_exercise, hand_in_exercise
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.walking import ANSWERS, AT, CYCLE, OFFICE, given, reviewer, team_of

EXERCISE = 1
TITLE = "A unit whose rota has gaps"


def made(house: House, *, title: str = TITLE, about: str = "Practise on it.", by: Principal = OFFICE) -> int:
    """The office makes the exercise from North's case."""
    return make_exercise(house.database, principal=by, cycle_id=CYCLE, title=title, about=about, at=AT)


def edited(house: House, criterion: str = "1.01", *, seen: int = 1, by: Principal = OFFICE, **change: Any) -> int:
    """The office changes what the draft tells of this criterion."""
    return edit_exercise(
        house.database, principal=by, exercise_id=EXERCISE, criterion=criterion, change=ItemChange(**change),
        seen_version=seen, at=AT,
    )  # fmt: skip


def confirmed(house: House, *, by: Principal = OFFICE) -> None:
    """The office confirms it."""
    confirm_exercise(house.database, principal=by, exercise_id=EXERCISE, at=AT)


def free(house: House) -> Principal:
    """A reviewer who did not sit in the case's review team."""
    return reviewer(next(number for number in (1, 2) if number not in team_of(house).values()))


def answers(**ratings: str) -> dict[str, Given]:
    """Answers to every criterion: met, where nothing else is said (c1_01="not_met")."""
    said = {name.removeprefix("c").replace("_", "."): rating for name, rating in ratings.items()}
    return given({name: Answer(rating=said.get(name, "met"), note=f"Mine of {name}.") for name in ANSWERS})


def answered(house: House, by: Principal, **ratings: str) -> dict[str, int]:
    """This reviewer answers every criterion."""
    return answer_exercise(house.database, principal=by, exercise_id=EXERCISE, given=answers(**ratings), at=AT)


def handed_in(house: House, by: Principal) -> None:
    """This reviewer hands in."""
    hand_in_exercise(house.database, principal=by, exercise_id=EXERCISE, at=AT)
