"""Drafts of schemes, kept between visits."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scheme_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("began_from", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["began_from"], ["edition.digest"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_scheme_draft_scheme"), "scheme_draft", ["scheme"])
    op.create_table(
        "scheme_draft_version",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["scheme_draft.id"]),
        sa.PrimaryKeyConstraint("draft_id", "number"),
    )
    op.create_table(
        "scheme_draft_end",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["scheme_draft.id"]),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"]),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    for table in ("scheme_draft", "scheme_draft_end", "scheme_draft_version"):
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)
