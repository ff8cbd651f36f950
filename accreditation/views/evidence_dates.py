"""What is said of a cycle's files as of their submission, and what of them is out of date while the team works."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from accreditation.records import cycles
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.dating import out_of_date
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.library import Described, said_at
from accreditation.views.looking import Looked


def dated_for(looked: Looked, today: date | None) -> Callable[[str, Described], str]:
    """Why a document does not answer a criterion today, as the team is told while it can still mend it."""
    if today is None or not looked.by_team or submitted_at(looked) is not None:
        return lambda _criterion, _said: ""
    off, asked = holidays_of(scheme=looked.scheme, profile=looked.now.profile), looked.scheme.by_id

    def dated(name: str, said: Described) -> str:
        # what was attached under the edition before may answer a criterion that this one has not
        return out_of_date(asked[name], said, on=today, holidays=off) if name in asked else ""

    return dated


def said_of(
    looked: Looked, items: list[EvidenceItem], said: Mapping[int, list[tuple[datetime, Described]]]
) -> dict[int, Described]:
    """Item -> what was said of its version when it was submitted; now, as long as the team works on it."""
    submitted = submitted_at(looked)
    return {
        item.id or 0: said_at(said[item.version_id], None if submitted is None else max(submitted, item.at))
        for item in items
        if item.version_id is not None
    }


def submitted_at(looked: Looked) -> datetime | None:
    """When was the evidence submitted? None as long as the team works on it."""
    if looked.now.stage in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE):
        return None
    submitted = [
        change.at
        for change in cycles.history(looked.session, looked.cycle_id)
        if change.move == Move.SUBMIT and change.from_stage == Stage.EVIDENCE
    ]
    return submitted[-1] if submitted else None
