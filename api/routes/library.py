"""A team's own library, and what of it is attached to a cycle: uploaded once, used everywhere."""

from typing import Annotated

from fastapi import Header, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from accreditation.actions import attach_from_library as attaching
from accreditation.actions.describe_document import describe_document
from accreditation.actions.keep_document import Document, keep_document
from accreditation.actions.place_evidence import place_evidence
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.rules.library import Described, Version, title_of
from accreditation.rules.permissions import Permission
from accreditation.views import library as view
from accreditation.views import reuse
from accreditation.views.looking import Page
from api.downloads import THE_FILE, answer_file
from api.guard import Asks, guard
from api.inputs.bounds import After, CriterionId, CycleId, EvidenceId, Limit, ReasonSent
from api.inputs.library import (
    DescribedSent,
    DocumentId,
    EffectiveOn,
    Owner,
    PlaceSent,
    ReplacementSent,
    ReviewBy,
    SeveralWantedSent,
    VersionId,
)
from api.routes.evidence import A_FILE, Attached, FileName, Title, announced
from api.routes.making import Done, routes

router = routes("library")

Reader = Annotated[Asks, guard(Permission.LIBRARY_READ)]
Keeper = Annotated[Asks, guard(Permission.LIBRARY_KEEP)]
Attacher = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]
Withdrawer = Annotated[Asks, guard(Permission.EVIDENCE_WITHDRAW)]
Digest = Annotated[
    str | None, Header(alias="Repr-Digest", max_length=1000, description="SHA-256 of the file, as in RFC 9530.")
]


class Kept(BaseModel):
    """The version is in the library; the same bytes are the same version."""

    document: int
    version: int
    number: int
    sha256: str
    size: int


class Said(BaseModel):
    """How often the version was described by now: the `seen_version` of the next description."""

    said_version: int


class AttachedAll(BaseModel):
    """What is attached, one for each document that was sent."""

    evidence: tuple[Attached, ...]


@router.get("/library", response_model=Page[view.DocumentShown])
def library(asks: Reader, after: After = 0, limit: Limit = 100) -> Page[view.DocumentShown]:
    """What does one's own team keep in its library?"""
    return view.library_of(asks.database, principal=asks.principal, after=after, limit=limit, at=asks.at)


@router.get("/library/{document}", response_model=view.DocumentShown)
def document(document: DocumentId, asks: Reader) -> view.DocumentShown:
    """One document of one's own team, with its versions and where each is attached."""
    return view.document(asks.database, principal=asks.principal, document_id=document, at=asks.at)


@router.get("/library/{document}/offers", response_model=reuse.DocumentOffers)
def offers_of_document(document: DocumentId, asks: Reader) -> reuse.DocumentOffers:
    """What would this document answer besides, in the team's open cycles, and why?"""
    return reuse.offers_of_document(asks.database, principal=asks.principal, document_id=document, at=asks.at)


@router.get("/cycles/{cycle}/evidence/offers", response_model=reuse.Offers)
def offers(cycle: CycleId, asks: Reader) -> reuse.Offers:
    """What does the team's library have already that would answer criteria of this cycle, and what is out of date?"""
    return reuse.offers_for_cycle(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)


@router.post("/library", response_model=Kept, status_code=201, openapi_extra=A_FILE)
async def keep(
    request: Request, asks: Keeper, file_name: FileName, title: Title = "", owner: Owner = "",
    effective_on: EffectiveOn = None, review_by: ReviewBy = None, repr_digest: Digest = None,
) -> Kept:  # fmt: skip
    """Keep a document, sent as the body as it is, without attaching it to anything yet."""
    described = Described(
        title=title_of(title, file_name), owner=owner.strip(), effective_on=effective_on, review_by=review_by
    )
    return await _keep(request, asks, described, file_name, None, repr_digest)


@router.post("/library/{document}/versions", response_model=Kept, status_code=201, openapi_extra=A_FILE)
async def keep_version(
    document: DocumentId, request: Request, asks: Keeper, file_name: FileName, title: Title = "", owner: Owner = "",
    effective_on: EffectiveOn = None, review_by: ReviewBy = None, repr_digest: Digest = None,
) -> Kept:  # fmt: skip
    """Keep a new version of a document. What is attached somewhere stays the version that it is."""
    described = Described(
        title=title_of(title, file_name), owner=owner.strip(), effective_on=effective_on, review_by=review_by
    )
    return await _keep(request, asks, described, file_name, document, repr_digest)


