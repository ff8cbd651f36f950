"""Somebody tries to get in: is a pause on, and what is counted? By the account that they mean and by where they are."""

from datetime import datetime

from accreditation.database import Database, Session
from accreditation.errors import TooMany
from accreditation.records import people, sign_ins
from accreditation.rules.derived import as_text, derived
from accreditation.rules.lockout import LATELY, OF_ADDRESS, Limit, counting, neighbourhood, pause, told


def count_try(
    database: Database, *, key: bytes, kind: str, account: str, address: str | None, of_account: Limit, at: datetime
) -> int:  # fmt: skip
    """Count a try on this account from this address; says its number. Raises TooMany while a pause lasts.

    It counts as a failure until it is said to have succeeded: many at once are no more guesses than one by one. Without
    an address it is counted by the account alone.
    """
    meant = as_text(derived(key, "account", people.account_of(account)))
    with database.bookkeeping() as session:
        near = "" if address is None else neighbourhood(address)
        tries = sign_ins.tries_on(session, kind=kind, account=meant, since=at - LATELY)
        _refuse(counting(tries, near=near), of_account, at)
        if address is not None:
            _look_at_place(session, kind, address, at)
        return sign_ins.attempt(session, kind=kind, account=meant, address=near, at=at)


def check_place(database: Database, *, kind: str, address: str, at: datetime) -> None:
    """May somebody try from this address? Raises TooMany while a pause lasts."""
    with database.reading() as session:
        _look_at_place(session, kind, address, at)


def count_failure(database: Database, *, kind: str, address: str, at: datetime) -> None:
    """Count that somebody failed from this address who did not come so far as to name an account."""
    with database.bookkeeping() as session:
        sign_ins.attempt(session, kind=kind, account="", address=neighbourhood(address), at=at)


def _look_at_place(session: Session, kind: str, address: str, at: datetime) -> None:
    near = neighbourhood(address)
    _refuse(
        sign_ins.failures(session, kind=kind, address=near, since=at - OF_ADDRESS.within), OF_ADDRESS, at
    )  # fmt: skip


def _refuse(failed: list[datetime], limit: Limit, at: datetime) -> None:
    wait = pause(failed, limit=limit, at=at)
    if wait:
        raise TooMany(f"There were too many tries. Wait {told(wait)}, then try again.", wait=wait)
