"""Whom one may be in a demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from accreditation.database import Database, Session, once_a_moment
from accreditation.errors import Contradiction
from accreditation.ledger.entries import entries
from accreditation.records import bound_to, demonstration
from accreditation.rules.demonstration import BEGUN, REAL, SUBJECT, Part
from accreditation.rules.people import Role

MOST = 12
"""So many teams, and so many reviewers, are offered."""


class Standing(StrEnum):
    """What records are, as far as a demonstration goes."""

    EMPTY = "empty"
    BEGUN = "begun"
    REAL = "real"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Somebody whom one may be: how the form names them, and what they are called."""

    name: str
    words: str


def standing(database: Database) -> Standing:
    """Are these records nobody's yet, a demonstration's, or somebody's?"""
    with database.reading() as session:
        if not demonstration.somebody(session):
            return Standing.EMPTY
        return Standing.BEGUN if is_demonstration(session) else Standing.REAL


def parts(database: Database) -> tuple[Offered, ...]:
    """Whom may one be? The college, then teams, then reviewers. Raises Contradiction where these records are real."""
    with database.reading() as session:
        who = "" if is_demonstration(session) else demonstration.somebody(session)
        if who:
            raise Contradiction(REAL.format(who=who))
        return tuple(Offered(name=part.name, words=bound_to.told(session, [part.grant])[0]) for part in _parts(session))


@once_a_moment
def is_demonstration(session: Session) -> bool:
    """Are these records made up, so that everybody is whom they choose to be?"""
    return bool(entries(session, subject=SUBJECT, action=BEGUN, limit=1))


def _parts(session: Session) -> Iterator[Part]:
    yield from (Part(role=Role.OFFICE), Part(role=Role.COMMITTEE))
    for team, _ in islice(bound_to.candidates(session, "team"), MOST):
        yield from (Part(role=role, key=int(team)) for role in (Role.TEAM_LEAD, Role.TEAM_MEMBER))
    for reviewer, _ in islice(bound_to.candidates(session, "reviewer"), MOST):
        yield Part(role=Role.REVIEWER, key=int(reviewer))
