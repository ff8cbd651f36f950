"""How a reviewer's own pages are shown: in a frame that leads to the others."""

from typing import Any

from fastapi.responses import Response

from accreditation.views.own_cycles import cycle_named
from api.pages.answering import just_saved
from api.pages.rendering import rendered, words_of
from api.presenting.faults import Faults
from api.presenting.review.frame import framed, home_parts
from api.visiting import Visit


def at_home(
    visit: Visit, template: str, *, here: str, faults: Faults | None = None, status: int = 0, **values: Any
) -> Response:
    """This template, which extends `review/home.html`; `here` is the address of the page.

    With `faults` it is the answer to a form that was refused.
    """
    wrong, request = faults or Faults(), visit.visitor.request
    return rendered(
        request, template, status=status or (422 if wrong else 200), csrf=visit.visitor.csrf, faults=wrong,
        parts=home_parts(words_of(request), here=here), just_saved=just_saved(request), **values,
    )  # fmt: skip


def at_visit(
    visit: Visit, template: str, *, cycle: int, here: str = "", faults: Faults | None = None, status: int = 0,
    files: bool = False, **values: Any,
) -> Response:  # fmt: skip
    """This template, which extends `review/cycle.html`; `here` is the end of the address of the part it lies in.

    `files` where it shows files of ours in frames.
    """
    wrong, request = faults or Faults(), visit.visitor.request
    named = cycle_named(visit.database, principal=visit.principal, cycle_id=cycle)
    return rendered(
        request, template, files=files, status=status or (422 if wrong else 200), csrf=visit.visitor.csrf, faults=wrong,
        frame=framed(named, words_of(request), here=here), just_saved=just_saved(request), **values,
    )  # fmt: skip
