"""What every way in has in common: a link in a letter, and a session that begins."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accreditation.actions.desk import enter
from accreditation.database import Session
from accreditation.ledger.chain import Detail
from accreditation.ledger.entries import append
from accreditation.records import credentials, jobs, letters, sign_ins
from accreditation.records.credentials import SignInLink
from accreditation.records.letters import Letter
from accreditation.records.people import PersonDetail
from accreditation.rules.derived import digest_of, secret_of_link
from accreditation.rules.letters import LetterKind
from accreditation.rules.people import Principal
from accreditation.rules.sessions import Ends

VALID: Mapping[LetterKind, timedelta] = {
    LetterKind.INVITATION: timedelta(days=14),
    LetterKind.RESET: timedelta(hours=1),
}
"""How long a link works. People are on leave when they are invited, and wait for a new password beside their screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Somebody is signed in: the secret of their session, which is told to their browser alone, and who they are."""

    secret: str
    person: int


def write_with_link(
    session: Session, *, key: bytes, person_id: int, kind: LetterKind, by: str, at: datetime
) -> int:  # fmt: skip
    """Keep a letter with a new link, and the job that sends it; links of before work no more. Says the letter's id."""
    for old in credentials.open_links(session, person_id=person_id, at=at):
        credentials.end_link(session, link_id=old.id or 0, how="replaced", at=at)
    nonce = secrets.token_hex(16)
    link = credentials.keep_link(
        session,
        SignInLink(
            person_id=person_id, kind=kind.value, nonce=nonce, digest=digest_of(secret_of_link(key, nonce)),
            expires_at=at + VALID[kind], by=by, at=at,
        ),
    )  # fmt: skip
    letter = letters.write(session, Letter(person_id=person_id, link_id=link, kind=kind.value, at=at))
    jobs.enqueue(session, kind=jobs.Kind.LETTERS, subject=letter, at=at)
    return letter


def admit(session: Session, *, person: PersonDetail, how: str, before: str, at: datetime) -> Admitted:
    """Begin a session with a secret of its own; the one that this browser had before is ended, whosever it was."""
    if before:
        sign_ins.end(session, secret=before, how=Ends.ANEW, at=at)
    secret = secrets.token_urlsafe(32)
    sign_ins.begin(session, secret=secret, person_id=person.person_id, how=how, at=at)
    enter_own(session, person=person, action="person:sign_in", detail={"how": how}, at=at)
    return Admitted(secret=secret, person=person.person_id)


def enter_own(
    session: Session, *, person: PersonDetail, action: str, detail: Mapping[str, Detail], at: datetime
) -> None:  # fmt: skip
    """Enter in the ledger what somebody did with their own account, where no role of theirs plays a part."""
    subject = f"person:{person.person_id}"
    append(session, at=at, actor=f"person:{person.acts_as}", action=action, subject=subject, detail=detail)


def enter_about(
    session: Session, *, by: Principal, person_id: int, action: str, detail: Mapping[str, Detail], at: datetime
) -> None:  # fmt: skip
    """Enter in the ledger what was done to somebody's account, and for which team where one of a team did it."""
    of_team: dict[str, Detail] = {} if by.team is None else {"team": by.team}
    enter(session, at=at, by=by, action=action, subject=f"person:{person_id}", detail={**of_team, **detail})
