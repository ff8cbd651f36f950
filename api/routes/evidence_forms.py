"""Evidence as a form: one or many files in one request, for senders that know nothing but forms."""

import asyncio
from typing import Annotated, Any

from fastapi import Request, Response
from pydantic import BaseModel, Field

from accreditation.actions.attach_evidence import attach_evidence, check_attaching
from accreditation.errors import AccreditationError, Fault, Invalid, Refused, Unavailable
from accreditation.rules.named import LONGEST_NAME
from accreditation.rules.permissions import Permission
from api.forms import FormFile, boundary_of, files_of
from api.guard import Asks, guard
from api.inputs.bounds import CycleId
from api.inputs.forms import form_file
from api.problem_shapes import Problem
from api.problems import answer_with, problem_shown
from api.repeating import untold
from api.routes.evidence import Attached
from api.routes.making import routes

router = routes("evidence")

Attacher = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]

_TEXT = {"type": "string"}
A_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "Fields stand before the files that they speak of. `title` and `sha256` speak of the next file "
        "alone; all others of every file that follows, until they are said again.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["criteria", "file"],
                    "properties": {
                        "criteria": {**_TEXT, "description": "1.01,1.02; may be repeated."},
                        "title": {**_TEXT, "description": "What the file is; its name where nothing is said."},
                        "places": {**_TEXT, "description": "1.01=p. 3; a line each, or repeated."},
                        "owner": {**_TEXT, "description": "Who keeps the document up to date: an office, not a name."},
                        "effective_on": {**_TEXT, "format": "date"},
                        "review_by": {**_TEXT, "format": "date"},
                        "sha256": {**_TEXT, "description": "64 hexadecimal digits: other bytes are refused."},
                        "file": {"type": "array", "items": {**_TEXT, "format": "binary"}},
                    },
                }
            }
        },
    }
}


class FileTaken(BaseModel):
    """What became of one file: it is kept, or a problem says why not."""

    file_name: str = Field(
        description="As it was sent, or its beginning; empty for what is wrong between files or behind them."
    )
    kept: Attached | None = None
    problem: Problem | None = Field(default=None, description="As it would be answered were the file sent alone.")


class FilesTaken(BaseModel):
    """What became of each file, in the order in which they were sent."""

    files: list[FileTaken]


SOME: dict[int | str, dict[str, Any]] = {
    207: {"model": FilesTaken, "description": "Some files are kept and some are not: each says its own."}
}


@router.post(
    "/cycles/{cycle}/evidence/files", response_model=FilesTaken, response_model_exclude_none=True, status_code=201,
    openapi_extra=A_FORM, responses=SOME,
)  # fmt: skip
async def attach_files(cycle: CycleId, request: Request, asks: Attacher, response: Response) -> FilesTaken | Response:
    """Attach the files of a form. Each is kept for itself: what is wrong with one stops no other.

    201 where all are kept, 207 where some are. Where none is, the answer is the first one's problem, and `files` has
    them all. Cut off half-way, the files that had arrived whole are kept: send the form again, the same bytes are kept
    once.
    """
    boundary = boundary_of(request.headers.get("content-type"))
    await asyncio.to_thread(check_attaching, asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)
    taken: list[FileTaken] = []
    refused: list[AccreditationError] = []
    try:
        async for file in files_of(request.stream(), boundary=boundary, most=asks.house.settings.evidence_limit):
            try:
                taken.append(FileTaken(file_name=file.file_name, kept=await _attach(cycle, asks, file)))
            except (Refused, Unavailable) as error:
                refused.append(error)
                shown = problem_shown(request, error)
                taken.append(FileTaken(file_name=_named(file.file_name), problem=shown))
    except Refused as broken:
        if not (refused and refused[-1] is broken):  # a form that breaks within a file was told with that file
            refused.append(broken)
            taken.append(FileTaken(file_name="", problem=problem_shown(request, broken)))
    if not taken:
        raise Invalid([Fault(where="body", found="no file", allowed="put at least one file in the form")])
    if taken[0].problem and len(refused) == len(taken):
        return answer_with(taken[0].problem, refused[0], files=[one.model_dump(exclude_none=True) for one in taken])
    response.status_code = 207 if refused else 201
    return FilesTaken(files=taken)


def _named(file_name: str) -> str:
    """The name as it is repeated where the file was refused, perhaps for its name."""
    told = untold(file_name)
    return told if len(told) <= LONGEST_NAME else f"{told[:LONGEST_NAME]}…"


async def _attach(cycle: int, asks: Asks, file: FormFile) -> Attached:
    """Attach this file now: the form may have begun an hour ago."""
    item = await attach_evidence(
        asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle, upload=form_file(file),
        chunks=file.chunks(), at=asks.house.now(),
    )  # fmt: skip
    return Attached(id=item.id or 0, sha256=item.digest, size=item.size)
