"""The whole cycle as one archive, for the college office; whoever takes it is in the ledger."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from api.downloads import answer_archive
from api.inputs.bounds import CycleId
from api.visiting import Visit, form_guard

router = APIRouter(include_in_schema=False)


@router.post("/college/cycles/{cycle}/archive", response_model=None)
def export(visit: Annotated[Visit, form_guard(Permission.ARCHIVE_EXPORT, Area.COLLEGE)], cycle: CycleId) -> Response:
    """Everything of this cycle in one file that proves itself."""
    return answer_archive(visit, cycle)
