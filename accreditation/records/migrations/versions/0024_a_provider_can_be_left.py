"""Whoever is known by an identity provider can leave it: then it is forgotten by what it meant them."""

from alembic import op

from accreditation.database import changeable_ddl

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in changeable_ddl("identity", op.get_bind().dialect.name):
        op.execute(statement)
