"""The days of a visit, the panels about a cycle, and when a reviewer can visit."""

from typing import Annotated

from pydantic import BaseModel

from accreditation.actions.change_reviewer import Changed
from accreditation.actions.date_visit import Dated
from accreditation.actions.date_visit import date_visit as act_date
from accreditation.actions.name_panel import name_panel as act_name
from accreditation.actions.state_availability import state_availability as act_state
from accreditation.rules.panels import PanelKind
from accreditation.rules.permissions import Permission
from accreditation.rules.reviewer_facts import Availability
from accreditation.views import availability as own
from accreditation.views import panels as view
from api.guard import Asks, guard
from api.inputs.bounds import CycleId
from api.inputs.proposals import PanelSent, VisitSent
from api.routes.making import routes

router = routes("visits")

Dater = Annotated[Asks, guard(Permission.VISIT_DATE)]
Reader = Annotated[Asks, guard(Permission.PANEL_READ)]
Namer = Annotated[Asks, guard(Permission.PANEL_NAME)]
Reviewer = Annotated[Asks, guard(Permission.AVAILABILITY_STATE)]


class Named(BaseModel):
    """The panel is named. `new` is false where it was these members already."""

    new: bool


@router.put("/cycles/{cycle}/visit", response_model=Dated)
def date_visit(cycle: CycleId, sent: VisitSent, asks: Dater) -> Dated:
    """State the days of the visit; whoever sits in the review team and is away then is named."""
    return act_date(
        asks.database, principal=asks.principal, cycle_id=cycle, first=sent.first, last=sent.last, at=asks.at
    )


@router.get("/cycles/{cycle}/panels/{kind}", response_model=view.PanelShown)
def panel(cycle: CycleId, kind: PanelKind, asks: Reader) -> view.PanelShown:
    """Who sits in this panel about this cycle?"""
    return view.panel_of(asks.database, principal=asks.principal, cycle_id=cycle, kind=kind, at=asks.at)


@router.put("/cycles/{cycle}/panels/{kind}", response_model=Named)
def name_panel(cycle: CycleId, kind: PanelKind, sent: PanelSent, asks: Namer) -> Named:
    """Name the members of this panel, in place of whoever was; nobody who was on the visit or has a conflict."""
    is_new = act_name(
        asks.database, principal=asks.principal, cycle_id=cycle, kind=kind, members=sent.members, at=asks.at
    )
    return Named(new=is_new)


@router.get("/me/availability", response_model=Availability)
def availability(asks: Reviewer) -> Availability:
    """When can the reviewer not visit, and where would they like to, or rather not?"""
    return own.own_availability(asks.database, principal=asks.principal)


@router.put("/me/availability", response_model=Changed)
def state_availability(sent: Availability, asks: Reviewer) -> Changed:
    """State both, in place of what stood; says in whose review team the reviewer sits and is away on the days."""
    return act_state(asks.database, principal=asks.principal, availability=sent, at=asks.at)
