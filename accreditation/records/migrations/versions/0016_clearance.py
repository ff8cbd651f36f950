"""Whether a file may be opened; what is attached already is looked at as soon as the engine runs."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = ("clearance", "clearance_hit")


def upgrade() -> None:
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["library_version.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_clearance_version_id"), "clearance", ["version_id"])
    op.create_table(
        "clearance_hit",
        sa.Column("clearance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("masked", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["clearance_id"], ["clearance.id"]),
        sa.PrimaryKeyConstraint("clearance_id", "number"),
    )
    for table in NEW:
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)
    # Nobody could open what is attached already until the next day's upkeep: it is looked at at once.
    op.execute(
        "INSERT INTO job (kind, subject, created_at, due_at, attempts, failure, held) "
        "SELECT DISTINCT 'evidence', cycle_id, at, at, 0, '', false FROM "
        "(SELECT cycle_id, min(at) AS at FROM evidence_item GROUP BY cycle_id) AS attached"
    )


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
