"""Follow the link of a letter: choose a password, and be signed in, where the link alone lets one in."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.admitting import Admitted, admit, enter_own
from accreditation.actions.answer_offer import take_with_invitation
from accreditation.actions.trying import check_place, count_failure
from accreditation.database import Database
from accreditation.errors import Invalid, NotFound
from accreditation.records import credentials, people, sign_ins
from accreditation.records.people import PersonDetail
from accreditation.rules.derived import digest_of
from accreditation.rules.letters import LetterKind
from accreditation.rules.passwords import faults_of_password
from accreditation.rules.sessions import Ends

NO_LINK = "This link does not work: it was used, it has expired, or another took its place. Ask for a new letter."


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Whom a link is for, and whether it is their first or brings a new password."""

    name: str
    email: str
    kind: LetterKind


def look_at_link(database: Database, *, secret: str, address: str, at: datetime) -> Opened:
    """Whom is this link for? Looking uses nothing up: programs that check mail follow links too.

    Raises NotFound where it does not work, and TooMany while whoever asks from this address is paused.
    """
    kind, person = _meant(database, secret=secret, address=address, at=at)
    return Opened(name=person.name, email=person.email, kind=kind)


def accept_invitation(
    database: Database, *, secret: str, password: str, before: str = "", address: str = "", at: datetime
) -> Admitted | None:  # fmt: skip
    """Use the link up: let this be the password, end every other session, and sign in.

    Whoever has an authenticator app is not signed in (None): they sign in with their code, because a letter proves
    that one reads somebody's mail and no more. `before` is the secret of the session that this browser has, if any.
    Raises NotFound for a link that does not work, TooMany while whoever asks from this address is paused, and Invalid
    for a password that is not long enough or easily guessed: then the link still works.
    """
    _, person = _meant(database, secret=secret, address=address, at=at)
    if faults := list(faults_of_password(password, own=(person.name, person.email))):
        raise Invalid(faults)
    hashed = credentials.hashed(password)
    with database.writing() as session:
        link = credentials.open_link(session, digest=digest_of(secret), at=at)
        if link is None:
            raise NotFound(NO_LINK)
        credentials.end_link(session, link_id=link.id or 0, how="used", at=at)
        credentials.set_password(session, person_id=link.person_id, hashed=hashed, at=at)
        ended = sign_ins.end_all(session, person_id=link.person_id, how=Ends.PASSWORD, at=at)
        action = "person:accept" if link.kind == LetterKind.INVITATION else "person:reset_password"
        enter_own(session, person=person, action=action, detail={"sessions_ended": ended}, at=at)
        if link.kind == LetterKind.INVITATION:
            take_with_invitation(session, person, at=at)
        factor = credentials.factor_of(session, link.person_id)
        if factor is not None and factor.confirmed_at is not None:
            return None
        return admit(session, person=person, how="link", before=before, at=at)


def _meant(database: Database, *, secret: str, address: str, at: datetime) -> tuple[LetterKind, PersonDetail]:
    """Of which kind is this link, and for whom? One that does not work is counted."""
    check_place(database, kind="link", address=address, at=at)
    with database.reading() as session:
        link = credentials.open_link(session, digest=digest_of(secret), at=at)
        if link is not None:
            return LetterKind(link.kind), people.get(session, link.person_id)
    count_failure(database, kind="link", address=address, at=at)
    raise NotFound(NO_LINK)
