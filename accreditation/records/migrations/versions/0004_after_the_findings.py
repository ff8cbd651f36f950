"""What happens after findings are settled: factual accuracy, conditions met, outcomes that follow, appeals."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _settlement_versions()
    op.add_column("condition", sa.Column("number", sa.Integer(), server_default="0", nullable=False))
    _accuracy()
    _aftermath()
    for table in ("accuracy_comment", "accuracy_answer", "condition_met", "outcome_change", "appeal", "appeal_answer"):
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def _settlement_versions() -> None:
    """A settlement may be amended: its version becomes part of its key. SQLite has to make the table again for that."""
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("settlement", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        op.drop_constraint("settlement_pkey", "settlement", type_="primary")
        op.create_primary_key("settlement_pkey", "settlement", ["cycle_id", "criterion", "version"])
        return
    texts = {"state": False, "rating": True, "measured": True, "level": True, "series": True, "note": False}
    op.create_table(
        "settlement_versions",
        *(sa.Column(name, sa.String(), nullable=nullable) for name, nullable in texts.items()),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.PrimaryKeyConstraint("cycle_id", "criterion", "version"),
    )
    kept = ", ".join(f'"{name}"' for name in (*texts, "cycle_id", "criterion", "how", "by", "at"))
    op.execute(f"INSERT INTO settlement_versions ({kept}) SELECT {kept} FROM settlement")  # noqa: S608  (our own names)
    op.drop_table("settlement")
    op.rename_table("settlement_versions", "settlement")
    for statement in append_only_ddl("settlement", "sqlite"):  # the old table took its triggers with it
        op.execute(statement)


def _accuracy() -> None:
    op.create_table(
        "accuracy_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_accuracy_comment_cycle_id"), "accuracy_comment", ["cycle_id"])
    op.create_table(
        "accuracy_answer",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["accuracy_comment.id"]),
        sa.PrimaryKeyConstraint("comment_id"),
    )


def _aftermath() -> None:
    op.create_table(
        "condition_met",
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["condition_id"], ["condition.id"]),
        sa.PrimaryKeyConstraint("condition_id"),
    )
    op.create_table(
        "outcome_change",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("departs", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["decision.cycle_id"]),
        sa.PrimaryKeyConstraint("cycle_id", "number"),
    )
    op.create_table(
        "appeal",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["publication.cycle_id"]),
        sa.PrimaryKeyConstraint("cycle_id"),
    )
    op.create_table(
        "appeal_answer",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["appeal.cycle_id"]),
        sa.PrimaryKeyConstraint("cycle_id"),
    )


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
