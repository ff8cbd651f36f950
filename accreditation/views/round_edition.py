"""The edition that a round runs on, in time: from when it is in force, and whether another has taken over from it."""

from collections.abc import Sequence
from datetime import date

from accreditation.database import Session
from accreditation.records import editions
from accreditation.records.editions import Edition
from accreditation.scheme.process import Event
from accreditation.views.looking import Shown


class InTime(Shown):
    """From which day an edition is in force, and which follows it; `newer_since` is null where none does.

    `older` where the scheme has an edition from before. `fixed_by` is the event whose day says which edition judges
    a cycle, by the edition's own rule.
    """

    edition: str
    since: date
    older: bool
    fixed_by: Event
    newer: str = ""
    newer_since: date | None = None


def in_time(session: Session, digest: str) -> InTime:
    """How does this edition stand in time among those of its scheme? Raises NotFound."""
    scheme = editions.scheme_of(session, digest)
    return times_of(session, editions.all_of(session, scheme.id))[digest]


def times_of(session: Session, rows: Sequence[Edition]) -> dict[str, InTime]:
    """Digest -> how the edition stands in time among these, which are all editions of one scheme or of several."""
    told: dict[str, InTime] = {}
    newer: dict[str, Edition] = {}
    for row in sorted(rows, key=lambda one: (one.effective_on, one.published_at), reverse=True):
        after = newer.get(row.scheme)
        told[row.digest] = InTime(
            edition=row.label, since=row.effective_on,
            older=any(one.scheme == row.scheme and one.effective_on < row.effective_on for one in rows),
            fixed_by=editions.scheme_of(session, row.digest).transition.fixed_by,
            newer="" if after is None else after.label, newer_since=None if after is None else after.effective_on,
        )  # fmt: skip
        newer[row.scheme] = row
    return told
