"""Where a team's documents may belong: suggested to the team alone, never attached by itself."""

from typing import Annotated

from accreditation.actions import dismiss_suggestion as dismissing
from accreditation.rules.permissions import Permission
from accreditation.views import suggestions as view
from api.guard import Asks, guard
from api.inputs.bounds import CycleId
from api.inputs.library import NotThereSent
from api.routes.making import Done, routes

router = routes("library")

Reader = Annotated[Asks, guard(Permission.LIBRARY_READ)]
Attacher = Annotated[Asks, guard(Permission.EVIDENCE_ATTACH)]


@router.get("/cycles/{cycle}/evidence/suggestions", response_model=view.Suggestions)
def suggestions(cycle: CycleId, asks: Reader) -> view.Suggestions:
    """Which criteria of this cycle may documents of the team's library answer, by their words, and why?"""
    return view.suggestions_for_cycle(asks.database, principal=asks.principal, cycle_id=cycle, at=asks.at)


@router.post("/cycles/{cycle}/evidence/suggestions/dismissal", response_model=Done)
def dismiss(cycle: CycleId, sent: NotThereSent, asks: Attacher) -> Done:
    """Say that a document does not answer a criterion: it is not suggested there again."""
    dismissing.dismiss_suggestion(
        asks.database, principal=asks.principal, cycle_id=cycle, document=sent.document, criterion=sent.criterion,
        at=asks.at,
    )  # fmt: skip
    return Done()
