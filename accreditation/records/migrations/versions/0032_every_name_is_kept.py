"""Organisations and teams are found by every name they have or had, however it is written.

What they were called before stands in the ledger. A team that was taken out keeps its number.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from accreditation.database import append_only_ddl
from accreditation.rules.named import same_name

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    organisation_name = op.create_table(
        "organisation_name",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("organisation_id", sa.Integer(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
    )
    team_name = op.create_table(
        "team_name",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("service_line", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
    )
    op.bulk_insert(organisation_name, [
        {"organisation_id": number, "name": name, "plain": same_name(name)}
        for number, name in dict.fromkeys(_organisations())
    ])  # fmt: skip
    op.bulk_insert(team_name, [
        {"team_id": number, "name": name, "service_line": service, "plain": same_name(name)}
        for number, name, service in dict.fromkeys(_teams())
    ])  # fmt: skip
    for table, column in (("organisation_name", "organisation_id"), ("team_name", "team_id")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
        op.create_index(op.f(f"ix_{table}_plain"), table, ["plain"])
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def _organisations() -> Iterator[tuple[int, str]]:
    for number, name in op.get_bind().execute(sa.text("SELECT id, name FROM organisation ORDER BY id")):
        yield number, name
    for number, detail in _entered("organisation:rename"):
        yield number, detail["was"]


def _teams() -> Iterator[tuple[int, str, str]]:
    for number, name, service in op.get_bind().execute(sa.text("SELECT id, name, service_line FROM team ORDER BY id")):
        yield number, name, service
    for number, detail in _entered("team:rename"):
        yield number, detail["was"], detail["was_service_line"]
    for number, detail in _entered("team:remove"):
        yield number, detail["was"], detail["service_line"]


def _entered(action: str) -> Iterator[tuple[int, dict[str, str]]]:
    """What the ledger says of each such act, with the number of what it was done to."""
    entries = sa.text("SELECT subject, detail FROM ledger_entry WHERE action = :action ORDER BY sequence")
    for subject, detail in op.get_bind().execute(entries, {"action": action}):
        yield int(subject.partition(":")[2]), json.loads(detail)
