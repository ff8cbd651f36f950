"""A role that was given by mistake, and that its holder never used, keeps them from nothing."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_mistaken",
        sa.Column("grant_id", sa.Integer(), sa.ForeignKey("role_grant.id"), primary_key=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    for statement in append_only_ddl("role_mistaken", op.get_bind().dialect.name):
        op.execute(statement)
