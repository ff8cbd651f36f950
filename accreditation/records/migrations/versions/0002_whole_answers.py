"""Whole answers: a series of measured values, and settlements that keep what was measured."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Columns are only added, so SQLite rebuilds no table and every append-only trigger stays where it is.
NEW = {
    "self_rating": ("series",),
    "review_rating": ("series",),
    "settlement": ("measured", "level", "series"),
}


def upgrade() -> None:
    for table, names in NEW.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
