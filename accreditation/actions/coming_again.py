"""What was deleted and comes again: whether it may."""

import re

from accreditation.database import Session
from accreditation.errors import Fault, Invalid
from accreditation.records import tombstones
from accreditation.rules.afterwards import day_words
from accreditation.rules.retention import Cause


def check_may_come(session: Session, *, team_id: int, digest: str | None) -> None:
    """May these bytes come into this team's library? None where nobody knows them yet.

    Raises Invalid where the team's very same file was deleted because a patient can be told from it. What was deleted
    for another cause may come again, as a new version. Another team is told nothing of it.
    """
    known = digest is not None and re.fullmatch(r"[0-9a-fA-F]{64}", digest)
    for stone in reversed(tombstones.with_digest(session, digest.lower()) if known and digest else []):
        if stone.team_id == team_id and stone.cause == Cause.PATIENT_DATA:
            found = f"this very file was deleted on {day_words(stone.at.date())}, as a patient can be told from it"
            raise Invalid([Fault(where="file", found=found, allowed="a file from which no patient can be told")])
