"""A team's library: what was attached before becomes one document for every team and digest."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from accreditation.database import UTCDateTime, append_only_ddl, changeable_ddl

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KINDS: dict[type, Any] = {int: sa.Integer(), str: sa.String(), datetime: UTCDateTime()}
NEW = ("library_item", "library_version", "library_detail", "evidence_place", "evidence_end")


def upgrade() -> None:
    _documents()
    _evidence()
    _fill(op.get_bind())
    for table in NEW:
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def _documents() -> None:
    op.create_table(
        "library_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_library_item_team_id"), "library_item", ["team_id"])
    op.create_table(
        "library_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["library_item.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("item_id", "number"),
    )
    op.create_index(op.f("ix_library_version_digest"), "library_version", ["digest"])
    op.create_table(
        "library_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["library_version.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_library_detail_version_id"), "library_detail", ["version_id"])


def _evidence() -> None:
    # Written out, because Alembic adds no column with a foreign key on SQLite without rebuilding the table.
    op.execute("ALTER TABLE evidence_item ADD COLUMN version_id INTEGER REFERENCES library_version (id)")
    op.create_index(op.f("ix_evidence_item_version_id"), "evidence_item", ["version_id"])
    op.add_column("evidence_link", sa.Column("place", sa.String(), server_default="", nullable=False))
    op.create_table(
        "evidence_place",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence_item.id"]),
        sa.PrimaryKeyConstraint("evidence_id", "criterion", "number"),
    )
    op.create_table(
        "evidence_end",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence_item.id"]),
        sa.ForeignKeyConstraint(["successor_id"], ["evidence_item.id"]),
        sa.PrimaryKeyConstraint("evidence_id"),
    )


def _fill(connection: sa.Connection) -> None:
    """One document for every team and digest, as its first file says, and each file's row tied to it."""
    held = connection.execute(
        sa.text(
            "SELECT evidence_item.id, cycle.team_id, digest, size, media_type, file_name, title, evidence_item.by, "
            "evidence_item.at FROM evidence_item JOIN cycle ON cycle.id = evidence_item.cycle_id "
            "ORDER BY evidence_item.id"
        ).columns(at=UTCDateTime())
    ).all()
    first: dict[tuple[int, str], Any] = {}
    for row in held:
        first.setdefault((row.team_id, row.digest), row)
    if not first:
        return
    items = _kept(connection, "library_item", [{"team_id": row.team_id, **_who(row)} for row in first.values()])
    versions = _kept(
        connection, "library_version",
        [
            {
                "item_id": item, "number": 1, "digest": row.digest, "size": row.size, "media_type": row.media_type,
                "file_name": row.file_name, **_who(row),
            }
            for item, row in zip(items, first.values(), strict=True)
        ],
    )  # fmt: skip
    _kept(
        connection, "library_detail",
        [
            {"version_id": version, "title": row.title, "owner": "", **_who(row)}
            for version, row in zip(versions, first.values(), strict=True)
        ],
    )  # fmt: skip
    version_of = dict(zip(first, versions, strict=True))
    dialect = connection.dialect.name
    for statement in changeable_ddl("evidence_item", dialect):
        op.execute(statement)
    connection.execute(
        sa.text("UPDATE evidence_item SET version_id = :version WHERE id = :evidence"),
        [{"version": version_of[row.team_id, row.digest], "evidence": row.id} for row in held],
    )
    for statement in append_only_ddl("evidence_item", dialect):
        op.execute(statement)


def _who(row: Any) -> dict[str, Any]:
    return {"by": row.by, "at": row.at}


def _kept(connection: sa.Connection, name: str, rows: list[dict[str, Any]]) -> list[int]:
    """Keep these rows; says their ids, in the same order."""
    columns = (sa.Column(one, _KINDS[type(value)]) for one, value in rows[0].items())
    table = sa.Table(name, sa.MetaData(), sa.Column("id", sa.Integer(), primary_key=True), *columns)
    return list(
        connection.execute(sa.insert(table).returning(table.c.id, sort_by_parameter_order=True), rows).scalars()
    )


def downgrade() -> None:
    raise NotImplementedError("the records are never taken back; restore a backup instead")
