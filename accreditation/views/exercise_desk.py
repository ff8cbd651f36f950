"""From which completed cases can the office make a practice exercise?"""

from accreditation.database import Database
from accreditation.records import calibration, cycles, editions
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.calibration import ExerciseDraft, exercise_draft
from accreditation.views.looking import Shown

MOST_CASES = 200
"""So many cases are offered, the newest first."""


class CaseOffered(Shown):
    """A case whose result is published."""

    cycle: int
    team: str
    organisation: str
    scheme: str
    round: str


def cases(database: Database, *, principal: Principal) -> tuple[CaseOffered, ...]:
    """Which cases are completed, the newest first?"""
    permit(principal, Permission.CALIBRATION_MAKE)
    with database.reading() as session:
        rounds = {row.id: row.name for row in cycles.rounds(session)}
        names = editions.names(session)
        found = cycles.newest(session, stage=Stage.PUBLISHED, limit=MOST_CASES)
        return tuple(
            CaseOffered(
                cycle=now.id, team=now.team.name, organisation=now.organisation.name,
                scheme=names[now.edition_digest][0], round=rounds[now.cycle.round_id],
            )
            for now in found
        )  # fmt: skip


class DraftDesk(Shown):
    """A draft with the scheme whose words its answers are read in."""

    draft: ExerciseDraft
    scheme: Scheme


def draft_desk(database: Database, *, principal: Principal, exercise_id: int) -> DraftDesk:
    """What would leave the office with this exercise? Raises NotFound."""
    draft = exercise_draft(database, principal=principal, exercise_id=exercise_id)
    with database.reading() as session:
        digest = calibration.get(session, exercise_id).edition_digest
        return DraftDesk(draft=draft, scheme=editions.scheme_of(session, digest))
