"""What may be said of an upload that comes in pieces: what it is to become, and what it is."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from accreditation.actions.keep_document import Document
from accreditation.actions.uploading import ForCycle, ForLibrary, Purpose
from accreditation.errors import Fault, Invalid
from accreditation.rules.library import Described
from api.inputs.about_files import upload_said
from api.inputs.bounds import LARGEST_ID, Sent


class UploadsSent(Sent):
    """Uploads, by the names that end their addresses."""

    uploads: tuple[Annotated[str, Field(pattern="^[0-9a-f]{32}$")], ...] = Field(min_length=1, max_length=250)


def purpose_of(said: Mapping[str, str], length: int) -> Purpose:
    """What a file of so many bytes is to become, of which the metadata says this. Raises Invalid naming every fault."""
    cycle, team, item = (_number(said, key) for key in ("cycle", "team", "document"))
    faults = [one for one in (cycle, team, item) if isinstance(one, Fault)]
    if not said.get("filename", "").strip():
        faults.insert(0, _nothing("filename", "the file's name"))
    if cycle is None and team is None:
        faults.append(_nothing("cycle", "the cycle's number; or as 'team' your team's, to keep it in the library"))
    if cycle is not None and team is not None:
        faults.append(Fault(where="Upload-Metadata team", found="a cycle too", allowed="one of the two"))
    if faults:
        raise Invalid(faults)
    upload = upload_said(said, file_name=said["filename"], length=length, called="Upload-Metadata")
    if isinstance(cycle, int):
        return ForCycle(cycle=cycle, file=upload)
    described = Described(
        title=upload.title.strip(), owner=upload.owner.strip(), effective_on=upload.effective_on,
        review_by=upload.review_by,
    )  # fmt: skip
    document = Document(
        file_name=upload.file_name, described=described, item=item if isinstance(item, int) else None,
        announced_length=length, announced_digest=upload.announced_digest,
    )  # fmt: skip
    return ForLibrary(team=team if isinstance(team, int) else 0, file=document)


def _number(said: Mapping[str, str], key: str) -> int | Fault | None:
    """The number that is said under this key; None where none is, a fault where it can be none."""
    text = said.get(key, "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) <= LARGEST_ID:
        return int(text)
    return Fault(where=f"Upload-Metadata {key}", found=f"no number of a {key}", allowed=f"the {key}'s number")


def _nothing(key: str, allowed: str) -> Fault:
    return Fault(where=f"Upload-Metadata {key}", found="nothing", allowed=allowed)
