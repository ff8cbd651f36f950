"""Resumable uploads by the tus protocol: a file arrives in pieces, and becomes evidence with its last byte."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Header, Path, Request, Response

from accreditation.actions.attach_evidence import Upload
from accreditation.actions.resume_upload import Coming, add_to_upload, begin_upload, drop_upload, look_at_upload
from accreditation.errors import Fault, Invalid
from accreditation.rules.permissions import Permission
from api import tus
from api.guard import Asks, guard
from api.inputs.bounds import LARGEST_ID
from api.problems import problem
from api.routes.making import routes

router = routes("uploads")

Attacher = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]
UploadName = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The upload's name, as its address says it.")]
Metadata = Annotated[
    str | None,
    Header(
        alias="Upload-Metadata",
        description="Pairs of a key and base64: filename, cycle, criteria (1.01,1.02); title, places, owner, "
        "effective_on, review_by, sha256.",
    ),
]
Said = Annotated[str | None, Header(alias="Tus-Resumable", description="1.0.0")]
A_PIECE = {"requestBody": {"content": {tus.PIECE: {"schema": {"type": "string", "format": "binary"}}}}}


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
    cycle, upload = _meant(tus.metadata(upload_metadata), length)
    arrival = await begin_upload(
        asks.database, asks.evidence, principal=asks.principal, cycle_id=cycle, upload=upload, at=asks.at
    )
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
    """Forget this upload; what became evidence stays."""
    if version != tus.VERSION:
        return _another_version(request)
    drop_upload(asks.evidence, principal=asks.principal, name=upload)
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
    """`Evidence` names the item that the upload became: of this engine, not of the protocol."""
    became = {} if coming.evidence is None else {"Evidence": str(coming.evidence)}
    expires = tus.expires(coming.arrival.expires_at)
    return {"Upload-Offset": str(coming.arrival.offset), "Upload-Expires": expires, **became}


def _another_version(request: Request) -> Response:
    title, detail = "Another version of the protocol", f"Say 'Tus-Resumable: {tus.VERSION}'; no other is spoken here."
    return problem(request, 412, "tus-version", title, detail, {"Tus-Version": tus.VERSION})


def _meant(said: Mapping[str, str], length: int) -> tuple[int, Upload]:
    """The cycle, and the file that is to come. Raises Invalid naming what is missing."""
    faults = [
        Fault(where=f"Upload-Metadata {key}", found="nothing", allowed=allowed)
        for key, allowed in (("filename", "the file's name"), ("cycle", "the cycle's number"))
        if not said.get(key, "").strip()
    ]
    cycle = said.get("cycle", "").strip()
    if cycle and not (cycle.isascii() and cycle.isdigit() and len(cycle) <= 10 and 1 <= int(cycle) <= LARGEST_ID):
        faults.append(Fault(where="Upload-Metadata cycle", found="no number of a cycle", allowed="the cycle's number"))
    if faults:
        raise Invalid(faults)
    upload = Upload(
        title=said.get("title") or said["filename"], file_name=said["filename"], criteria=tus.criteria(said),
        places=tus.places(said), owner=said.get("owner", ""), effective_on=tus.day(said, "effective_on"),
        review_by=tus.day(said, "review_by"), announced_length=length,
        announced_digest=said.get("sha256", "").strip() or None,
    )  # fmt: skip
    return int(cycle), upload
