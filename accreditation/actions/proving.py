"""Who is signed in proves once more that it is they, before something changes by which they sign in.

Somebody may have found their browser open: a session alone is not enough to take an account over.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.sign_in import step_for, use_code
from accreditation.actions.trying import count_try
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.records import credentials, people, sign_ins
from accreditation.records.people import PersonDetail
from accreditation.rules.lockout import OF_ACCOUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What they typed, and where they are; `code` where the code of their authenticator app is asked for too."""

    person_id: int
    password: str
    address: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """It is they; until it is used, their password must stay what it was."""

    person: PersonDetail
    kept: str | None
    number: int
    code: str | None


def prove(database: Database, *, key: bytes, proof: Proof, at: datetime) -> Proved:
    """Look at what they typed.

    Raises Invalid where the password or the code is not right, and TooMany while a pause lasts: whoever finds a browser
    signed in guesses no faster than anybody else.
    """
    with database.reading() as session:
        person = people.get(session, proof.person_id)
        kept = credentials.password_of(session, proof.person_id)
        factor = credentials.factor_of(session, proof.person_id)
    number = count_try(
        database, key=key, kind="password", account=person.email, address=proof.address, of_account=OF_ACCOUNT, at=at
    )
    faults = []
    if not credentials.fits(proof.password, kept):
        faults.append(_fault("present password", "your present password"))
    if proof.code is not None and step_for(key, factor, proof.code, at) is None:
        faults.append(_fault("code", "the six digits that your app shows now, each once"))
    if faults:
        raise Invalid(faults)
    return Proved(person=person, kept=kept, number=number, code=proof.code)


@contextmanager
def proved_still(database: Database, *, key: bytes, proved: Proved, at: datetime) -> Iterator[Session]:
    """Change what was asked for, where the proof still holds; its code is used up, and its try has succeeded.

    Raises Contradiction where the password was changed meanwhile.
    """
    person_id = proved.person.person_id
    with database.writing() as session:
        if credentials.password_of(session, person_id) != proved.kept:
            raise Contradiction("Your password was changed meanwhile. Sign in again, then repeat it.")
        if proved.code is not None:
            use_code(session, key=key, person_id=person_id, code=proved.code, at=at)
        sign_ins.succeed(session, proved.number)
        yield session


def _fault(where: str, allowed: str) -> Fault:
    return Fault(where=where, found="one that is not right", allowed=allowed)
