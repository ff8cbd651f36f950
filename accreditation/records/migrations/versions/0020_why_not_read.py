"""Why a document that was to be placed could not be read."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("placing_look", sa.Column("unread", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
