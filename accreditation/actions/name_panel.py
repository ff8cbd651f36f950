"""Name the members of a panel about a cycle, of appeal or of quality assurance, from the pool of reviewers."""

from collections.abc import Collection
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.impartial import check_not_of_it
from accreditation.database import Database
from accreditation.errors import Contradiction, Invalid
from accreditation.records import panels, peers
from accreditation.records.aftermath import AppealAnswer
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Stage
from accreditation.rules.panels import PanelKind, faults_of_panel
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def name_panel(
    database: Database, *, principal: Principal, cycle_id: int, kind: PanelKind, members: Collection[int], at: datetime
) -> bool:
    """These reviewers are the panel from now on, in place of whoever was; says whether that is new.

    Nobody of them sits in this cycle's review team as long as they are in it. In whatever stage: a panel looks at a
    cycle from outside. Nobody at all dissolves it. The same members again change nothing. Raises Invalid naming
    everything that keeps anybody from it, Contradiction where the appeal that the panel heard is answered, and
    NotPermitted for whoever is of the service.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.PANEL_NAME, cycle_id=cycle_id, at=at)
        check_not_of_it(desk, what="name a panel about it")
        case = peers.panel_case(session, desk.now, desk.scheme.assignment)
        if case.panels[kind] == frozenset(members):
            return False
        _check_not_answered(desk, kind)
        faults = faults_of_panel(case, kind=kind, members=members, at=at.date())
        if faults:
            raise Invalid(faults)
        new, left = panels.name(session, cycle_id=cycle_id, kind=kind, wanted=members, by=principal.name, at=at)
        desk.enter("panel:name", {"panel": kind.value, "named": list(new), "no_longer": list(left)})
        if desk.now.stage is Stage.ASSIGNMENT:
            desk.look_for_teams()
        return True


def _check_not_answered(desk: Desk, kind: PanelKind) -> None:
    row = desk.session.get(AppealAnswer, desk.cycle_id) if kind is PanelKind.APPEAL else None
    if row is not None:
        raise Contradiction(
            f"The appeal was answered on {day_words(row.at.date())}, and there is no other for this decision: who "
            "heard it stands."
        )
