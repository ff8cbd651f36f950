"""One's visit as a workbook: out for a place without a network, and back."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from accreditation.actions.take_workbook import take_workbook
from accreditation.rules.permissions import Permission
from accreditation.views.review_workbook import review_workbook
from api.guard import Asks, guard
from api.inputs.bounds import CycleId
from api.problem_shapes import ConflictShown, conflicts_shown
from api.routes.making import routes

router = routes("review workbook")

Rater = Annotated[Asks, guard(Permission.REVIEW_RATE)]
Preview = Annotated[bool, Query(description="True: say what it would change, and keep nothing.")]
Rest = Annotated[bool, Query(description="True: leave what was changed elsewhere as it is, and keep the rest.")]

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_WORKBOOK = {"requestBody": {"required": True, "content": {EXCEL: {"schema": {"type": "string"}}}}}
THE_WORKBOOK: dict[int | str, dict[str, Any]] = {200: {"content": {EXCEL: {}}, "description": "The workbook."}}


class WorkbookTaken(BaseModel):
    """What the workbook changed, or would change: each criterion and finding with its cell."""

    kept: bool
    ratings: Mapping[str, str] = Field(description="Criterion -> the cell that says its rating.")
    findings: Mapping[str, str] = Field(description="Key of a finding -> its cell.")
    risks: tuple[str, ...] = Field(description="Cells of immediate risks.")
    conflicts: list[ConflictShown] = Field(description="What was changed elsewhere and stays as it is there.")


@router.get("/cycles/{cycle}/review/workbook", response_class=Response, response_model=None, responses=THE_WORKBOOK)
def workbook(cycle: CycleId, asks: Rater) -> Response:
    """The asking reviewer's visit as an Excel workbook, with a list to choose ratings from."""
    content = review_workbook(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
    headers = {"Content-Disposition": f'attachment; filename="visit-{cycle}.xlsx"'}
    return Response(content, media_type=EXCEL, headers=headers)


@router.post("/cycles/{cycle}/review/workbook", response_model=WorkbookTaken, openapi_extra=A_WORKBOOK)
async def take(
    cycle: CycleId, request: Request, asks: Rater, preview: Preview = False, rest: Rest = False
) -> WorkbookTaken:
    """Take a workbook back, sent as the body as it is: all of it is kept or nothing, and every fault has its cell."""
    content = await request.body()
    taken = await asyncio.to_thread(
        take_workbook, asks.database, principal=asks.principal, cycle_id=cycle, content=content, name="workbook.xlsx",
        preview=preview, rest=rest, at=asks.at,
    )  # fmt: skip
    return WorkbookTaken(
        kept=not preview, ratings=taken.ratings, findings=taken.findings, risks=taken.risks,
        conflicts=conflicts_shown(taken.conflicts),
    )  # fmt: skip
