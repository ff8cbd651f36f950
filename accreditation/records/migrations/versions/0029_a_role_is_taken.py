"""A role that a team's lead gives is an offer until its holder takes it: a lead's word alone makes nobody partial."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "role_taken",
        sa.Column("grant_id", sa.Integer(), sa.ForeignKey("role_grant.id"), primary_key=True),
        sa.Column("at", UTCDateTime(), nullable=False),
    )
    for statement in append_only_ddl("role_taken", op.get_bind().dialect.name):
        op.execute(statement)
