"""Files that wait for the college office: what was found in each, what its team says of it, what can be answered."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import clearances, cycles, editions, evidence_items
from accreditation.rules.clearance import Step, rules_digest, steps_of
from accreditation.rules.cycle import ENDED
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.clearance import ClearanceShown, clearances_shown
from accreditation.views.looking import Shown, look


class ExplainedFile(Shown):
    """A file that its team explained, by its number: what it is called may tell what it must not."""

    cycle: int
    team: str
    organisation: str
    evidence: int


class FileToAnswer(Shown):
    """A file with everything that was found and said of it, and the steps that the office may take."""

    evidence: int
    criteria: tuple[str, ...]
    attached_at: datetime
    clearance: ClearanceShown
    steps: tuple[Step, ...] = Field(description="None where nothing is to be answered now.")


def explained_files(database: Database, *, principal: Principal) -> tuple[ExplainedFile, ...]:
    """Which files of running cycles did their teams explain, and nobody answered? Raises NotPermitted."""
    permit(principal, Permission.EVIDENCE_RELEASE)
    with database.reading() as session:
        rows = clearances.explained(session)
        ids = {item.cycle_id for item, _ in rows}
        running = {now.id: now for now in cycles.several(session, ids=ids) if now.stage not in ENDED} if ids else {}
        rules = {
            one: rules_digest(editions.scheme_of(session, now.edition_digest).evidence_rules)
            for one, now in running.items()
        }
    return tuple(
        ExplainedFile(cycle=now.id, team=now.team.name, organisation=now.organisation.name, evidence=item.id or 0)
        for item, own in rows
        for now in [running.get(item.cycle_id)]
        if now is not None and rules[now.id] == own
    )


def file_to_answer(database: Database, *, principal: Principal, cycle_id: int, evidence_id: int) -> FileToAnswer:
    """What was found in this file, and what is said of it? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.EVIDENCE_RELEASE, cycle_id=cycle_id)
        found = [one for one in evidence_items.of_cycle(session, cycle_id) if one[0].id == evidence_id]
        if not found:
            raise NotFound("There is no such file in this cycle, or it was withdrawn.")
        item, criteria, _ = found[0]
        clearance = clearances_shown(looked, [item])[evidence_id]
        return FileToAnswer(
            evidence=evidence_id, criteria=tuple(criteria), attached_at=item.at, clearance=clearance,
            steps=() if looked.now.stage in ENDED else steps_of(clearance.state, principal.role),
        )  # fmt: skip
