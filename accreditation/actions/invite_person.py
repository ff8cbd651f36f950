"""Let somebody in: a person with roles, and a letter with the link by which they choose how to sign in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.admitting import enter_about, write_with_link
from accreditation.actions.grant_role import check_grant, give, has
from accreditation.actions.trying import count_try
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid
from accreditation.records import credentials, people
from accreditation.records.barring import told_before
from accreditation.records.people import PersonDetail
from accreditation.rules.grants import Grant, faults_of, may_give
from accreditation.rules.letters import LetterKind
from accreditation.rules.lockout import OF_INVITATIONS
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit

LONGEST_ADDRESS = 254
"""Characters of an e-mail address (RFC 5321)."""

_WORD = r"[^@\s.,:;<>\"()\[\]\\]+"
_LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_ADDRESS = re.compile(
    rf"(?=[^@]{{1,64}}@)(?!.*=\?){_WORD}(\.{_WORD})*@{_LABEL}(\.{_LABEL})*", re.IGNORECASE | re.ASCII
)  # fmt: skip
"""An address that the header of a letter reads as it is shown here: no group (boss:eve@...), no coded word (=?...)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who was invited, as what, and the letter that tells them; none where they can sign in or were told just now.

    `new` where they were not all of that before.
    """

    person: int
    new: bool
    grants: tuple[int, ...]
    letter: int | None


def invite_person(
    database: Database, *, key: bytes, principal: Principal, name: str, email: str, grants: Sequence[Grant],
    at: datetime, knows: str | None = None,
) -> Invited:  # fmt: skip
    """Let the person of this e-mail address be what these grants say; whoever is new gets a letter.

    A person who is known already keeps their name and gets the roles that they do not have yet. Invited again while
    their link works, they get no second letter; once it has expired, they do. A team's lead does not hear under which
    name, or whether, somebody was known here: in the team they are called as the lead calls them.
    `knows` is what whoever gives it was told first: what the role keeps its holder from for good, and who else is that
    reviewer already; None where nobody is asked.
    Raises NotPermitted, NotFound, Invalid naming every fault, and TooMany for a team's lead who invites too many.
    """
    permit(principal, Permission.PERSON_INVITE)
    _check(name, email, grants)
    for grant in grants:
        may_give(principal, grant)
    if principal.role is not Role.OFFICE:
        count_try(
            database, key=key, kind="invite", account=principal.name, address=None, of_account=OF_INVITATIONS, at=at
        )
    with database.writing() as session:
        for grant in grants:
            check_grant(session, grant)
        known = people.of_account(session, email)
        if knows is not None:
            _check_known(session, known, grants, knows)
        person = known or _begin(session, name=name.strip(), email=email.strip(), by=principal, at=at)
        new = not all(has(session, person.person_id, grant) for grant in grants)
        called = "" if principal.role is Role.OFFICE else name.strip()
        given = tuple(
            give(session, person_id=person.person_id, grant=grant, called=called, by=principal, at=at)
            for grant in grants
        )
        letter = None
        if not _can_sign_in(session, person, at):
            letter = write_with_link(
                session, key=key, person_id=person.person_id, kind=LetterKind.INVITATION, by=principal.name, at=at
            )
            enter_about(
                session, by=principal, person_id=person.person_id, action="person:invite", detail={"letter": letter},
                at=at,
            )  # fmt: skip
        return Invited(person=person.person_id, new=new, grants=given, letter=letter)


def faults_of_address(email: str) -> Iterator[Fault]:
    """What is wrong with this e-mail address? Whether letters arrive there shows when one is sent."""
    bare = email.strip()
    if len(bare) > LONGEST_ADDRESS or not bare.isprintable() or not _ADDRESS.fullmatch(bare):
        found = repr(email[:80]) if bare else "nothing"
        yield Fault(where="e-mail address", found=found, allowed="one address, like name@example.org")


def _check(name: str, email: str, grants: Sequence[Grant]) -> None:
    faults = [*faults_of_name("name", name), *faults_of_address(email)]
    if not grants:
        faults.append(Fault(where="roles", found="none", allowed="at least one: what is the person to be here?"))
    for grant in grants:
        faults.extend(faults_of(grant))
    if faults:
        raise Invalid(faults)


def _check_known(session: Session, known: PersonDetail | None, grants: Sequence[Grant], knows: str) -> None:
    """Does whoever gives these roles know what follows from them? Raises Invalid that says it."""
    new = [one for one in grants if known is None or not has(session, known.person_id, one)]
    found = " ".join(filter(None, (told_before(session, known, one) for one in new)))
    if found and found != knows:
        raise Invalid([Fault(where="knows", found=found, allowed="a tick that it is known")])


def _begin(session: Session, *, name: str, email: str, by: Principal, at: datetime) -> PersonDetail:
    person = people.begin(session, name=name, email=email, by=by.name, at=at)
    enter_about(session, by=by, person_id=person.person_id, action="person:begin", detail={}, at=at)
    return person


def _can_sign_in(session: Session, person: PersonDetail, at: datetime) -> bool:
    """Can this person sign in, or will they once they follow the link that they have?"""
    links = credentials.open_links(session, person_id=person.person_id, at=at)
    return bool(links) or credentials.can_sign_in(session, person.person_id)
