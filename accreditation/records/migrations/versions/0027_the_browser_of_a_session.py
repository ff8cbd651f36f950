"""A session keeps which browser began it, so that its owner knows it among others."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in_session", sa.Column("device", sa.String(), server_default="", nullable=False))
