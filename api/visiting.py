"""Who looks at a page, and may they? The guard of pages: a session's cookie, a role in an area, and forms of ours only.

The API knows bearer tokens alone and takes no notice of cookies: no other site's page can use it with somebody's
session, and it needs no token against forgery. Whatever a page changes, it changes by a form of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, cast

from fastapi import Depends, Form, Request
from fastapi.params import Depends as Dependency
from starlette.concurrency import run_in_threadpool

from accreditation.database import Database, Session
from accreditation.errors import NotFound, Refused
from accreditation.records import teams
from accreditation.records.signed import of_cycle, of_round, of_team
from accreditation.rules.grants import Acting, Area, Reach, Thing, acting, principals, reaching
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from api.forms import FileForm, boundary_of
from api.guard import OF_A_CYCLE, Asks, Guard
from api.visitors import Anyone, Visitor, own, own_sender, remember_sentences, remember_typed, sender, visitor

NOT_THERE = "There is no such page, or it is not for you."


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Asks):
    """Somebody who is signed in asks for a page, in one of their roles."""

    visitor: Visitor
    acting: Acting
    moment: Database | None = None

    @property
    def database(self) -> Database:
        """The records; as they stood at one moment, where the page looks at them so."""
        return self.moment or self.house.database

    @contextmanager
    def one_moment(self) -> Iterator["Visit"]:
        """The same visit, for a page that is put together of several views: they see one moment, and ask nothing twice.

        Within one handler, so that nobody who waits for a thread holds a connection.
        """
        with self.house.database.one_moment() as moment:
            yield replace(self, moment=moment)


class PageGuard(Guard):
    """Asks for a permission in an area of the site: a dependency that says who asks in which role, or refuses."""

    def __init__(self, permission: Permission, area: Area) -> None:
        super().__init__(permission)
        self.area = area

    def __call__(self, request: Request) -> Visit:
        """Who asks for this page, as what? Raises SignedOut, NotFound and NotPermitted."""
        return self.visit(visitor(request))

    def visit(self, anyone: Visitor) -> Visit:
        """The same, of somebody whose cookies are read already."""
        known = anyone.signed
        with anyone.house.database.reading() as session:
            about = _about(session, anyone.request)
        found = acting(
            name=known.acts_as, grants=known.grants, area=self.area, permission=self.permission, thing=about
        )  # fmt: skip
        if found is None or not _knows(found.principal, about):
            raise NotFound(NOT_THERE)
        if OF_A_CYCLE not in anyone.request.path_params:
            permit(found.principal, self.permission)
        return Visit(
            house=anyone.house, principal=found.principal, at=anyone.at, visitor=anyone, acting=found
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Somebody who is signed in asks for a list of all that is theirs in an area: everybody who they are there."""

    visitor: Visitor
    principals: tuple[Principal, ...]

    @property
    def database(self) -> Database:
        """The records."""
        return self.visitor.house.database


class ListGuard(Guard):
    """Asks for a permission in an area, for a list of all that is one's own there."""

    def __init__(self, permission: Permission, area: Area) -> None:
        super().__init__(permission)
        self.area = area

    def __call__(self, request: Request) -> Visits:  # type: ignore[override]  # a list has several who ask
        """As whom does somebody ask? Raises SignedOut, and NotFound where nothing in this area is theirs."""
        anyone = visitor(request)
        known = anyone.signed
        whole = [one.organisation for one in known.grants if one.organisation is not None]
        with anyone.house.database.reading() as session:
            teams_of = teams.ids_of_organisations(session, whole) if whole else {}
        found = principals(name=known.acts_as, grants=known.grants, area=self.area, teams_of=teams_of)
        if not found:
            raise NotFound(NOT_THERE)
        return Visits(visitor=anyone, principals=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Asks):
    """Somebody of the college asks for a list of it: as whom, and how far their roles reach."""

    visitor: Visitor
    reach: Reach


