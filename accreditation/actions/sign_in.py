"""Sign in with a local account: e-mail address, password, and the code of an authenticator app where there is one."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.admitting import Admitted, admit
from accreditation.actions.trying import count_try
from accreditation.database import Database, Session
from accreditation.errors import NotAuthenticated
from accreditation.records import credentials, people, sign_ins
from accreditation.records.credentials import SecondFactor
from accreditation.rules.derived import derived
from accreditation.rules.lockout import OF_ACCOUNT
from accreditation.rules.second_factor import as_secret, step_of

WRONG = (
    "This did not work: the e-mail address, the password or the code is not right. If you have an authenticator app, "
    "its code belongs to this too, each code once."
)
"""The same for everything that can be wrong: nobody learns here which accounts there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What somebody typed, and where they are: the address of their machine, and the session their browser has."""

    email: str
    password: str
    code: str
    address: str
    before: str = ""


def sign_in(database: Database, *, key: bytes, tried: Tried, at: datetime) -> Admitted:
    """Sign in. Raises NotAuthenticated, in the same words whatever is wrong, and TooMany while a pause lasts.

    The try is counted before the password is looked at, so that many at once are no more guesses than one by one. An
    account that does not exist costs the same statements, the same hash and the same pauses.
    """
    number = count_try(
        database, key=key, kind="password", account=tried.email, address=tried.address, of_account=OF_ACCOUNT, at=at
    )
    with database.reading() as session:
        person = people.of_account(session, tried.email)
        person_id = 0 if person is None else person.person_id
        kept, factor = credentials.password_of(session, person_id), credentials.factor_of(session, person_id)
    fits = credentials.fits(tried.password, kept)
    if step_for(key, factor, tried.code, at) is None or not fits or person is None:
        raise NotAuthenticated(WRONG)
    with database.writing() as session:
        if credentials.password_of(session, person.person_id) != kept:
            raise NotAuthenticated(WRONG)  # it was changed while this one was looked at
        use_code(session, key=key, person_id=person_id, code=tried.code, at=at)
        sign_ins.succeed(session, number)
        return admit(session, person=person, how="password", before=tried.before, at=at)


def use_code(session: Session, *, key: bytes, person_id: int, code: str, at: datetime) -> None:
    """Use up this code, where the person has an authenticator app. Raises NotAuthenticated where it is not right."""
    factor = credentials.factor_of(session, person_id)
    step = step_for(key, factor, code, at)
    if step is None:
        raise NotAuthenticated(WRONG)
    if factor is not None and factor.confirmed_at is not None:
        factor.used_step = step
        credentials.keep_factor(session, factor)


def step_for(key: bytes, factor: SecondFactor | None, code: str, at: datetime) -> int | None:
    """To which step of time does this code of the app belong? None where it is wrong; 0 where no app counts."""
    if factor is None or factor.confirmed_at is None:
        return 0
    return step_of(code, secret=secret_of_app(key, factor.nonce), at=at, used=factor.used_step)


def secret_of_app(key: bytes, nonce: str) -> str:
    """The secret that an authenticator app was given under this name: derived, and kept nowhere."""
    return as_secret(derived(key, "authenticator", nonce)[:20])
