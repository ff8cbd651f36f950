"""What may be said of the files of a form: its fields, as what they say of each file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from accreditation.actions.attach_evidence import Upload
from accreditation.errors import Fault, Invalid
from api.forms import LIES_OPEN, FormFile
from api.inputs.about_files import ABOUT_A_FILE, upload_said


def form_file(file: FormFile) -> Upload:
    """This file of a form, with what its fields say. Raises Invalid naming everything that cannot be read."""
    faults = [
        Fault(where=f"field {key[:80]}", found=found, allowed=allowed)
        for key, texts in file.said.items()
        for found, allowed in _faults_of_field(key, texts)
    ]
    if file.encoding not in LIES_OPEN:
        faults.append(Fault(where="file", found="it is encoded", allowed="send its bytes as they are"))
    said = {key: _JOINED.get(key, "").join(texts) for key, texts in file.said.items()}
    try:
        upload = upload_said(said, file_name=file.file_name, length=None, called="field")
    except Invalid as wrong:
        raise Invalid([*faults, *wrong.faults]) from wrong
    if faults:
        raise Invalid(faults)
    if "places" in file.said_anew:
        return upload
    # Places that were said of a file before hold where this one answers their criteria, and speak of nothing else.
    return replace(upload, places={name: at for name, at in upload.places.items() if name in upload.criteria})


_JOINED = {"criteria": ",", "places": "\n"}
"""Fields that may be said more than once, and what stands between them then."""


def _faults_of_field(key: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    if key not in ABOUT_A_FILE:
        yield "it is not known", f"one of {', '.join(ABOUT_A_FILE)}, before the files that it speaks of"
    if len(texts) > 1 and key not in _JOINED:
        yield "it is said more than once", "say it once"
    if any("\ufffd" in text for text in texts):
        yield "it is not UTF-8", "text in UTF-8"
