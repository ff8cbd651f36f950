"""Who can sign in, as what; and letters that wait for a mail server."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid, NotFound
from accreditation.records import bound_to, credentials, letters, people
from accreditation.records.last_office import is_last_office
from accreditation.records.people import PersonDetail
from accreditation.rules.letters import Words
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

MOST_LETTERS = 200
"""So many letters are shown at once."""

MOST_NAMED = 8
"""Of so many that somebody could mean, each is named."""


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


def meant(database: Database, *, principal: Principal, kind: str, words: str) -> bound_to.Key:
    """Which team, organisation, reviewer, scheme or round does somebody mean who writes this?

    Its number or its whole name; or words that stand in the name of one only. Raises Invalid, in which those are named
    that it could be.
    """
    permit(principal, Permission.PERSON_READ)
    typed = " ".join(words.casefold().split())
    with database.reading() as session:
        named = [(key, name) for key, name in bound_to.candidates(session, kind)]
    exact = [key for key, name in named if typed in (str(key), name.casefold())]
    found = exact or [key for key, name in named if typed and all(one in name.casefold() for one in typed.split())]
    if len(found) == 1:
        return found[0]
    some = [f"{key} ({name})" for key, name in named if key in found][:MOST_NAMED]
    more = " or another one" if len(found) > MOST_NAMED else ""
    told = f"the name or the number of a {kind}"
    if found:
        told = f"the number of one of {len(found)} that are called so: {', '.join(some)}{more}"
    raise Invalid([Fault(where="which one", found=repr(words[:80]) if words.strip() else "nothing", allowed=told)])


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
