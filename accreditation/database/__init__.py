"""Engine, session, and the only commit in the project. SQLite or PostgreSQL by URL, with the same manners."""

from sqlmodel import Session

from accreditation.database.migrations import append_only_ddl, changeable_ddl, migrate, pending
from accreditation.database.moments import UTCDateTime
from accreditation.database.remembering import once_a_moment
from accreditation.database.sessions import ENTERED, Database, observe_statements

__all__ = [
    "ENTERED",
    "Database",
    "Session",
    "UTCDateTime",
    "append_only_ddl",
    "changeable_ddl",
    "migrate",
    "observe_statements",
    "once_a_moment",
    "pending",
]
