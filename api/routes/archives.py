"""A cycle as one archive: whoever takes it is in the ledger, so it is asked for with POST."""

from typing import Annotated, Any

from fastapi.responses import StreamingResponse

from accreditation.actions.export_archive import export_archive
from accreditation.rules.permissions import Permission
from accreditation.views.archive import archive_of
from api.guard import Asks, guard
from api.inputs.bounds import CycleId
from api.routes.making import routes

router = routes("archives")

Exporter = Annotated[Asks, guard(Permission.ARCHIVE_EXPORT)]

THE_ARCHIVE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"application/zip": {}},
        "description": "The archive; the header `Manifest-SHA-256` stands for every byte of it.",
    }
}


@router.post("/cycles/{cycle}/archive", response_class=StreamingResponse, response_model=None, responses=THE_ARCHIVE)
def export(cycle: CycleId, asks: Exporter) -> StreamingResponse:
    """Everything of this cycle that the asker may see, in one file that proves itself."""
    archive = archive_of(asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle)
    pieces = export_archive(
        asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle, archive=archive, at=asks.at
    )
    headers = {
        "Content-Length": str(archive.size), "Content-Disposition": f'attachment; filename="cycle-{cycle}.zip"',
        "Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store", "Manifest-SHA-256": archive.sha256,
    }  # fmt: skip
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)