@router.put("/library/versions/{version}", response_model=Said)
def describe(version: VersionId, sent: DescribedSent, asks: Keeper) -> Said:
    """Say what a version is: its title, its owner, since when it holds and when it is to be looked at again."""
    said = describe_document(
        asks.database, principal=asks.principal, version_id=version, described=sent.described(),
        seen_version=sent.seen_version, at=asks.at,
    )  # fmt: skip
    return Said(said_version=said)


@router.get(
    "/library/versions/{version}/content", response_class=StreamingResponse, response_model=None, responses=THE_FILE
)
def content(version: VersionId, asks: Reader, request: Request) -> Response:
    """A version of one's own team's library as an attachment, or the part of it that `Range` asks for."""
    found = view.kept_version(asks.database, principal=asks.principal, version_id=version)
    return answer_file(
        request, asks, found.digest, file_name=found.file_name, media_type=found.media_type, size=found.size
    )


@router.head("/library/versions/{version}/content", response_class=Response)
def about_content(version: VersionId, asks: Reader, request: Request) -> Response:
    """How large is the version, and which bytes are it?"""
    return content(version, asks, request)


@router.post("/cycles/{cycle}/evidence/from-library", response_model=AttachedAll, status_code=201)
def attach_from_library(cycle: CycleId, sent: SeveralWantedSent, asks: Attacher) -> AttachedAll:
    """Attach what the library has already, to the criteria that are named: all of it or none."""
    wanted = [one.wanted() for one in sent.documents]
    found = attaching.attach_from_library(
        asks.database, principal=asks.principal, cycle_id=cycle, wanted=wanted, at=asks.at
    )
    return AttachedAll(evidence=tuple(Attached(id=one.id or 0, sha256=one.digest, size=one.size) for one in found))


@router.post("/cycles/{cycle}/evidence/{evidence}/replacement", response_model=Attached, status_code=201)
def replace(cycle: CycleId, evidence: EvidenceId, sent: ReplacementSent, asks: Withdrawer) -> Attached:
    """Put another version in the place of a file, as long as the team may attach."""
    found = attaching.replace_evidence(
        asks.database, principal=asks.principal, cycle_id=cycle, evidence_id=evidence, wanted=sent.wanted(),
        reason=sent.reason, at=asks.at,
    )  # fmt: skip
    return Attached(id=found.id or 0, sha256=found.digest, size=found.size)


@router.post("/cycles/{cycle}/evidence/{evidence}/withdrawal", response_model=Done)
def withdraw(cycle: CycleId, evidence: EvidenceId, sent: ReasonSent, asks: Withdrawer) -> Done:
    """Take a file back from the cycle, with a reason, as long as the team may attach. The document stays."""
    withdraw_evidence(
        asks.database, principal=asks.principal, cycle_id=cycle, evidence_id=evidence, reason=sent.reason, at=asks.at
    )
    return Done()


@router.put("/cycles/{cycle}/evidence/{evidence}/places/{criterion}", response_model=Done)
def place(cycle: CycleId, evidence: EvidenceId, criterion: CriterionId, sent: PlaceSent, asks: Attacher) -> Done:
    """Say on which page or in which section of a file a criterion is answered."""
    place_evidence(
        asks.database, principal=asks.principal, cycle_id=cycle, evidence_id=evidence, criterion=criterion,
        place=sent.place, at=asks.at,
    )  # fmt: skip
    return Done()


async def _keep(
    request: Request, asks: Asks, described: Described, file_name: str, item: int | None, repr_digest: str | None
) -> Kept:
    length, digest = announced(request, repr_digest)
    wanted = Document(
        file_name=file_name, described=described, item=item, announced_length=length, announced_digest=digest
    )
    kept: Version = await keep_document(
        asks.database, asks.evidence, principal=asks.principal, document=wanted, chunks=request.stream(), at=asks.at
    )
    return Kept(document=kept.item, version=kept.id, number=kept.number, sha256=kept.digest, size=kept.size)
