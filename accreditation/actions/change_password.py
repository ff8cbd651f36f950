"""Change one's password, or ask for a letter that brings a new one."""

from datetime import datetime

from accreditation.actions.admitting import Admitted, admit, enter_own, write_with_link
from accreditation.actions.proving import Proof, prove, proved_still
from accreditation.actions.trying import count_try
from accreditation.database import Database
from accreditation.errors import Invalid, TooMany
from accreditation.records import credentials, people, sign_ins
from accreditation.rules.letters import LetterKind
from accreditation.rules.lockout import OF_LETTERS
from accreditation.rules.passwords import faults_of_password
from accreditation.rules.sessions import Ends


def change_password(
    database: Database, *, key: bytes, proof: Proof, new: str, secret: str, at: datetime
) -> Admitted:  # fmt: skip
    """Let this be the person's password; every session ends, and this browser gets a new one.

    Links in letters of before work no more: whoever reads the person's mail has none left. `secret` is of the session
    that asks. Raises Invalid where the old one is not right or the new one will not do, TooMany while a pause lasts,
    and Contradiction where it was changed meanwhile.
    """
    with database.reading() as session:
        person = people.get(session, proof.person_id)
    if faults := list(faults_of_password(new, own=(person.name, person.email))):
        raise Invalid(faults)  # before the old one is looked at: a new one that will not do is no guess
    proved = prove(database, key=key, proof=proof, at=at)
    hashed = credentials.hashed(new)
    with proved_still(database, key=key, proved=proved, at=at) as session:
        credentials.set_password(session, person_id=person.person_id, hashed=hashed, at=at)
        for link in credentials.open_links(session, person_id=person.person_id, at=at):
            credentials.end_link(session, link_id=link.id or 0, how="password", at=at)
        ended = sign_ins.end_all(session, person_id=person.person_id, how=Ends.PASSWORD, at=at, but=secret)
        enter_own(session, person=person, action="person:change_password", detail={"sessions_ended": ended}, at=at)
        return admit(session, person=person, how="password", before=secret, at=at)


def ask_reset(database: Database, *, key: bytes, email: str, address: str, at: datetime) -> None:
    """Write a letter with a link that brings a new password, where this address is somebody's account.

    Nothing tells whether it is, nor that too many letters were asked for, and none is written: nobody waits for this.
    """
    try:
        count_try(database, key=key, kind="letter", account=email, address=address, of_account=OF_LETTERS, at=at)
    except TooMany:
        return
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
