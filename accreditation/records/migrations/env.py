"""Alembic's environment: always on the connection it is handed, which holds the writers' lock."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from accreditation.database import UTCDateTime
from accreditation.records.tables import metadata


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own types by their short names, and SQLModel's text as SQLAlchemy's."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "UTCDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()" if item.length is None else f"sa.String({item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
