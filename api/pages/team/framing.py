"""How every page of one cycle is shown: in the frame that says whose it is and leads to its other parts."""

from typing import Any

from fastapi.responses import Response

from accreditation.views.own_cycles import cycle_named
from api.pages.answering import just_saved
from api.pages.rendering import rendered, words_of
from api.presenting.faults import Faults
from api.presenting.team.frame import framed
from api.visiting import Visit


def shown(
    visit: Visit, template: str, *, cycle: int, here: str = "", faults: Faults | None = None, status: int = 0,
    **values: Any,
) -> Response:  # fmt: skip
    """This template, which extends `team/cycle.html`; `here` is the end of the address of the part it lies in.

    With `faults` it is the answer to a form that was refused.
    """
    wrong = faults or Faults()
    named = cycle_named(visit.database, principal=visit.principal, cycle_id=cycle)
    return rendered(
        visit.visitor.request, template, status=status or (422 if wrong else 200), csrf=visit.visitor.csrf,
        faults=wrong, frame=framed(named, words_of(visit.visitor.request), here=here),
        just_saved=just_saved(visit.visitor.request), **values,
    )  # fmt: skip
