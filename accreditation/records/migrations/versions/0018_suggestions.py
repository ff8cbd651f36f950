"""Which criteria a document may answer is suggested; what is kept already is read at the next upkeep."""

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

NEW = ("placing_look", "placing_suggestion", "placing_dismissal")


def upgrade() -> None:
    op.create_table(
        "placing_look",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["library_version.id"]),
        sa.ForeignKeyConstraint(["edition_digest"], ["edition.digest"]),
        sa.PrimaryKeyConstraint("version_id", "edition_digest"),
    )
    op.create_table(
        "placing_suggestion",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("edition_digest", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "edition_digest"], ["placing_look.version_id", "placing_look.edition_digest"]
        ),
        sa.PrimaryKeyConstraint("version_id", "edition_digest", "rank"),
    )
    op.create_table(
        "placing_dismissal",
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["item_id"], ["library_item.id"]),
        sa.PrimaryKeyConstraint("cycle_id", "item_id", "criterion"),
    )
    for table in NEW:
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
