"""Drafts of schemes: what one would do before it is published."""

from typing import Annotated

from accreditation.errors import Fault, Invalid, StandardsFaulty
from accreditation.rules.permissions import Permission
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.views import impact as view
from api.guard import Asks, guard
from api.inputs.college import DraftSent
from api.routes.making import routes

router = routes("drafts")

Publisher = Annotated[Asks, guard(Permission.SCHEME_PUBLISH)]


@router.post("/drafts/impact", response_model=view.ImpactShown)
def impact(sent: DraftSent, asks: Publisher) -> view.ImpactShown:
    """What would this draft change, and for whom? Every current cycle is scored again; nothing is kept."""
    draft = _read(sent)
    return view.impact(asks.database, principal=asks.principal, draft=draft, limit=sent.limit, at=asks.at)


def _read(sent: DraftSent) -> Scheme:
    """The draft, if it has no fault. Raises Invalid with every fault, each with file, line and column."""
    try:
        return read_standard({name: text.encode() for name, text in sent.files.items()}).scheme
    except StandardsFaulty as faulty:
        raise Invalid(
            [
                Fault(where=f"{one.file}:{one.line}:{one.column}", found=one.found, allowed=one.allowed)
                for one in faulty.faults
            ]
        ) from faulty
