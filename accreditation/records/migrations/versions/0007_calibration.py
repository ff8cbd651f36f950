"""Calibration exercises: a completed case without names, its reference, and who took it."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "calibration_exercise",
    "calibration_item",
    "calibration_release",
    "calibration_retirement",
    "calibration_answer",
    "calibration_hand_in",
)


def upgrade() -> None:
    _exercises()
    _takings()
    for table in TABLES:
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def _exercises() -> None:
    op.create_table(
        "calibration_exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("title"),
    )
    op.create_index(op.f("ix_calibration_exercise_cycle_id"), "calibration_exercise", ["cycle_id"])
    op.create_table(
        "calibration_item",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["calibration_exercise.id"]),
        sa.PrimaryKeyConstraint("exercise_id", "criterion", "version"),
    )
    for table, texts in (("calibration_release", ("by",)), ("calibration_retirement", ("reason", "by"))):
        op.create_table(
            table,
            sa.Column("exercise_id", sa.Integer(), nullable=False),
            *(sa.Column(name, sa.String(), nullable=False) for name in texts),
            sa.Column("at", UTCDateTime(), nullable=False),
            sa.ForeignKeyConstraint(["exercise_id"], ["calibration_exercise.id"]),
            sa.PrimaryKeyConstraint("exercise_id"),
        )


def _takings() -> None:
    op.create_table(
        "calibration_answer",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rating", sa.String(), nullable=True),
        sa.Column("measured", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["calibration_exercise.id"]),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("exercise_id", "reviewer_id", "criterion", "version"),
    )
    op.create_index(op.f("ix_calibration_answer_exercise_id"), "calibration_answer", ["exercise_id"])
    op.create_index(op.f("ix_calibration_answer_reviewer_id"), "calibration_answer", ["reviewer_id"])
    op.create_table(
        "calibration_hand_in",
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["calibration_exercise.id"]),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"]),
        sa.PrimaryKeyConstraint("exercise_id", "reviewer_id"),
    )


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
