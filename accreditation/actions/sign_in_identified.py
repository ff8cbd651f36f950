"""Sign in as somebody whom an identity provider knows: OpenID Connect has proved who they are."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.admitting import Admitted, admit, enter_own
from accreditation.actions.answer_offer import take_with_invitation
from accreditation.actions.trying import count_try
from accreditation.database import Database, Session
from accreditation.errors import NotAuthenticated
from accreditation.records import credentials, people, sign_ins
from accreditation.records.credentials import Identity
from accreditation.records.people import PersonDetail
from accreditation.rules.letters import LetterKind
from accreditation.rules.lockout import OF_ACCOUNT

UNKNOWN = (
    "You are signed in there, but nobody is known here by that account. Whoever was invited signs in for the first "
    "time with the e-mail address that the invitation went to, while its link works. If you have a password here "
    "already, sign in with it, then join the provider on your account's page. Otherwise ask the college office."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Whom a provider means: the issuer and its own name for them, and an e-mail address if it has verified one."""

    issuer: str
    subject: str
    verified_email: str = ""


def sign_in_identified(
    database: Database, *, key: bytes, identified: Identified, before: str, address: str, at: datetime
) -> Admitted:  # fmt: skip
    """Sign in whoever the provider means. Who comes for the first time is known by the address of their letter.

    A verified address alone is not enough: providers give an address that somebody left to somebody else, and a letter
    with a new password is sent to whoever asks. They must have been invited by a letter whose link works still, and be
    able to sign in by nothing else; the link is used up. From then on issuer and subject count, and nothing that
    changes. `before` is the secret of the session that this browser has.
    Raises NotAuthenticated, and TooMany while a pause lasts.
    """
    account = f"{identified.issuer} {identified.subject}"
    number = count_try(
        database, key=key, kind="provider", account=account, address=address, of_account=OF_ACCOUNT, at=at
    )
    with database.writing() as session:
        known = credentials.identified(session, issuer=identified.issuer, subject=identified.subject)
        person = people.get(session, known) if known is not None else _invited(session, identified, at)
        sign_ins.succeed(session, number)
        return admit(session, person=person, how="provider", before=before, at=at)


def _invited(session: Session, identified: Identified, at: datetime) -> PersonDetail:
    verified = identified.verified_email
    person = people.of_account(session, verified) if verified else None
    if person is not None and verified != person.email and not (verified + person.email).isascii():
        person = None  # large and small letters are one address, but signs that look or fold alike are not
    links = [] if person is None else credentials.open_links(session, person_id=person.person_id, at=at)
    invited = any(link.kind == LetterKind.INVITATION.value for link in links)
    if person is None or not invited or credentials.can_sign_in(session, person.person_id):
        raise NotAuthenticated(UNKNOWN)
    for link in links:
        credentials.end_link(session, link_id=link.id or 0, how="provider", at=at)
    kept = Identity(person_id=person.person_id, issuer=identified.issuer, subject=identified.subject, at=at)
    credentials.keep_identity(session, kept)
    enter_own(session, person=person, action="person:identify", detail={"issuer": identified.issuer}, at=at)
    take_with_invitation(session, person, at=at)
    return person
