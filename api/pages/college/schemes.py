"""The college's schemes: their editions, one edition to read, two side by side, and an edition as a file."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from accreditation.errors import NotFound
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.drafts import drafts_of
from accreditation.views.scheme_desk import edition_read, edition_text, scheme_desk, scheme_desks, two_editions
from api.inputs.bounds import ON_ONE_LINE, SchemeId
from api.inputs.standards_file import packed as folder_of
from api.pages.college.framing import at_college, may
from api.pages.rendering import words_of
from api.presenting.college.asked import domain_parts
from api.presenting.college.comparing import compared
from api.presenting.college.drafts import draft_rows
from api.presenting.college.edition import page
from api.presenting.college.scheme_paths import root_of
from api.presenting.college.schemes import cards, rows
from api.visiting import Overview, Visit, overview_guard, page_guard
from api.words import marked

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

HERE = "/college/schemes"
AT = f"{HERE}/{{scheme}}"
EDITION = f"{AT}/editions/{{edition}}"

Lister = Annotated[Overview, overview_guard(Permission.ROUND_READ)]
Reader = Annotated[Visit, page_guard(Permission.ROUND_READ, Area.COLLEGE)]

Label = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
DomainId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
FIGURES = (
    ("burden", marked("What it costs teams"), Permission.BURDEN_READ),
    ("agreement", marked("Where reviewers differ"), Permission.AGREEMENT_READ),
    ("reviewers", marked("How each reviewer rates"), Permission.AGREEMENT_OWN),
)
"""The figures of a scheme: the end of the address, what they are called, and what one must be allowed."""

Asked = Annotated[str, Query(max_length=64, pattern=ON_ONE_LINE)]


@router.get(HERE, response_model=None)
def schemes(visit: Lister) -> Response:
    """Every scheme that one's role reaches."""
    found = scheme_desks(visit.database, principal=visit.principal, reach=visit.reach)
    writes, words = may(visit, Permission.SCHEME_PUBLISH), words_of(visit.visitor.request)
    return at_college(
        visit, "college/schemes.html", here=HERE, told=cards(found, words), writes=writes,
        may_begin=visit.reach.whole and writes,
    )  # fmt: skip


@router.get(AT, response_model=None)
def scheme_page(visit: Reader, scheme: SchemeId) -> Response:
    """One scheme: its editions, and its drafts for those who may write them."""
    found = scheme_desk(visit.database, principal=visit.principal, scheme=scheme)
    words, drafts = words_of(visit.visitor.request), None
    if may(visit, Permission.SCHEME_PUBLISH):
        drafts = draft_rows(drafts_of(visit.database, principal=visit.principal, scheme=scheme), scheme, words)
    told = rows(found, words)
    return at_college(
        visit, "college/scheme.html", here=HERE, told=found, rows=told, labels=[(one.label, one.label) for one in told],
        root=root_of(scheme), drafts=drafts, figures=_figures(visit, scheme) if told else [],
    )  # fmt: skip


@router.get(EDITION, response_model=None)
def edition_page(visit: Reader, scheme: SchemeId, edition: Label) -> Response:
    """One edition, for people to read."""
    found = edition_read(visit.database, principal=visit.principal, scheme=scheme, edition=edition)
    root = root_of(scheme)
    return at_college(
        visit, "college/edition.html", here=HERE, caption=found.row.title, row=found.row, before=found.before,
        told=page(found, words_of(visit.visitor.request)), root=root, address=f"{root}/editions/{found.row.edition}",
        may_draft=may(visit, Permission.SCHEME_PUBLISH),
    )  # fmt: skip


@router.get(f"{EDITION}/domains/{{domain}}", response_model=None)
def domain_page(visit: Reader, scheme: SchemeId, edition: Label, domain: DomainId) -> Response:
    """The criteria of one domain of an edition."""
    found = edition_read(visit.database, principal=visit.principal, scheme=scheme, edition=edition)
    domains = found.content.domains
    at = next((place for place, one in enumerate(domains) if one.id == domain), None)
    if at is None:
        raise NotFound(f"Edition {found.row.edition} has no domain '{domain}'.")
    words = words_of(visit.visitor.request)
    return at_college(
        visit, "college/edition_domain.html", here=HERE,
        caption=words("%(title)s, edition %(label)s", title=found.row.title, label=found.row.edition),
        domain=domains[at], headed=domain_parts(found.content, domains[at], words), label=found.row.edition,
        address=f"{root_of(scheme)}/editions/{found.row.edition}",
        earlier=domains[at - 1] if at else None, later=domains[at + 1] if at + 1 < len(domains) else None,
    )  # fmt: skip


@router.get(f"{EDITION}/file", response_model=None)
def edition_file(visit: Reader, scheme: SchemeId, edition: Label, packed: Asked = "") -> Response:
    """The edition as one file, which is what a draft begins with; or as a folder, packed."""
    text = edition_text(visit.database, principal=visit.principal, scheme=scheme, edition=edition)
    return standard_file(text, f"{scheme}-{edition}", packed=bool(packed))


@router.get(f"{AT}/compare", response_model=None)
def compare_page(visit: Reader, scheme: SchemeId, old: Asked, new: Asked) -> Response:
    """What changed between two editions."""
    found = two_editions(visit.database, principal=visit.principal, scheme=scheme, old=old, new=new)
    told = compared(found.before, found.after, words_of(visit.visitor.request))
    return at_college(
        visit, "college/compare_editions.html", here=HERE, caption=found.new.title, root=root_of(scheme), told=told,
        old=found.old.edition, new=found.new.edition,
    )  # fmt: skip


def _figures(visit: Visit, scheme: str) -> list[tuple[str, str]]:
    """The figures of this scheme that whoever asks may see: where they are, and what they are called."""
    words, root = words_of(visit.visitor.request), root_of(scheme)
    return [(f"{root}/{name}", words(said)) for name, said, needed in FIGURES if may(visit, needed)]


def standard_file(text: str, name: str, *, packed: bool) -> Response:
    """This standard as one file, or as a folder in a zip."""
    if not packed:
        return text_file(text, f"{name}.yaml")
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(folder_of(text), media_type="application/zip", headers=headers)


def text_file(text: str, name: str, *, kind: str = "application/yaml") -> Response:
    """This text as a file of this name, which no browser runs."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
