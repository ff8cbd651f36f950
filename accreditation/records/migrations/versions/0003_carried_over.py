"""Running cycles that were carried over to another edition."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_digest"],
            ["edition.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "number"),
    )
    with op.batch_alter_table("edition_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_change_cycle_id"), ["cycle_id"], unique=False)
    for statement in append_only_ddl("edition_change", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
