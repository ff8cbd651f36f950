"""What is known of reviewers and of where organisations are; organisations that became part of another."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reviewer_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reviewer_fact_reviewer_id"), "reviewer_fact", ["reviewer_id"])
    op.create_table(
        "organisation_merger",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["into_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
    for table in ("reviewer_fact", "organisation_merger"):
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)
    for column in ("region", "place"):
        op.add_column("organisation", sa.Column(column, sa.String(), server_default="", nullable=False))
