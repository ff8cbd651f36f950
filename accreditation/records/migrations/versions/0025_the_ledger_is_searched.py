"""The ledger is searched by who acted, by what was done, and by day."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("at", "actor", "action"):
        op.create_index(op.f(f"ix_ledger_entry_{column}"), "ledger_entry", [column])
