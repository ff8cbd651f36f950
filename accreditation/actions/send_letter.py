"""The engine hands a letter to the mail server."""

from collections.abc import Callable
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.database import Database
from accreditation.records import jobs, letters
from accreditation.rules.letters import Words
from accreditation.rules.people import ENGINE

Post = Callable[[Words], None]
"""Hands a letter to the mail server. Raises Unavailable where it does not take it."""


def send_letter(
    database: Database, *, key: bytes, site: str, post: Post | None, job_id: int, at: datetime
) -> bool:  # fmt: skip
    """Send the job's letter; says whether it went out now.

    Where no mail server is configured it stays where the office reads it (`accredit letters`). A letter whose link
    works no more is not sent. Raises Unavailable where the server does not take it; the job is tried again. Killed
    between the server's yes and ours, it is sent twice: better than never.
    """
    with database.reading() as session:
        letter, sent = letters.get(session, jobs.subject_of(session, job_id=job_id, kind=jobs.Kind.LETTERS))
        words = None if sent is not None else letters.said(session, key=key, site=site, letter=letter, at=at)
    goes = post is not None and words is not None
    if post is not None and words is not None:
        post(words)
    with database.writing() as session:
        if jobs.carry_out(session, job_id=job_id, kind=jobs.Kind.LETTERS, at=at) is None:
            return False
        if goes:
            letters.sent(session, letter_id=letter.id or 0, at=at)
        detail = {"letter": letter.id or 0, "sent": goes}
        enter(session, at=at, by=ENGINE, action="letter:send", subject=f"person:{letter.person_id}", detail=detail)
    return goes