class OverviewGuard(Guard):
    """Asks for a permission, for a list of the college: whoever is bound to a scheme or a round sees that of it."""

    def __call__(self, request: Request) -> Overview:
        """Who asks, and how far do they reach? Raises SignedOut, NotFound and NotPermitted."""
        anyone = visitor(request)
        known = anyone.signed
        found = reaching(name=known.acts_as, grants=known.grants, permission=self.permission)
        if found is None:
            raise NotFound(NOT_THERE)
        principal, reach = found
        permit(principal, self.permission)
        return Overview(house=anyone.house, principal=principal, at=anyone.at, visitor=anyone, reach=reach)


class FormGuard(PageGuard):
    """The same for a form that is sent: its token is looked at too, and what was written is kept for a refusal."""

    def __call__(  # type: ignore[override]  # FastAPI reads what it takes
        self, _: Annotated[None, Depends(remember_sentences)], anyone: Anyone,
        csrf: Annotated[str, Form(max_length=100)] = "",
    ) -> Visit:  # fmt: skip
        """Who sends this form, as what? Raises SignedOut, NotFound, and NotPermitted where the form is not ours."""
        return self.visit(own_sender(anyone, csrf))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVisit:
    """Somebody who is signed in sends a form with files: read as it arrives; its token was its first field."""

    visit: Visit
    form: FileForm


class FileFormGuard(FormGuard):
    """The same for a form with files in it, which nobody reads to its end before it is known whose it is."""

    async def __call__(self, request: Request) -> FileVisit:  # type: ignore[override]  # a form on its way in
        """Who sends these files, as what? Raises SignedOut, NotFound, and NotPermitted where the form is not ours."""
        anyone, form = await run_in_threadpool(visitor, request), None
        try:
            form = FileForm(request.stream(), boundary=boundary_of(request.headers.get("content-type")))
            token = await form.first("csrf")
            visit = await run_in_threadpool(lambda: self.visit(sender(own(anyone), token)))
        except Refused:
            if form is not None:
                remember_typed(request, await form.before_files())
            own(anyone)  # whoever is nobody here hears that first
            raise
        return FileVisit(visit=visit, form=form)


def page_guard(permission: Permission, area: Area) -> Dependency:
    """The dependency of a page that shows: `visit: Annotated[Visit, page_guard(Permission.…, Area.…)]`."""
    return cast(Dependency, Depends(PageGuard(permission, area)))


def list_guard(permission: Permission, area: Area) -> Dependency:
    """The dependency of a page that lists all that is somebody's own in an area."""
    return cast(Dependency, Depends(ListGuard(permission, area)))


def overview_guard(permission: Permission) -> Dependency:
    """The dependency of a list of the college, for each as far as their roles there reach: `Annotated[Overview, …]`."""
    return cast(Dependency, Depends(OverviewGuard(permission)))


def form_guard(permission: Permission, area: Area) -> Dependency:
    """The dependency of a page that is sent a form."""
    return cast(Dependency, Depends(FormGuard(permission, area)))


def file_form_guard(permission: Permission, area: Area) -> Dependency:
    """The dependency of a page that is sent a form with files: `Annotated[FileVisit, file_form_guard(…)]`."""
    return cast(Dependency, Depends(FileFormGuard(permission, area)))


def _about(session: Session, request: Request) -> Thing | None:
    """What is this page about, by its path? Raises NotFound, in the words for a page that is not for one."""
    try:
        for name, look in (("cycle", of_cycle), ("team", of_team), ("round", of_round)):
            if name in request.path_params:
                return look(session, _number(request.path_params[name]))
    except NotFound:
        raise NotFound(NOT_THERE) from None
    return Thing(scheme=request.path_params["scheme"]) if "scheme" in request.path_params else None


def _knows(principal: Principal, about: Thing | None) -> bool:
    """May a reviewer know of this? A visit of others is answered in the same words as one that does not exist."""
    return about is None or principal.reviewer is None or principal.reviewer in about.reviewers


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound(NOT_THERE)
    return int(text)
