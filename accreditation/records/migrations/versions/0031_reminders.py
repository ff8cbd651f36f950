"""The college office reminds whoever's turn it is in a cycle, by a letter."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("cycle_id", sa.Integer(), sa.ForeignKey("cycle.id"), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_reminder_person_id"), "reminder", ["person_id"])
    op.create_index(op.f("ix_reminder_cycle_id"), "reminder", ["cycle_id"])
    op.create_table(
        "reminder_sent",
        sa.Column("reminder_id", sa.Integer(), sa.ForeignKey("reminder.id"), primary_key=True),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    for table in ("reminder", "reminder_sent"):
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)
