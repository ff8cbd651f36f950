"""How every page of the college is shown: in the frame that leads to its other parts."""

from typing import Any

from fastapi.responses import Response

from accreditation.rules.grants import Area, may_anywhere
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.own_cycles import cycle_named
from api.pages.rendering import rendered, words_of
from api.presenting.college.frame import entries, framed
from api.presenting.faults import Faults
from api.visiting import Overview, Visit


def at_college(
    visit: Visit | Overview, template: str, *, here: str, caption: str = "", done: str = "",
    faults: Faults | None = None, status: int = 0, **values: Any,
) -> Response:  # fmt: skip
    """This template, which extends `college/home.html`; `here` is the address of the part of the area it lies in.

    `caption` says what the page is about, `done` what has just happened. With `faults` it is the answer to a form that
    was refused.
    """
    wrong, anyone = faults or Faults(), visit.visitor
    return rendered(
        anyone.request, template, status=status or (422 if wrong else 200), csrf=anyone.csrf, faults=wrong, done=done,
        caption=caption, parts=entries(anyone.signed.grants, words_of(anyone.request), here=here), **values,
    )  # fmt: skip


def may(visit: Visit | Overview, permission: Permission) -> bool:
    """May whoever asks do this too, as whom they ask?"""
    return permission in ROLE_TABLE[visit.principal.role]


def may_invite(visit: Visit | Overview) -> bool:
    """May whoever asks let people in? That is for the office of the whole college."""
    return may_open(visit, Permission.PERSON_INVITE)


def may_open(visit: Visit | Overview, permission: Permission) -> bool:
    """May whoever asks do this in the whole college, bound to no scheme and no round?"""
    return may_anywhere(visit.visitor.signed.grants, area=Area.COLLEGE, permission=permission)


def at_cycle(
    visit: Visit, template: str, *, cycle: int, here: str | None = None, needs: Permission = Permission.CYCLE_READ,
    done: str = "", faults: Faults | None = None, status: int = 0, **values: Any,
) -> Response:  # fmt: skip
    """This template, which extends `college/cycle.html`; `here` is the end of the address of the part that it is.

    For whoever may do what it `needs`. Raises NotPermitted.
    """
    named = cycle_named(visit.database, principal=visit.principal, cycle_id=cycle, permission=needs)
    frame = framed(named, words_of(visit.visitor.request), here=here, role=visit.principal.role)
    return at_college(
        visit, template, here="", caption=frame.caption, done=done, faults=faults, status=status, frame=frame, **values
    )
