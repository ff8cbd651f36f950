"""What a reviewer does besides rating: findings, requests for evidence, immediate risks, and notices of them."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _findings()
    _requests()
    _risks()
    _notices()
    op.add_column("accuracy_comment", sa.Column("finding", sa.String(length=16), nullable=True))
    tables = ("finding", "finding_change", "evidence_request", "evidence_request_answer")
    for table in (*tables, "immediate_risk", "immediate_risk_answer", "notice"):
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def _findings() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("criterion", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("assignment_id", "key", "version"),
    )
    op.create_index(op.f("ix_finding_assignment_id"), "finding", ["assignment_id"])
    op.create_table(
        "finding_change",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.PrimaryKeyConstraint("cycle_id", "finding", "number"),
    )


def _requests() -> None:
    op.create_table(
        "evidence_request",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"]),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_evidence_request_cycle_id"), "evidence_request", ["cycle_id"])
    op.create_table(
        "evidence_request_answer",
        sa.Column("request", sa.String(length=16), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["request"], ["evidence_request.name"]),
        sa.PrimaryKeyConstraint("request"),
    )


def _risks() -> None:
    op.create_table(
        "immediate_risk",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reply_by", UTCDateTime(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"]),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(op.f("ix_immediate_risk_cycle_id"), "immediate_risk", ["cycle_id"])
    op.create_table(
        "immediate_risk_answer",
        sa.Column("risk", sa.String(length=16), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["risk"], ["immediate_risk.name"]),
        sa.PrimaryKeyConstraint("risk"),
    )


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("inbox", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.PrimaryKeyConstraint("inbox", "number"),
    )
    op.create_index(op.f("ix_notice_cycle_id"), "notice", ["cycle_id"])
    op.create_index(op.f("ix_notice_about"), "notice", ["about"])


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
