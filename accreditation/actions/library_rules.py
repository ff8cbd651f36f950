"""What a team keeps in its library and no cycle: which rules for evidence hold for it, and what nobody looked at."""

from accreditation.actions.wording import FORBIDDEN
from accreditation.database import Session
from accreditation.records import clearances, cycles, editions, library_items
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import ENDED, Stage
from accreditation.rules.library import Version
from accreditation.scheme.process import EvidenceRules

RUNNING = tuple(stage for stage in Stage if stage not in ENDED)


def newest_cycle(session: Session, team_id: int) -> CycleNow | None:
    """The running cycle that the team began last; None where it has none."""
    return max(cycles.several(session, stages=RUNNING, team_id=team_id), key=lambda now: now.id, default=None)


def rules_of_team(session: Session, team_id: int) -> EvidenceRules:
    """The rules of the team's newest running cycle; those of a scheme that says nothing, where it has none."""
    now = newest_cycle(session, team_id)
    return FORBIDDEN if now is None else editions.scheme_of(session, now.edition_digest).evidence_rules


def never_looked_at(session: Session, team_id: int) -> list[Version]:
    """What the team keeps that stands as evidence nowhere, and that nobody looked at under whatever rules."""
    found = library_items.versions(session, clearances.unseen_of_team(session, team_id))
    return [version for _, version in sorted(found.items())]
