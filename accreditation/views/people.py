"""Who can sign in, as what; and letters that wait for a mail server."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from accreditation.database import Database, Session
from accreditation.ledger.entries import newest
from accreditation.records import barring, bound_to, credentials, impartial, letters, people
from accreditation.records.last_office import is_last_office
from accreditation.records.people import PersonDetail, RoleGrant
from accreditation.rules.barring import KEPT_FROM, why_no_mistake
from accreditation.rules.letters import Words
from accreditation.rules.named import same_name
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
    had: list[GrantShown] = Field(description="Roles in teams that were taken back and bar them from judging still.")
    can_sign_in: bool = Field(description="Whether they chose a password, or sign in with another's provider.")


class Held(BaseModel):
    """A role that somebody holds, or held, and who."""

    id: int
    words: str
    name: str
    email: str
    is_own: bool = Field(description="Whether it is the role of whoever asks.")
    is_last: bool = Field(description="Whether it stays: nobody else of the whole college's office can sign in.")
    ended: str | None = Field(description="Why it was taken back, where it was.")
    bars: str = Field(description="What it keeps its holder from, also when it is taken back; empty for nothing.")
    mistaken: bool = Field(description="Whether it was said to have been given by mistake.")
    no_mistake: str = Field(description="Why whoever asks cannot say that it was a mistake, after the holder's name.")


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
    """This role, and who holds or held it. Raises NotFound."""
    permit(principal, Permission.PERSON_READ)
    with database.reading() as session:
        row, ended = people.given(session, grant_id)
        who = people.get(session, row.person_id)
        mistaken = people.mistaken(session, grant_id) is not None
        return Held(
            id=grant_id, words=bound_to.told(session, [row.value])[grant_id], name=who.name, email=who.email,
            is_own=who.acts_as == principal.name, is_last=is_last_office(session, row),
            ended=None if ended is None else ended.reason, mistaken=mistaken,
            bars="" if mistaken or not people.is_taken(session, row) else barring.bars(session, who, row.value),
            no_mistake=_no_mistake(session, row, principal),
        )  # fmt: skip


def _no_mistake(session: Session, row: RoleGrant, principal: Principal) -> str:
    organisation, actors = barring.organisation_of(session, row.value), barring.actors_of(session, row)
    why = why_no_mistake(
        in_a_team=organisation is not None, offered=bool(row.called),
        acted=bool(newest(session, actors=actors, since=row.at, limit=1)),
    )  # fmt: skip
    if not why and impartial.is_of_service(session, organisation or 0, name=principal.name):
        return "has a role in a service of which you are, or were, yourself"
    return why


def fitting(database: Database, *, principal: Principal, kind: str, words: str) -> Fitting:
    """Which teams, organisations, reviewers, schemes or rounds have all these words in their name?

    One whose whole name this is stands alone; without words all fit.
    """
    permit(principal, Permission.PERSON_READ)
    typed = same_name(words)
    with database.reading() as session:
        named = bound_to.candidates(session, kind)
    found = [(key, name) for key, name in named if typed == same_name(name)]
    found = found or [(key, name) for key, name in named if all(one in same_name(name) for one in typed.split())]
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
    barred = [key for key, several in grants.items() if any(one.role in KEPT_FROM for one in several)]
    had = people.given_back(session, barred) if barred else {}
    told = bound_to.told(session, [one for several in (grants, had) for of_one in several.values() for one in of_one])
    can = credentials.who_can_sign_in(session, grants)
    return [
        PersonShown(
            id=one.person_id, name=one.name, email=one.email,
            grants=[GrantShown(id=grant.id, words=told[grant.id]) for grant in grants[one.person_id]],
            had=[GrantShown(id=grant.id, words=told[grant.id]) for grant in had.get(one.person_id, ())],
            can_sign_in=one.person_id in can,
        )
        for one in found
    ]  # fmt: skip
