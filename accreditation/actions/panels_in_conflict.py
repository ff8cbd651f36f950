"""Somebody who was named for a panel comes into conflict with the service: the office is told, and names another."""

from collections.abc import Collection
from datetime import datetime

from accreditation.actions.telling import tell_panel_conflict
from accreditation.database import Session
from accreditation.records import cycles, panels
from accreditation.records.aftermath import AppealAnswer
from accreditation.records.conflicts_since import conflicts_now
from accreditation.rules.conflicts import since_words
from accreditation.rules.cycle import Stage
from accreditation.rules.panels import PanelKind


def tell_of_panels(
    session: Session, *, at: datetime, reviewer_id: int | None = None, cycle_ids: Collection[int] | None = None
) -> None:
    """Facts have changed: tell the office of each panel member (of this reviewer, in these cycles) now in conflict.

    Once of each. Not where the cycle was withdrawn, nor where the appeal is answered that the panel heard.
    """
    rows = [
        one for one in panels.sitting(session, reviewer_id=reviewer_id)
        if (cycle_ids is None or one.cycle_id in cycle_ids) and not _is_over(session, one)
    ]  # fmt: skip
    against = conflicts_now(session, {(one.cycle_id, one.reviewer_id) for one in rows})
    for one in rows:
        if found := against.get((one.cycle_id, one.reviewer_id)):
            tell_panel_conflict(session, one, why=since_words(found), at=at)


def _is_over(session: Session, one: panels.PanelMember) -> bool:
    """Does it make no difference any more who sits in this panel?"""
    if cycles.now(session, one.cycle_id).stage is Stage.WITHDRAWN:
        return True
    return one.kind == PanelKind.APPEAL and session.get(AppealAnswer, one.cycle_id) is not None
