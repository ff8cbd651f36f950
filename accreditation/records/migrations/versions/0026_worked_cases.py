"""An edition's worked cases are kept beside it."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_edition_cases_edition_digest"), "edition_cases", ["edition_digest"])
    for statement in append_only_ddl("edition_cases", op.get_bind().dialect.name):
        op.execute(statement)
