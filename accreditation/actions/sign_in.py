"""Sign in with a local account: e-mail address, password, and the code of an authenticator app where there is one."""

from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.admitting import Admitted, admit
from accreditation.database import Database, Session
from accreditation.errors import NotAuthenticated, TooMany
from accreditation.records import credentials, people, sign_ins
from accreditation.records.people import PersonDetail
from accreditation.rules.derived import as_text, derived
from accreditation.rules.lockout import OF_ACCOUNT, OF_ADDRESS, Limit, neighbourhood, pause, told
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
    account that does not exist costs the same time and the same pauses.
    """
    number = count_try(
        database, key=key, kind="password", account=tried.email, address=tried.address, of_account=OF_ACCOUNT, at=at
    )
    with database.reading() as session:
        person = people.of_account(session, tried.email)
        kept = None if person is None else credentials.password_of(session, person.person_id)
    if not credentials.fits(tried.password, kept) or person is None:
        raise NotAuthenticated(WRONG)
    with database.writing() as session:
        if credentials.password_of(session, person.person_id) != kept:
            raise NotAuthenticated(WRONG)  # it was changed while this one was looked at
        use_code(session, key=key, person=person, code=tried.code, at=at)
        sign_ins.succeed(session, number)
        return admit(session, person=person, how="password", before=tried.before, at=at)


def count_try(
    database: Database, *, key: bytes, kind: str, account: str, address: str, of_account: Limit, at: datetime
) -> int:  # fmt: skip
    """Count a try on this account from this address; says its number. Raises TooMany while a pause lasts."""
    account = as_text(derived(key, "account", people.account_of(account)))
    near = neighbourhood(address)
    with database.bookkeeping() as session:
        of_this = sign_ins.failures(session, kind=kind, account=account, since=at - of_account.within)
        from_here = sign_ins.failures(session, kind=kind, address=near, since=at - OF_ADDRESS.within)
        wait = max(pause(of_this, limit=of_account, at=at), pause(from_here, limit=OF_ADDRESS, at=at))
        if wait:
            raise TooMany(f"There were too many tries. Wait {told(wait)}, then try again.")
        return sign_ins.attempt(session, kind=kind, account=account, address=near, at=at)


def use_code(session: Session, *, key: bytes, person: PersonDetail, code: str, at: datetime) -> None:
    """Use up this code, where the person has an authenticator app. Raises NotAuthenticated where it is not right."""
    factor = credentials.factor_of(session, person.person_id)
    if factor is None or factor.confirmed_at is None:
        return
    step = step_of(code, secret=secret_of_app(key, factor.nonce), at=at, used=factor.used_step)
    if step is None:
        raise NotAuthenticated(WRONG)
    factor.used_step = step
    credentials.keep_factor(session, factor)


def secret_of_app(key: bytes, nonce: str) -> str:
    """The secret that an authenticator app was given under this name: derived, and kept nowhere."""
    return as_secret(derived(key, "authenticator", nonce)[:20])
