"""Who heard an appeal: the members of the panel stand beside its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appeal_answer", sa.Column("panel", sa.String(), server_default="[]", nullable=False))


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
