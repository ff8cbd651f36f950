"""Who did something, as the college reads it."""

from accreditation.rules.people import ENGINE
from api.presenting.team.criterion import name_of
from api.words import Words


def who_did(name: str, words: Words) -> str:
    """A person by name, without the number that tells two of one name apart; or the engine."""
    return words("the engine") if name == ENGINE.name else name_of(name)
