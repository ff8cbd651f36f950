"""From standards files to a scheme: either a whole edition without a fault, or all its faults at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from accreditation.errors import StandardsFaulty
from accreditation.scheme.case import Case, problems_of_case
from accreditation.scheme.check import problems_of_scheme
from accreditation.scheme.document import Document, Path, Place
from accreditation.scheme.explain import explain
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem
from accreditation.scheme.source import read_document

Model = TypeVar("Model", bound=BaseModel)

SCHEME_FILE = "scheme.yaml"
CRITERIA = "criteria/"
CASES = "cases/"

Files = Mapping[str, bytes]
"""The files of one scheme's folder: relative name -> content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A scheme together with the worked cases that lie beside it."""

    scheme: Scheme
    cases: tuple[Case, ...]


def read_standard(files: Files, *, name: str = "") -> Standard:
    """What do these files say? `name` is put before every file's name in faults.

    Raises StandardsFaulty with every fault of form and of shape in all files, and with every fault of
    meaning that can be told: meaning is looked for in a scheme that has its shape, and in the cases of
    a scheme without fault.
    """
    whole, scheme = _read(files, name)
    faults = list(whole.faults)
    cases: list[Case] = []
    for file in sorted(files):
        if file.startswith(CASES):
            document = read_document(file=f"{name}{file}", content=files[file])
            cases += _cases(document, None if whole.faults else scheme)
            faults += document.faults
    if scheme is None or faults:
        raise StandardsFaulty(tuple(dict.fromkeys(faults)))
    return Standard(scheme=scheme, cases=tuple(cases))


def _read(files: Files, name: str) -> tuple[Document, Scheme | None]:
    whole = _assemble(files, name)
    scheme = _validated(Scheme, whole, whole.data, ())
    if scheme is not None and not whole.spoiled:
        _note(whole, problems_of_scheme(scheme), ())
    return whole, scheme


def _assemble(files: Files, name: str) -> Document:
    """One document of scheme.yaml with the criteria of every domain put into their places."""
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


def _validated(model: type[Model], document: Document, data: Any, at: Path) -> Model | None:
    """The value, or None with the faults of shape noted in the document. A piece is faulted once."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = (*at, *detail["loc"])
            if not document.is_spoiled(path) and not _follows(detail):
                found, allowed = explain(model, detail)
                document.faults.append(document.nearest(path).fault(found=found, allowed=allowed))
    return None


def _follows(detail: ErrorDetails) -> bool:
    """Is this list called too short only because entries at fault, told by themselves, were not counted?"""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _note(document: Document, problems: Iterable[Problem], at: Path) -> None:
    document.faults += [
        document.nearest((*at, *problem.path)).fault(found=problem.found, allowed=problem.allowed)
        for problem in problems
    ]


def _cases(document: Document, scheme: Scheme | None) -> Iterator[Case]:
    """The cases of one file; what is wrong with them is noted in the document."""
    if document.data is not None and not isinstance(document.data, list):
        allowed = "a list of cases, each beginning with '- case:'"
        document.faults.append(document.top.fault(found="not a list", allowed=allowed))
        return
    for position, data in enumerate(document.data or ()):
        case = _validated(Case, document, data, (position,))
        if case is not None:
            _note(document, () if scheme is None else problems_of_case(case, scheme), (position,))
            yield case
