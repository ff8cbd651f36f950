"""Which rules for evidence hold for what a team keeps in its library, where no cycle says it."""

from accreditation.actions.wording import FORBIDDEN
from accreditation.database import Session
from accreditation.records import cycles, editions
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import ENDED, Stage
from accreditation.scheme.process import EvidenceRules

RUNNING = tuple(stage for stage in Stage if stage not in ENDED)


def newest_cycle(session: Session, team_id: int) -> CycleNow | None:
    """The running cycle that the team began last; None where it has none."""
    return max(cycles.several(session, stages=RUNNING, team_id=team_id), key=lambda now: now.id, default=None)


def rules_of_team(session: Session, team_id: int) -> EvidenceRules:
    """The rules of the team's newest running cycle; those of a scheme that says nothing, where it has none."""
    now = newest_cycle(session, team_id)
    return FORBIDDEN if now is None else editions.scheme_of(session, now.edition_digest).evidence_rules
