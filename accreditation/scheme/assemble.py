"""Puts the files of one folder together: scheme.yaml with the criteria of every domain in their places."""

from typing import Any

from accreditation.scheme.document import Document, Path, Place
from accreditation.scheme.source import Files, read_document

SCHEME_FILE = "scheme.yaml"
CRITERIA = "criteria/"


def assemble(files: Files, name: str) -> Document:
    """What do scheme.yaml and the criteria files say together? Faults of form are in the document."""
    if SCHEME_FILE not in files:
        whole = Document(file=f"{name}{SCHEME_FILE}", spoiled={()})
        whole.faults.append(whole.top.fault(found="there is no such file", allowed="a scheme has a scheme.yaml"))
        return whole
    whole = read_document(file=f"{name}{SCHEME_FILE}", content=files[SCHEME_FILE])
    domains = whole.data.get("domains") if isinstance(whole.data, dict) else None
    named: set[str] = set()
    for position, domain in enumerate(domains if isinstance(domains, list) else ()):
        if isinstance(domain, dict):
            _take_in(whole, domain, ("domains", position), files, name, named)
    if whole.data is not None:
        for file in sorted(file for file in files if file.startswith(CRITERIA) and file not in named):
            place = Place(file=f"{name}{file}", line=1, column=1)
            allowed = f"name it in {SCHEME_FILE} under domains, or delete it"
            whole.faults.append(place.fault(found="no domain names this file", allowed=allowed))
    return whole


def _take_in(whole: Document, domain: dict[str, Any], at: Path, files: Files, name: str, named: set[str]) -> None:
    """Put the criteria of a domain's file into the domain."""
    if domain.pop("criteria", None) is not None:
        place = whole.nearest((*at, "criteria"))
        whole.faults.append(place.fault(found="criteria in a domain", allowed="name their file, with file:"))
    file = domain.get("file")
    if not isinstance(file, str):
        return
    place = whole.nearest((*at, "file"))
    into = (*at, "criteria")
    if file in named:
        whole.faults.append(place.fault(found=f"{file} belongs to a domain above", allowed="a file for every domain"))
    elif not file.startswith(CRITERIA):
        whole.faults.append(place.fault(found=f"'{file}'", allowed=f"a file in {CRITERIA}, as {CRITERIA}safety.yaml"))
    elif file not in files:
        here = ", ".join(sorted(known for known in files if known.startswith(CRITERIA))) or f"none in {CRITERIA}"
        whole.faults.append(place.fault(found=f"there is no file {name}{file}", allowed=f"files here: {here}"))
    else:
        part = read_document(file=f"{name}{file}", content=files[file])
        whole.graft(part, into)
        domain["criteria"] = part.data
        named.add(file)
        return
    whole.spoiled.add(into)
