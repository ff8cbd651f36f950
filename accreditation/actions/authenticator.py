"""Set up an authenticator app as a second factor, give it up, and forget one whose owner lost it."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from accreditation.actions.admitting import enter_about, enter_own
from accreditation.actions.desk import digest_of
from accreditation.actions.proving import Proof, prove, proved_still
from accreditation.actions.sign_in import secret_of_app
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import credentials, people, sign_ins
from accreditation.records.credentials import SecondFactor
from accreditation.rules.derived import digest_of as digest_of_secret
from accreditation.rules.derived import same
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.second_factor import address as address_of_app
from accreditation.rules.second_factor import step_of
from accreditation.rules.sessions import Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What an app is given: its secret to type, and the same as an address to scan."""

    secret: str
    address: str


NONE_OFFERED = "No authenticator app was offered to you. Begin again on your account's page."


def offer_app(database: Database, *, key: bytes, proof: Proof, session_secret: str, at: datetime) -> None:
    """Offer this person a secret for an authenticator app, once they have proved that it is they.

    It is for the session of this secret alone: no other browser in which they are signed in is shown it or confirms it.
    Asked again before it is confirmed, another one. Raises Invalid where the password is not right, TooMany while a
    pause lasts, and Contradiction where an app is set up already.
    """
    proved = prove(database, key=key, proof=proof, at=at)
    with proved_still(database, key=key, proved=proved, at=at) as session:
        factor = credentials.factor_of(session, proof.person_id)
        if factor is not None and factor.confirmed_at is not None:
            raise Contradiction("You have an authenticator app already. Give it up before you set up another.")
        if factor is not None:
            credentials.drop_factor(session, factor)
        offered = SecondFactor(person_id=proof.person_id, nonce=_name_for(session_secret), used_step=0)
        credentials.keep_factor(session, offered)
        enter_own(session, person=proved.person, action="person:offer_app", detail={}, at=at)


def offered_app(database: Database, *, key: bytes, person_id: int, session_secret: str, issuer: str) -> Offered:
    """What the app is given that was offered to this session. Raises NotFound where none was, or it counts already."""
    with database.reading() as session:
        person = people.get(session, person_id)
        factor = credentials.factor_of(session, person_id)
        if factor is None or factor.confirmed_at is not None or not _is_for(session_secret, factor):
            raise NotFound(NONE_OFFERED)
        secret = secret_of_app(key, factor.nonce)
    return Offered(secret=secret, address=address_of_app(secret, account=person.email, issuer=issuer))


def confirm_app(
    database: Database, *, key: bytes, person_id: int, code: str, session_secret: str, at: datetime
) -> None:
    """Let the app that was offered count from now on, as its code shows that it is set up. Again changes nothing.

    Every session but that of this secret ends: whoever has one by the password alone would need the code now.
    Raises Invalid where the code is not right, NotFound where none was offered.
    """
    with database.writing() as session:
        factor = credentials.factor_of(session, person_id)
        if factor is None:
            raise NotFound(NONE_OFFERED)
        if factor.confirmed_at is not None:
            return
        if not _is_for(session_secret, factor):
            raise NotFound(NONE_OFFERED)
        step = step_of(code, secret=secret_of_app(key, factor.nonce), at=at, used=factor.used_step)
        if step is None:
            raise Invalid(
                [Fault(where="code", found="one that is not right", allowed="the six digits the app shows now")]
            )
        factor.used_step, factor.confirmed_at = step, at
        credentials.keep_factor(session, factor)
        ended = sign_ins.end_all(session, person_id=person_id, how=Ends.APP_SET_UP, at=at, but=session_secret)
        person, detail = people.get(session, person_id), {"sessions_ended": ended}
        enter_own(session, person=person, action="person:confirm_app", detail=detail, at=at)


def give_up_app(database: Database, *, key: bytes, proof: Proof, session_secret: str, at: datetime) -> None:
    """Let the password alone do from now on; it and the app's code are asked for. Where no app counts, nothing changes.

    Every session but that of this secret ends, as when the app was set up. Raises Invalid where the password or the
    code is not right, and TooMany while a pause lasts.
    """
    proof = replace(proof, code=proof.code or "")  # without a code nobody gives the app up
    proved = prove(database, key=key, proof=proof, at=at)
    with proved_still(database, key=key, proved=proved, at=at) as session:
        factor = credentials.factor_of(session, proof.person_id)
        if factor is not None:
            credentials.drop_factor(session, factor)
            ended = sign_ins.end_all(
                session, person_id=proof.person_id, how=Ends.APP_GIVEN_UP, at=at, but=session_secret
            )  # fmt: skip
            detail: dict[str, Detail] = {"sessions_ended": ended}
            enter_own(session, person=proved.person, action="person:give_up_app", detail=detail, at=at)


def forget_app(database: Database, *, principal: Principal, person_id: int, reason: str, at: datetime) -> bool:
    """Let the password alone do for somebody whose authenticator app is lost, and end all their sessions.

    Says whether there was an app; where there is none, nothing changes. The office makes sure first that it is they
    who ask: nothing here can. Raises NotPermitted, NotFound, and Invalid for no reason.
    """
    permit(principal, Permission.GRANT_GIVE)
    check_reason(reason)
    with database.writing() as session:
        people.get(session, person_id)
        factor = credentials.factor_of(session, person_id)
        if factor is None:
            return False
        credentials.drop_factor(session, factor)
        ended = sign_ins.end_all(session, person_id=person_id, how=Ends.APP, at=at)
        detail: dict[str, Detail] = {"reason_sha256": digest_of(reason.strip()), "sessions_ended": ended}
        enter_about(session, by=principal, person_id=person_id, action="person:forget_app", detail=detail, at=at)
        return True


def _name_for(session_secret: str) -> str:
    """A name from which a new app's secret is derived, which says for which session it is."""
    return f"{digest_of_secret(session_secret)}-{secrets.token_hex(16)}"


def _is_for(session_secret: str, factor: SecondFactor) -> bool:
    """Was this app offered to this session?"""
    return same(factor.nonce.partition("-")[0], digest_of_secret(session_secret))
