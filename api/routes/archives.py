"""A cycle as one archive: whoever takes it is in the ledger, so it is asked for with POST."""

from typing import Annotated, Any

from fastapi.responses import StreamingResponse

from accreditation.rules.permissions import Permission
from api.downloads import answer_archive
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
    return answer_archive(asks, cycle)
