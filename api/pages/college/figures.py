"""Figures of a scheme: what it costs its teams, and how far its reviewers agree; as pages, and as CSV for a sheet."""

import csv
import io
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.agreement import agreement_of_scheme, reviewers_agreement
from accreditation.views.burden import burden_of
from accreditation.views.scheme_desk import scheme_desk, scheme_desks
from api.inputs.bounds import ON_ONE_LINE, SchemeId
from api.pages.college.framing import at_college, may
from api.pages.college.schemes import AT, text_file
from api.pages.rendering import words_of
from api.presenting.college.figures import Page, agreement_page, burden_page, reviewers_page
from api.presenting.college.scheme_paths import root_of
from api.visiting import Overview, Visit, overview_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HERE = "/college/figures"

Lister = Annotated[Overview, overview_guard(Permission.AGREEMENT_READ)]
CostReader = Annotated[Visit, page_guard(Permission.BURDEN_READ, Area.COLLEGE)]
Reader = Annotated[Visit, page_guard(Permission.AGREEMENT_READ, Area.COLLEGE)]
ReviewerReader = Annotated[Visit, page_guard(Permission.AGREEMENT_OWN, Area.COLLEGE)]
Sort = Annotated[str, Query(max_length=20, pattern=ON_ONE_LINE)]


@router.get(HERE, response_model=None)
def schemes(visit: Lister) -> Response:
    """Of which schemes are there figures?"""
    found = scheme_desks(visit.database, principal=visit.principal, reach=visit.reach)
    told = [(one.title, root_of(one.scheme)) for one in found if one.editions]
    return at_college(
        visit, "college/figures.html", here=HERE, told=told, costs=may(visit, Permission.BURDEN_READ),
        people=may(visit, Permission.AGREEMENT_OWN),
    )  # fmt: skip


@router.get(f"{AT}/burden", response_model=None)
def burden(visit: CostReader, scheme: SchemeId, sort: Sort = "") -> Response:
    """What does the scheme cost its teams, criterion by criterion?"""
    return _shown(visit, scheme, _burden(visit, scheme, sort), name="burden")


@router.get(f"{AT}/burden.csv", response_model=None)
def burden_file(visit: CostReader, scheme: SchemeId, sort: Sort = "") -> Response:
    """The same for a sheet."""
    return csv_file(_burden(visit, scheme, sort).table.cells, f"{scheme}-burden.csv")


@router.get(f"{AT}/agreement", response_model=None)
def agreement(visit: Reader, scheme: SchemeId, sort: Sort = "") -> Response:
    """How far do reviewers agree, and which criteria divide them?"""
    return _shown(visit, scheme, _agreement(visit, scheme, sort), name="agreement")


@router.get(f"{AT}/agreement.csv", response_model=None)
def agreement_file(visit: Reader, scheme: SchemeId, sort: Sort = "") -> Response:
    """The same for a sheet."""
    return csv_file(_agreement(visit, scheme, sort).table.cells, f"{scheme}-agreement.csv")


@router.get(f"{AT}/reviewers", response_model=None)
def reviewers(visit: ReviewerReader, scheme: SchemeId, sort: Sort = "") -> Response:
    """How strict and consistent is each reviewer?"""
    return _shown(visit, scheme, _reviewers(visit, scheme, sort), name="reviewers")


@router.get(f"{AT}/reviewers.csv", response_model=None)
def reviewers_file(visit: ReviewerReader, scheme: SchemeId, sort: Sort = "") -> Response:
    """The same for a sheet."""
    return csv_file(_reviewers(visit, scheme, sort).table.cells, f"{scheme}-reviewers.csv")


def csv_file(rows: Sequence[Sequence[str]], name: str) -> Response:
    """These rows as a file for a sheet, which takes none of them for a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows)
    return text_file(f"\ufeff{out.getvalue()}", name, kind="text/csv")


def _plain(cell: str) -> str:
    """The cell as it is; one that a sheet would work out, as words are, behind an apostrophe."""
    number = cell.removeprefix("-").removeprefix("+").replace(".", "", 1).isdecimal()
    return cell if number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")) else f"'{cell}"


def _burden(visit: Visit, scheme: str, sort: str) -> Page:
    found = burden_of(visit.database, principal=visit.principal, scheme=scheme, edition=None)
    return burden_page(found, words_of(visit.visitor.request), root=f"{root_of(scheme)}/burden", sort=sort)


def _agreement(visit: Visit, scheme: str, sort: str) -> Page:
    found = agreement_of_scheme(visit.database, principal=visit.principal, scheme=scheme, edition=None)
    return agreement_page(found, words_of(visit.visitor.request), root=f"{root_of(scheme)}/agreement", sort=sort)


def _reviewers(visit: Visit, scheme: str, sort: str) -> Page:
    found = reviewers_agreement(visit.database, principal=visit.principal, scheme=scheme)
    return reviewers_page(found, words_of(visit.visitor.request), root=f"{root_of(scheme)}/reviewers", sort=sort)


def _shown(visit: Visit, scheme: str, told: Page, *, name: str) -> Response:
    desk = scheme_desk(visit.database, principal=visit.principal, scheme=scheme)
    return at_college(
        visit, f"college/figures_{name}.html", here=HERE, caption=desk.title, told=told, root=root_of(scheme),
        file=f"{root_of(scheme)}/{name}.csv",
    )  # fmt: skip
