"""What a team's lead calls whom they let in is kept with the role: the college's own name is not theirs to read."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("role_grant", sa.Column("called", sa.String(), server_default="", nullable=False))
