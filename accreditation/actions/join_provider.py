"""Sign in with an identity provider from now on too, besides the password; or with the password alone again."""

from datetime import datetime

from accreditation.actions.admitting import Admitted, admit, enter_own
from accreditation.actions.proving import Proof, prove, proved_still
from accreditation.actions.sign_in_identified import Identified
from accreditation.database import Database
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.records import credentials, people, sign_ins
from accreditation.records.credentials import Identity
from accreditation.rules.sessions import Ends

JOINED = "You sign in with the provider already. Leave it first, to sign in with another account of it."

TAKEN = (
    "Another account here is signed in to with that account of the provider. If both are yours, ask the college office."
)


def may_join(database: Database, *, key: bytes, proof: Proof, at: datetime) -> None:
    """Let this person go to the provider and come back as somebody whom it knows; what they typed is used up.

    Raises Invalid where password or code is not right, TooMany while a pause lasts, and Contradiction where a provider
    knows them already.
    """
    proved = prove(database, key=key, proof=proof, at=at)
    with proved_still(database, key=key, proved=proved, at=at) as session:
        if credentials.has_identity(session, proof.person_id):
            raise Contradiction(JOINED)
        enter_own(session, person=proved.person, action="person:may_join", detail={}, at=at)


def join_provider(database: Database, *, person_id: int, identified: Identified, at: datetime) -> None:
    """Let whoever the provider means by this be this person from now on. Again changes nothing.

    Whoever asks has shown just now that they are the person, and the provider that they are whom it means. Raises
    Contradiction where somebody else is meant already, or the person is known as somebody else there.
    """
    with database.writing() as session:
        person = people.get(session, person_id)
        known = credentials.identified(session, issuer=identified.issuer, subject=identified.subject)
        if known == person_id:
            return
        if known is not None:
            raise Contradiction(TAKEN)
        if credentials.has_identity(session, person_id):
            raise Contradiction(JOINED)
        kept = Identity(person_id=person_id, issuer=identified.issuer, subject=identified.subject, at=at)
        credentials.keep_identity(session, kept)
        enter_own(session, person=person, action="person:identify", detail={"issuer": identified.issuer}, at=at)


def leave_provider(database: Database, *, key: bytes, proof: Proof, secret: str, at: datetime) -> Admitted:
    """Forget by what providers mean this person; every session ends, and this browser gets a new one.

    The password is asked for, so that nobody is left without a way in. Raises Invalid where password or code is not
    right, and TooMany while a pause lasts.
    """
    proved = prove(database, key=key, proof=proof, at=at)
    person = proved.person
    with proved_still(database, key=key, proved=proved, at=at) as session:
        left = credentials.drop_identities(session, person.person_id)
        ended = sign_ins.end_all(session, person_id=person.person_id, how=Ends.PROVIDER, at=at, but=secret)
        detail: dict[str, Detail] = {"issuers": ", ".join(left), "sessions_ended": ended}
        enter_own(session, person=person, action="person:leave_provider", detail=detail, at=at)
        return admit(session, person=person, how="password", before=secret, at=at)
