"""Change one's password, or ask for a letter that brings a new one."""

from datetime import datetime

from accreditation.actions.admitting import Admitted, admit, enter_own, write_with_link
from accreditation.actions.sign_in import count_try
from accreditation.database import Database
from accreditation.errors import Fault, Invalid
from accreditation.records import credentials, people, sign_ins
from accreditation.rules.letters import LetterKind
from accreditation.rules.lockout import OF_ACCOUNT, OF_LETTERS
from accreditation.rules.passwords import faults_of_password
from accreditation.rules.sessions import Ends


def change_password(
    database: Database, *, key: bytes, person_id: int, old: str, new: str, secret: str, address: str, at: datetime
) -> Admitted:  # fmt: skip
    """Let this be the person's password; every session ends, and this browser gets a new one.

    `secret` is of the session that asks. Raises Invalid where the old one is not right or the new one will not do, and
    TooMany while a pause lasts: whoever finds a browser signed in guesses no faster than anybody else.
    """
    with database.reading() as session:
        person = people.get(session, person_id)
        kept = credentials.password_of(session, person_id)
    number = count_try(
        database, key=key, kind="password", account=person.email, address=address, of_account=OF_ACCOUNT, at=at
    )
    if not credentials.fits(old, kept):
        raise Invalid([Fault(where="present password", found="one that is not right", allowed="your present password")])
    if faults := list(faults_of_password(new, own=(person.name, person.email))):
        raise Invalid(faults)
    hashed = credentials.hashed(new)
    with database.writing() as session:
        sign_ins.succeed(session, number)
        credentials.set_password(session, person_id=person_id, hashed=hashed, at=at)
        ended = sign_ins.end_all(session, person_id=person_id, how=Ends.PASSWORD, at=at, but=secret)
        enter_own(session, person=person, action="person:change_password", detail={"sessions_ended": ended}, at=at)
        return admit(session, person=person, how="password", before=secret, at=at)


def ask_reset(database: Database, *, key: bytes, email: str, address: str, at: datetime) -> None:
    """Write a letter with a link that brings a new password, where this address is somebody's account.

    Nothing tells whether it is. Raises TooMany where too many letters were asked for.
    """
    count_try(database, key=key, kind="letter", account=email, address=address, of_account=OF_LETTERS, at=at)
    with database.writing() as session:
        person = people.of_account(session, email)
        if person is None:
            return
        kind = LetterKind.RESET
        if credentials.password_of(session, person.person_id) is None:
            kind = LetterKind.INVITATION
        letter = write_with_link(
            session, key=key, person_id=person.person_id, kind=kind, by=person.acts_as, at=at
        )  # fmt: skip
        enter_own(session, person=person, action="person:ask_reset", detail={"letter": letter}, at=at)
