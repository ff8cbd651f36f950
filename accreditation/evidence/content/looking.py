"""What is this file, by its bytes, and why may it not come in?"""

from pathlib import Path

from accreditation.evidence.content.door import HEAD, PACKAGES, not_taken, refused_by_name, two_in_one
from accreditation.evidence.content.foreign import OLE, foreign, ole
from accreditation.evidence.content.kinds import Kind, ending_of, said_by
from accreditation.evidence.content.limits import DEFAULT, ContentLimits
from accreditation.evidence.content.office import TYPES, look_into_office
from accreditation.evidence.content.opendocument import MIMETYPE, look_into_opendocument
from accreditation.evidence.content.package import Package, ends_as_package
from accreditation.evidence.content.pictures import look_at_picture, picture_kind
from accreditation.evidence.content.plain import look_at_text
from accreditation.evidence.content.values import Looked, RefusedContent

UNKNOWN = "application/octet-stream"

_TAIL = 66_000


def look(path: Path, *, file_name: str, limits: ContentLimits = DEFAULT) -> Looked:
    """What is the file at `path`, and why may it not come in?

    The kind is judged by the bytes; `file_name` only where it could harm, or tells a person something else than the
    bytes do. Every reason that was found is told, in words a person can act on. Reads within fixed memory.
    """
    size = path.stat().st_size
    if size > limits.most_bytes:
        return _refused(
            f"It has {size:,} bytes, and {limits.most_bytes:,} are accepted here. Divide it, or make it smaller."
        )
    if size == 0:
        return _refused("It is empty. Send the file again.")
    try:
        looked = _by_bytes(path, size=size, file_name=file_name, limits=limits)
    except RefusedContent as refused:
        return _refused(str(refused))
    return _with_name(looked, file_name=file_name, limits=limits)


def _refused(reason: str) -> Looked:
    return Looked(kind=None, media_type=UNKNOWN, refusals=(reason,))


def _by_bytes(path: Path, *, size: int, file_name: str, limits: ContentLimits) -> Looked:
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    if (two := two_in_one(head)) is not None:
        return _refused(two)
    if head.startswith(b"%PDF-"):
        return _pdf(path, limits)
    if head.startswith(PACKAGES):
        return _package(path, size=size, limits=limits)
    if ends_as_package(tail):
        return _refused(
            "It is something else and an archive in one file. Open it, save it under a new name and send that."
        )
    picture = picture_kind(head)
    if picture is not None:
        return _seen(picture, look_at_picture(path, kind=picture, limits=limits))
    reason = ole(_begins(path, limits.inner_bytes)) if head.startswith(OLE) else foreign(head)
    if reason is not None:
        return _refused(reason)
    kind, refusals = look_at_text(path, file_name=file_name)
    return _seen(kind, refusals)


def _begins(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _pdf(path: Path, limits: ContentLimits) -> Looked:
    from accreditation.evidence.content.pdf import look_at_pdf  # noqa: PLC0415 - PDFium is loaded where there is a PDF

    return _seen(Kind.PDF, look_at_pdf(path, limits=limits))


def _package(path: Path, *, size: int, limits: ContentLimits) -> Looked:
    with path.open("rb") as file:
        package = Package(file, size=size, limits=limits)
        names = package.names
        if TYPES in names:
            office = look_into_office(package, limits=limits)
            return _seen(office.kind, list(office.refusals))
        if names and names[0] == MIMETYPE:
            opened = look_into_opendocument(package, limits=limits)
            return _seen(opened.kind, list(opened.refusals))
        return _refused(_archive(names))


def _archive(names: list[str]) -> str:
    """What to say of a ZIP that is no document."""
    lower = [name.lower() for name in names]
    if "meta-inf/manifest.mf" in lower or "androidmanifest.xml" in lower:
        return "It is a program (Java or Android), whatever its name says. Evidence is documents, tables and pictures."
    if any(name.endswith(".iwa") for name in lower):
        return "It is a document of Pages, Numbers or Keynote. Export it as a PDF, or for Office, and send that."
    return "It is an archive (ZIP). Unpack it and send the files in it, each by itself."


def _seen(kind: Kind | None, refusals: list[str]) -> Looked:
    media_type = UNKNOWN if kind is None else kind.media_type
    return Looked(kind=kind, media_type=media_type, refusals=tuple(refusals))


def _with_name(looked: Looked, *, file_name: str, limits: ContentLimits) -> Looked:
    """The same, with what the name adds: an ending that would be run, and one that says another kind."""
    refusals, notes = list(looked.refusals), list(looked.notes)
    ending = ending_of(file_name)
    kind = looked.kind
    if kind is not None and (other := not_taken(kind, limits.kinds)) is not None:
        refusals.append(other)
    if (named := refused_by_name(file_name)) is not None:
        refusals.append(named)
    elif kind is not None and not refusals and ending and said_by(file_name) is not kind and ending not in kind.endings:
        notes.append(f"Its name ends in .{ending}, and it is {kind.words}: it is kept as what it is.")
    return Looked(kind=kind, media_type=looked.media_type, refusals=tuple(refusals), notes=tuple(notes))
