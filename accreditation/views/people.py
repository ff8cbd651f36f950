"""Who can sign in, as what; and letters that wait for a mail server."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import bound_to, credentials, letters, people
from accreditation.records.last_office import is_last_office
from accreditation.records.people import PersonDetail
from accreditation.rules.letters import Words
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

MOST_LETTERS = 200
"""So many letters are shown at once."""

MOST_NAMED = 20
"""Of all that a role could be for, so many are named at once."""


class Named(BaseModel):
    """Something that a role can be for: its key in the records, as text, and its name."""

    key: str
    name: str


class Fitting(BaseModel):
    """What a role can be for, as far as the words fit. `total` counts those that are not named, too."""

    kind: str
    some: list[Named]
    total: int


class GrantShown(BaseModel):
    """A role that somebody holds."""

    id: int
    words: str


class PersonShown(BaseModel):
    """Somebody who can be let in."""

    id: int
    name: str
    email: str
    grants: list[GrantShown]
    can_sign_in: bool = Field(description="Whether they chose a password, or sign in with another's provider.")


class Held(BaseModel):
    """A role that somebody holds, and who."""

    id: int
    words: str
    name: str
    email: str
    is_own: bool = Field(description="Whether it is the role of whoever asks.")
    is_last: bool = Field(description="Whether it stays: nobody else of the whole college's office can sign in.")


def everybody(database: Database, *, principal: Principal, after: int, limit: int) -> list[PersonShown]:
    """People after this id, in order, each with the roles they hold."""
    permit(principal, Permission.PERSON_READ)
    with database.reading() as session:
        return _shown(session, people.page(session, after=after, limit=limit))


def person(database: Database, *, principal: Principal, person_id: int) -> PersonShown:
    """This person, with the roles they hold. Raises NotFound."""
    permit(principal, Permission.PERSON_READ)
    with database.reading() as session:
        return _shown(session, [people.get(session, person_id)])[0]


def held(database: Database, *, principal: Principal, grant_id: int) -> Held:
    """This role, and who holds it. Raises NotFound, also where it was taken back."""
    permit(principal, Permission.PERSON_READ)
    with database.reading() as session:
        row, ended = people.given(session, grant_id)
        if ended is not None:
            raise NotFound("This role was taken back already.")
        who = people.get(session, row.person_id)
        words = bound_to.told(session, [row.value])[grant_id]
        return Held(
            id=grant_id, words=words, name=who.name, email=who.email, is_own=who.acts_as == principal.name,
            is_last=is_last_office(session, row),
        )  # fmt: skip


def fitting(database: Database, *, principal: Principal, kind: str, words: str) -> Fitting:
    """Which teams, organisations, reviewers, schemes or rounds have all these words in their name?

    One whose whole name this is stands alone; without words all fit.
    """
    permit(principal, Permission.PERSON_READ)
    typed = " ".join(words.casefold().split())
    with database.reading() as session:
        named = bound_to.candidates(session, kind)
    found = [(key, name) for key, name in named if typed == name.casefold()]
    found = found or [(key, name) for key, name in named if all(one in name.casefold() for one in typed.split())]
    some = [Named(key=str(key), name=name) for key, name in found[:MOST_NAMED]]
    return Fitting(kind=kind, some=some, total=len(found))


def waiting_letters(database: Database, *, key: bytes, site: str, principal: Principal, at: datetime) -> list[Words]:
    """Letters that no mail server took and whose links work: for the office to hand over by itself."""
    permit(principal, Permission.PERSON_INVITE)
    permit(principal, Permission.PERSON_READ)
    with database.reading() as session:
        found = [
            letters.said(session, key=key, site=site, letter=one, at=at)
            for one in letters.not_sent(session, limit=MOST_LETTERS)
        ]
        return [one for one in found if one is not None]


def _shown(session: Session, found: Sequence[PersonDetail]) -> list[PersonShown]:
    grants = people.grants_of(session, [one.person_id for one in found])
    told = bound_to.told(session, [one for of_one in grants.values() for one in of_one])
    can = credentials.who_can_sign_in(session, grants)
    return [
        PersonShown(
            id=one.person_id, name=one.name, email=one.email,
            grants=[GrantShown(id=grant.id, words=told[grant.id]) for grant in grants[one.person_id]],
            can_sign_in=one.person_id in can,
        )
        for one in found
    ]  # fmt: skip
