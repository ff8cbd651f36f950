"""Resumable uploads by the tus protocol: a file arrives in pieces, and with its last byte is evidence or a document."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from fastapi import Header, Path, Request, Response
from pydantic import BaseModel, Field

from accreditation.actions.drop_uploads import UploadsOfTeam, drop_upload, drop_uploads, uploads_of_teams
from accreditation.actions.resume_upload import add_to_upload, begin_upload, look_at_upload, unfinished_uploads
from accreditation.actions.uploading import Coming, ForCycle
from accreditation.errors import Fault, Invalid
from accreditation.rules.permissions import Permission
from api import tus
from api.guard import Asks, guard
from api.inputs.bounds import After, Limit
from api.inputs.uploads import UploadsSent, purpose_of
from api.problems import problem
from api.routes.making import routes

router = routes("uploads")

Attacher = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]
Deleter = Annotated[Asks, guard(Permission.EVIDENCE_DELETE)]
UploadName = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The upload's name, as its address says it.")]
Metadata = Annotated[
    str | None,
    Header(
        alias="Upload-Metadata",
        description="Pairs of a key and base64: filename, cycle, criteria (1.01,1.02), places; or filename, team, "
        "document; title, owner, effective_on, review_by, sha256.",
    ),
]
Said = Annotated[str | None, Header(alias="Tus-Resumable", description="1.0.0")]
A_PIECE = {"requestBody": {"content": {tus.PIECE: {"schema": {"type": "string", "format": "binary"}}}}}


class UnfinishedShown(BaseModel):
    """An upload that is not finished: what was said of it, and how many of its bytes are kept."""

    address: str = Field(description="Where it goes on.", examples=["/api/uploads/0123456789abcdef0123456789abcdef"])
    offset: int
    length: int
    sha256: str | None = Field(description="The SHA-256 that was announced of the whole file.")
    file_name: str
    title: str
    cycle: int | None = Field(description="The cycle that it is to be evidence of; null where it is for the library.")
    criteria: tuple[str, ...]
    places: Mapping[str, str]
    document: int | None = Field(description="The document in the library that it is to be a version of.")
    owner: str
    effective_on: date | None
    review_by: date | None
    begun_at: datetime
    expires_at: datetime


class Unfinished(BaseModel):
    """Everything that the asker began and did not finish, the oldest first."""

    uploads: tuple[UnfinishedShown, ...]


class UnfinishedOfTeams(BaseModel):
    """What teams began on this machine and did not finish."""

    items: tuple[UploadsOfTeam, ...]
    next_after: int | None = Field(description="Ask again with after=this for the next part; null at the end.")


class Dropped(BaseModel):
    """They are gone, with the bytes that came."""

    dropped: tuple[str, ...] = Field(description="Those that were there.")


@router.get("/evidence/unfinished", response_model=UnfinishedOfTeams)
def of_teams(asks: Deleter, after: After = 0, limit: Limit = 100) -> UnfinishedOfTeams:
    """Which teams began uploads that are not finished, and for which of them is room kept?"""
    found = uploads_of_teams(
        asks.database, asks.evidence, principal=asks.principal, after=after, limit=limit, at=asks.at
    )  # fmt: skip
    return UnfinishedOfTeams(items=tuple(found), next_after=found[-1].team if len(found) == limit else None)


@router.post("/evidence/unfinished/drop", response_model=Dropped)
def drop_of_teams(sent: UploadsSent, asks: Deleter) -> Dropped:
    """Drop uploads of whatever team; whoever began them sends the files again."""
    gone = drop_uploads(asks.database, asks.evidence, principal=asks.principal, uploads=sent.uploads, at=asks.at)
    return Dropped(dropped=tuple(gone))


@router.get("/uploads", response_model=Unfinished)
def unfinished(request: Request, asks: Attacher) -> Unfinished:
    """What did I begin to upload that is not finished, and how far is it? Nobody else sees it."""
    found = unfinished_uploads(asks.evidence, principal=asks.principal, at=asks.at)
    return Unfinished(uploads=tuple(_unfinished(one, request.url.path) for one in found))


@router.options("/uploads", status_code=204, response_class=Response)
def abilities(request: Request) -> Response:
    """What this server can do."""
    limit = request.app.state.house.settings.evidence_limit
    return Response(status_code=204, headers=tus.described(limit=limit))


@router.post("/uploads", status_code=201, response_class=Response, openapi_extra=A_PIECE)
async def begin(request: Request, asks: Attacher, version: Said = None, upload_metadata: Metadata = None) -> Response:
    """Begin an upload; its address is in `Location`. A first piece may come with it."""
    if version != tus.VERSION:
        return _another_version(request)
    headers = request.headers
    length = tus.number(headers.get("upload-length"), where="Upload-Length")
    purpose = purpose_of(tus.metadata(upload_metadata), length)
    arrival = await begin_upload(
        asks.database, asks.evidence, principal=asks.principal, purpose=purpose, at=asks.at
    )  # fmt: skip
    told = {"Location": f"{request.url.path}/{arrival.name}", "Upload-Expires": tus.expires(arrival.expires_at)}
    if headers.get("content-type") != tus.PIECE:
        return Response(status_code=201, headers=told)
    coming = await add_to_upload(
        asks.database, asks.evidence, principal=asks.principal, name=arrival.name, offset=0, chunks=request.stream(),
        checksum=tus.checksum(headers.get("upload-checksum")), at=asks.at,
    )  # fmt: skip
    return Response(status_code=201, headers={**told, **_so_far(coming)})


@router.head("/uploads/{upload}", status_code=200, response_class=Response)
async def far(upload: UploadName, request: Request, asks: Attacher, version: Said = None) -> Response:
    """How far is this upload? `Upload-Offset` says how many bytes are kept."""
    if version != tus.VERSION:
        return _another_version(request)
    coming = await look_at_upload(asks.database, asks.evidence, principal=asks.principal, name=upload, at=asks.at)
    return Response(status_code=200, headers={**_so_far(coming), "Upload-Length": str(coming.arrival.length)})


@router.patch("/uploads/{upload}", status_code=204, response_class=Response, openapi_extra=A_PIECE)
async def add(upload: UploadName, request: Request, asks: Attacher, version: Said = None) -> Response:
    """Send the bytes that begin at `Upload-Offset`. Cut off half-way, what came is kept: ask how far it is, go on."""
    return await _add(upload, request, asks, version)


@router.delete("/uploads/{upload}", status_code=204, response_class=Response)
def drop(upload: UploadName, request: Request, asks: Attacher, version: Said = None) -> Response:
    """Forget this upload; what it became stays."""
    if version != tus.VERSION:
        return _another_version(request)
    drop_upload(asks.database, asks.evidence, principal=asks.principal, name=upload, at=asks.at)
    return Response(status_code=204)


@router.post("/uploads/{upload}", status_code=204, response_class=Response, openapi_extra=A_PIECE)
async def in_place_of_patch(
    upload: UploadName, request: Request, asks: Attacher, version: Said = None,
    method: Annotated[str, Header(alias="X-HTTP-Method-Override")] = "",
) -> Response:  # fmt: skip
    """PATCH or DELETE, for senders whose network lets neither through: `X-HTTP-Method-Override` says which."""
    match method.upper():
        case "PATCH":
            return await _add(upload, request, asks, version)
        case "DELETE":
            return drop(upload, request, asks, version)
    found = f"'{method[:20]}'" if method else "nothing"
    raise Invalid([Fault(where="header X-HTTP-Method-Override", found=found, allowed="PATCH or DELETE")])


async def _add(upload: str, request: Request, asks: Asks, version: str | None) -> Response:
    if version != tus.VERSION:
        return _another_version(request)
    headers = request.headers
    if headers.get("content-type") != tus.PIECE:
        title, detail = "This is no piece of an upload", f"Send the bytes with the content type {tus.PIECE}."
        return problem(request, 415, "not-a-piece", title, detail)
    coming = await add_to_upload(
        asks.database, asks.evidence, principal=asks.principal, name=upload, chunks=request.stream(), at=asks.at,
        offset=tus.number(headers.get("upload-offset"), where="Upload-Offset"),
        checksum=tus.checksum(headers.get("upload-checksum")),
    )  # fmt: skip
    return Response(status_code=204, headers=_so_far(coming))


def _so_far(coming: Coming) -> Mapping[str, str]:
    """`Evidence`, or `Document` and `Version`, name what the upload became: of this engine, not of the protocol."""
    became = {name.capitalize(): str(number) for name, number in coming.became.items()}
    expires = tus.expires(coming.arrival.expires_at)
    return {"Upload-Offset": str(coming.arrival.offset), "Upload-Expires": expires, **became}


def _unfinished(coming: Coming, path: str) -> UnfinishedShown:
    arrival, purpose, file = coming.arrival, coming.purpose, coming.purpose.file
    shared = {
        "address": f"{path}/{arrival.name}", "offset": arrival.offset, "length": arrival.length,
        "sha256": file.announced_digest, "file_name": file.file_name, "begun_at": arrival.begun_at,
        "expires_at": arrival.expires_at,
    }  # fmt: skip
    if isinstance(purpose, ForCycle):
        upload = purpose.file
        return UnfinishedShown(
            **shared, cycle=purpose.cycle, document=None, title=upload.title, criteria=tuple(upload.criteria),
            places=upload.places, owner=upload.owner, effective_on=upload.effective_on, review_by=upload.review_by,
        )  # fmt: skip
    document, described = purpose.file, purpose.file.described
    return UnfinishedShown(
        **shared, cycle=None, document=document.item, title=described.title, criteria=(), places={},
        owner=described.owner, effective_on=described.effective_on, review_by=described.review_by,
    )  # fmt: skip


def _another_version(request: Request) -> Response:
    title, detail = "Another version of the protocol", f"Say 'Tus-Resumable: {tus.VERSION}'; no other is spoken here."
    return problem(request, 412, "tus-version", title, detail, {"Tus-Version": tus.VERSION})
