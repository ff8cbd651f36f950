"""Whether evidence was uploaded for a cycle or taken from the team's library: until now all of it was uploaded."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence_item", sa.Column("how", sa.String(), server_default="uploaded", nullable=False))


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
