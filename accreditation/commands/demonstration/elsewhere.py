"""What the first team's documents are worth in another scheme, and what that scheme does not take."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass

from accreditation.actions.attach_evidence import Upload, attach_evidence
from accreditation.actions.check_evidence import check_evidence
from accreditation.actions.enrol import enrol
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.commands.office import OFFICE
from accreditation.records import cycles, jobs
from accreditation.rules.people import Principal, Role
from accreditation.scheme.model import Scheme
from accreditation.views.evidence import evidence_of
from accreditation.views.reuse import offers_for_cycle
from accreditation.wiring import House

OTHER = "jag"
"""The scheme that the team is enrolled in besides: its folder lies beside that of the demonstration's scheme."""

KIND = "application/vnd.oasis.opendocument.text"
TEXT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    "<office:body><office:text/></office:body></office:document-content>"
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was said: of what the team has already, and of a file that is not taken. Empty where nothing was."""

    offered: str
    refused: str


def elsewhere(house: House, scheme: Scheme) -> Elsewhere:
    """Enrol the first cycle's team in this scheme too: what does its library answer there, and what is not taken?"""
    at = house.now()
    with house.database.reading() as session:
        team = cycles.several(session, ids=[1])[0].cycle.team_id
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme, at=at)
    round_id = open_round(house.database, principal=OFFICE, digest=digest, name="Another scheme", at=at)
    profile = dict.fromkeys(scheme.profile, False)
    cycle = enrol(house.database, principal=OFFICE, team_id=team, round_id=round_id, profile=profile, at=at)
    lead = Principal(name="demonstration lead", role=Role.TEAM_LEAD, team=team)
    return Elsewhere(_offered(house, lead, cycle), _refused(house, lead, cycle, scheme))


def _offered(house: House, lead: Principal, cycle: int) -> str:
    found = offers_for_cycle(house.database, principal=lead, cycle_id=cycle, at=house.now()).documents
    whole = [(one, to) for one in found for to in one.offered if to.how_much == "whole"]
    return "; ".join(f"'{one.title}' would also answer {to.criterion} ({', '.join(to.because)})" for one, to in whole)


def _refused(house: House, lead: Principal, cycle: int, scheme: Scheme) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield _document()

    about = next(one.id for one in scheme.applicable(dict.fromkeys(scheme.profile, False)) if one.evidence)
    upload = Upload(title="Plan of the rooms", file_name="plan.odt", criteria=[about])
    kept = attach_evidence(
        house.database, house.evidence, principal=lead, cycle_id=cycle, upload=upload, chunks=chunks(), at=house.now()
    )
    asyncio.run(kept)
    with house.database.reading() as session:
        due = [one.id for one in jobs.waiting(session, held=False) if one.kind == jobs.Kind.EVIDENCE and one.id]
    for job in due:
        check_evidence(house.database, house.evidence, examine=house.examine, job_id=job, at=house.now())
    (shown,) = evidence_of(house.database, principal=lead, cycle_id=cycle).evidence
    return shown.clearance.said[-1].reason if shown.clearance.state == "refused" else ""


def _document() -> bytes:
    """An empty OpenDocument text: a kind that the engine knows, that scheme does not take, and no first byte shows."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as package:
        for name, part in (("mimetype", KIND), ("content.xml", TEXT), ("META-INF/manifest.xml", MANIFEST)):
            package.writestr(name, part)
    return body.getvalue()
