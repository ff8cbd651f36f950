"""What a page's form says of the files that it sends: the same for each of them, but for the title."""

from collections.abc import Mapping, Sequence
from datetime import date

from accreditation.actions.attach_evidence import Upload
from accreditation.actions.keep_document import Document
from accreditation.errors import Fault, Invalid
from accreditation.rules.library import Described
from api.forms import LIES_OPEN, FormFile
from api.inputs.typed_days import PARTS, typed_day

Said = Mapping[str, Sequence[str]]
"""Field -> everything that it says, as often as it was sent."""

DAYS = ("effective_on", "review_by")

LINES = ("title", "place", "owner", *(f"{name}-{part}" for name in DAYS for part in PARTS))
"""Fields that are said once."""

MOST_CRITERIA = 200


def typed_in(said: Said) -> dict[str, str]:
    """What was typed into each line of the form; empty where nothing was."""
    return {name: (said.get(name) or ("",))[-1] for name in LINES}


def upload_of(file: FormFile) -> Upload:
    """This file, for a cycle, with what the form says of it. Raises Invalid."""
    _check_open(file)
    return upload_as_said(file.said, file_name=file.file_name)


def upload_as_said(said: Said, *, file_name: str, length: int | None = None) -> Upload:
    """The file of this name, for a cycle, as the form says it; `length` where that is announced. Raises Invalid."""
    described = described_of(said, otherwise=file_name)
    criteria = tuple(dict.fromkeys(one for one in said.get("criteria", ()) if one))
    if len(criteria) > MOST_CRITERIA:
        raise Invalid([Fault(where="criteria", found=f"{len(criteria)} of them", allowed=f"at most {MOST_CRITERIA}")])
    place = typed_in(said)["place"].strip()
    return Upload(
        title=described.title, file_name=file_name, criteria=criteria, owner=described.owner,
        effective_on=described.effective_on, review_by=described.review_by,
        places=dict.fromkeys(criteria, place) if place else {}, announced_length=length,
    )  # fmt: skip


def document_of(file: FormFile, *, item: int | None) -> Document:
    """This file, for a library: a version of `item`, or a new document. Raises Invalid."""
    _check_open(file)
    return document_as_said(file.said, file_name=file.file_name, item=item)


def document_as_said(said: Said, *, file_name: str, item: int | None = None, length: int | None = None) -> Document:
    """The file of this name, for a library, as the form says it; `length` where that is announced. Raises Invalid."""
    return Document(
        file_name=file_name, described=described_of(said, otherwise=file_name), item=item, announced_length=length
    )


def described_of(said: Said, *, otherwise: str = "") -> Described:
    """What the form says of a document, which is called `otherwise` where nothing is said. Raises Invalid."""
    typed = typed_in(said)
    days: dict[str, date | None] = {}
    faults = []
    for name in DAYS:
        found = typed_day(typed, name)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            days[name] = found
    if faults:
        raise Invalid(faults)
    return Described(title=typed["title"].strip() or otherwise, owner=typed["owner"].strip(), **days)


def said_of(file: Upload | Document) -> Said:
    """What was said of this file, as a form says it; no title where it is called by its name."""
    described = file.described if isinstance(file, Document) else file
    said = {"title": [described.title] if described.title != file.file_name else [], "owner": [described.owner]}
    for name in DAYS:
        day: date | None = getattr(described, name)
        if day is not None:
            said |= {f"{name}-{part}": [str(getattr(day, part))] for part in PARTS}
    if isinstance(file, Upload):
        said |= {"criteria": [*file.criteria], "place": [*file.places.values()][:1]}
    return said


def _check_open(file: FormFile) -> None:
    if file.encoding not in LIES_OPEN:
        raise Invalid([Fault(where="file", found="it is encoded", allowed="send it by the page's own form")])
