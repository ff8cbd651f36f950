"""From standards files to a scheme: either a whole edition without a fault, or all its faults at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from accreditation.errors import FileFault, StandardsFaulty
from accreditation.scheme.assemble import SCHEME_FILE, assemble
from accreditation.scheme.case import Case, problems_of_case
from accreditation.scheme.check import MOST, problems_of_scheme
from accreditation.scheme.check_use import problems_of_use
from accreditation.scheme.document import Document, Path, Place
from accreditation.scheme.explain import explain
from accreditation.scheme.extend import Base, joined
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem
from accreditation.scheme.source import Files, read_document, too_many_files

__all__ = ["SCHEME_FILE", "Base", "Check", "Files", "Standard", "read_standard"]

Model = TypeVar("Model", bound=BaseModel)

CASES = "cases/"

Check = Callable[[Scheme], Iterable[Problem]]
"""A further question to a scheme: what is wrong with it?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A scheme together with the worked cases that lie beside it, and where each case stands in its file."""

    scheme: Scheme
    cases: tuple[Case, ...]
    places: tuple[Place, ...] = ()


def read_standard(files: Files, *, name: str = "", bases: Sequence[Base] = (), also: Iterable[Check] = ()) -> Standard:
    """What do these files say? `name` is put before every file's name in faults.

    `bases` are the schemes that this one builds on, the one it names itself first, then what that one builds on;
    without them the files hold the whole edition. Raises StandardsFaulty with every fault of form and of shape in
    all files, and with every fault of meaning that can be told: meaning is looked for in a scheme that has its
    shape, in the cases of a scheme without fault, and by `also` where nothing else is wrong.
    """
    too_much = too_many_files(files)
    if too_much:
        allowed = "keep one scheme in a folder, and say less"
        fault = FileFault(file=name.rstrip("/") or ".", line=0, column=0, found=too_much, allowed=allowed)
        raise StandardsFaulty([fault])
    whole, scheme = _read(files, name, bases)
    read = list(_all_cases(files, name, None if whole.faults else scheme))
    faults = [*whole.faults, *(fault for document, _ in read for fault in document.faults)]
    found = [(case, place) for _, cases in read for case, place in cases]
    if scheme is not None and not faults:
        shown = {name for case, _ in found for name in (*case.expect.levels, *case.expect.scores)}
        _note(whole, problems_of_use(scheme, shown=shown), ())
        if not whole.faults:
            _note(whole, (problem for check in also for problem in check(scheme)), ())
        faults += whole.faults
    if scheme is None or faults:
        raise StandardsFaulty(_told(faults))
    return Standard(scheme=scheme, cases=tuple(case for case, _ in found), places=tuple(place for _, place in found))


def _told(faults: Iterable[FileFault]) -> list[FileFault]:
    """Each fault once, and no more of them than anybody reads."""
    once = sorted(dict.fromkeys(faults))
    if len(once) <= MOST:
        return once
    last = once[MOST - 1]
    place = Place(file=last.file, line=last.line, column=last.column)
    more = place.fault(found=f"more than {MOST} faults", allowed="mend these first, and check again")
    return [*once[:MOST], more]


def _read(files: Files, name: str, bases: Sequence[Base]) -> tuple[Document, Scheme | None]:
    chain = [assemble(files, name), *(assemble(base.files, base.name) for base in bases)]
    whole = reduce(joined, reversed(chain))
    scheme = _validated(Scheme, whole, whole.data, ())
    if scheme is not None and not whole.spoiled:
        _note(whole, problems_of_scheme(scheme), ())
    return whole, scheme


def _validated(model: type[Model], document: Document, data: Any, at: Path) -> Model | None:
    """The value, or None with the faults of shape noted in the document. A piece is faulted once."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False)[: 2 * MOST]:
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


Placed = tuple[Case, Place]


def _all_cases(files: Files, name: str, scheme: Scheme | None) -> Iterator[tuple[Document, list[Placed]]]:
    """Every file of cases, and the cases in it with their places; a name that two cases have is a fault."""
    before: dict[str, Place] = {}
    for file in sorted(file for file in files if file.startswith(CASES)):
        document = read_document(file=f"{name}{file}", content=files[file])
        cases = list(_cases(document, scheme))
        for case, place in cases:
            if case.case in before:
                found = f"the case '{case.case}' is here a second time (first at {before[case.case]})"
                document.faults.append(place.fault(found=found, allowed="a name for each case"))
            before[case.case] = place
        yield document, cases


def _cases(document: Document, scheme: Scheme | None) -> Iterator[Placed]:
    """The cases of one file; what is wrong with them is noted in the document."""
    if document.data is not None and not isinstance(document.data, list):
        allowed = "a list of cases, each beginning with '- case:'"
        document.faults.append(document.top.fault(found="not a list", allowed=allowed))
        return
    for position, data in enumerate(document.data or ()):
        case = _validated(Case, document, data, (position,))
        if case is not None:
            _note(document, () if scheme is None else problems_of_case(case, scheme), (position,))
            yield case, document.nearest((position,))
