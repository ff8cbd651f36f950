"""Bearer tokens, kept as digests: who reads the database learns no token."""

import hashlib
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

from accreditation.database import UTCDateTime
from accreditation.rules.people import Principal, Role


class Token(SQLModel, table=True):
    """A token's digest, and whom it stands for."""

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    name: str = Field(unique=True)
    role: str
    team_id: int | None = Field(default=None, foreign_key="team.id")
    reviewer_id: int | None = Field(default=None, foreign_key="reviewer.id")
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)

    @property
    def principal(self) -> Principal:
        """Whom the token stands for."""
        return Principal(name=self.name, role=Role(self.role), team=self.team_id, reviewer=self.reviewer_id)


def digest_of(secret: str) -> str:
    """The digest under which a token is kept. A token has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def principal_of(session: Session, *, secret: str, at: datetime) -> Principal | None:
    """Whom does this token stand for at this moment? None where it is unknown or has expired."""
    row = session.exec(select(Token).where(Token.digest == digest_of(secret))).first()
    return None if row is None or row.expires_at <= at else row.principal


def named(session: Session, name: str) -> Token | None:
    """The token of this name, if there is one."""
    return session.exec(select(Token).where(Token.name == name)).first()
