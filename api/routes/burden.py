"""What a cycle cost its team, and what a scheme costs its teams."""

from typing import Annotated

from fastapi import Query

from accreditation.rules.permissions import Permission
from accreditation.views import burden as view
from accreditation.views.schemes import which_edition
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, EditionGiven, SchemeId
from api.routes.making import routes

router = routes("burden")

Owner = Annotated[Asks, guard(Permission.BURDEN_OWN)]
Reader = Annotated[Asks, guard(Permission.BURDEN_READ)]
OfEdition = Annotated[EditionGiven | None, Query(description="Only cycles that run on this edition.")]


@router.get("/cycles/{cycle}/burden", response_model=view.CycleBurden)
def of_cycle(cycle: CycleId, asks: Owner) -> view.CycleBurden:
    """What did one's own cycle cost so far: items asked, answered by reuse, files uploaded, minutes?"""
    return view.burden_of_cycle(asks.database, principal=asks.principal, cycle_id=cycle)


@router.get("/schemes/{scheme}/burden", response_model=view.BurdenOfScheme)
def of_scheme(scheme: SchemeId, asks: Reader, edition: OfEdition = None) -> view.BurdenOfScheme:
    """What does a scheme cost its teams, and which criteria cost most? Without the names of teams."""
    digest = None
    if edition is not None:
        digest = which_edition(
            asks.database, principal=asks.principal, named=edition, scheme=scheme, where="query.edition"
        )
    return view.burden_of(asks.database, principal=asks.principal, scheme=scheme, edition=digest)
