"""Is there anybody in these records who could be real?"""

from typing import Any

from sqlmodel import Session, select

from accreditation.records.people import Person
from accreditation.records.reviewers import Reviewer
from accreditation.records.teams import Team
from accreditation.records.tokens import Token

WHO: tuple[tuple[str, Any], ...] = (
    ("a person", Person.id), ("a team", Team.id), ("a reviewer", Reviewer.id), ("a token", Token.id)
)  # fmt: skip


def somebody(session: Session) -> str:
    """Who is there first, in words? Nobody: nothing."""
    return next((words for words, key in WHO if session.exec(select(key).limit(1)).first() is not None), "")
