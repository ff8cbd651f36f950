"""Evidence: up as a stream, down as an attachment that no browser runs."""

import base64
import binascii
import re
from typing import Annotated

from fastapi import Header, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from accreditation.actions.attach_evidence import Upload, attach_evidence
from accreditation.errors import Fault, Invalid
from accreditation.rules.library import title_of
from accreditation.rules.permissions import Permission
from accreditation.views import evidence as view
from api.downloads import THE_FILE, answer_file
from api.guard import Asks, guard
from api.inputs.bounds import CriterionGiven, CycleId, EvidenceId
from api.inputs.library import EffectiveOn, Owner, PlaceGiven, ReviewBy, places
from api.routes.making import routes

router = routes("evidence")

Reader = Annotated[Asks, guard(Permission.EVIDENCE_READ)]
Attacher = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]
Title = Annotated[str, Query(max_length=1000, description="What the file is; its name where nothing is said.")]
FileName = Annotated[str, Query(max_length=1000, description="The file's name where it comes from.")]
Criteria = Annotated[
    list[CriterionGiven], Query(max_length=200, description="A criterion it answers; may be repeated.")
]
Announced = Annotated[
    str | None, Header(alias="Repr-Digest", max_length=1000, description="SHA-256 of the file, as in RFC 9530.")
]

FORMS = "forms go to POST /api/cycles/{cycle}/evidence/files"
A_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}


class Attached(BaseModel):
    """The file is kept whole."""

    id: int
    sha256: str
    size: int


@router.post("/cycles/{cycle}/evidence", response_model=Attached, status_code=201, openapi_extra=A_FILE)
async def attach(
    cycle: CycleId, request: Request, asks: Attacher, file_name: FileName, criterion: Criteria, title: Title = "",
    place: PlaceGiven = (), owner: Owner = "", effective_on: EffectiveOn = None, review_by: ReviewBy = None,
    repr_digest: Announced = None,
) -> Attached:  # fmt: skip
    """Attach a file, sent as the body as it is. Cut off half-way, nothing of it is kept: send it again."""
    length, digest = announced(request, repr_digest)
    upload = Upload(
        title=title_of(title, file_name), file_name=file_name, criteria=criterion, places=places(place), owner=owner,
        effective_on=effective_on, review_by=review_by, announced_digest=digest, announced_length=length,
    )  # fmt: skip
    item = await attach_evidence(
        asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle, upload=upload,
        chunks=request.stream(), at=asks.at,
    )  # fmt: skip
    return Attached(id=item.id or 0, sha256=item.digest, size=item.size)


@router.get("/cycles/{cycle}/evidence", response_model=view.EvidenceList)
def evidence_of(cycle: CycleId, asks: Reader) -> view.EvidenceList:
    """Which files are attached to this cycle, and to which criteria?"""
    return view.evidence_of(asks.database, principal=asks.principal, cycle_id=cycle, today=asks.at.date())


@router.get("/evidence/{evidence}/content", response_class=StreamingResponse, response_model=None, responses=THE_FILE)
def content(evidence: EvidenceId, asks: Reader, request: Request) -> Response:
    """The file as an attachment, or the part of it that `Range` asks for."""
    item = view.evidence_item(asks.database, principal=asks.principal, evidence_id=evidence)
    return answer_file(request, asks, item.sha256, file_name=item.file_name, media_type=item.media_type, size=item.size)


@router.head("/evidence/{evidence}/content", response_class=Response)
def about_content(evidence: EvidenceId, asks: Reader, request: Request) -> Response:
    """How large is the file, and which one is it?"""
    return content(evidence, asks, request)


def announced(request: Request, repr_digest: str | None) -> tuple[int | None, str | None]:
    """The length and the SHA-256 that are announced of the file in the body. Raises Invalid where a form is sent."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        found = "a form with the file in it"
        allowed = f"send the file itself as the body: curl --data-binary @file; {FORMS}"
        raise Invalid([Fault(where="body", found=found, allowed=allowed)])
    length = request.headers.get("content-length", "")
    return int(length) if length.isdigit() else None, _sha256(repr_digest)


def _sha256(header: str | None) -> str | None:
    """The SHA-256 that is announced, in hexadecimal. Raises Invalid where the header cannot be read."""
    found = re.search(r"(?:^|,)\s*sha-256=:([^:]*):", header or "")
    if found is None and (header is None or "sha-256=" not in header):
        return None  # another digest may be announced; we check this one
    try:
        digest = base64.b64decode(found.group(1), validate=True) if found else b""
    except binascii.Error:
        digest = b""
    if len(digest) != 32:
        allowed = "write sha-256=:, the 32 bytes in base64, and : again"
        raise Invalid([Fault(where="header Repr-Digest", found="no SHA-256", allowed=allowed)])
    return digest.hex()
