"""A published result as its team reads it: what was decided and why, what to put right by when, and an appeal."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.awards import (
    DecisionShown,
    RecommendationShown,
    decision_of,
    look_at_result,
    recommendation_of,
)
from accreditation.views.looking import Shown
from accreditation.views.open_moves import open_moves
from accreditation.views.reported import ReportedFinding, reported_findings


class TeamResult(Shown):
    """The result, and everything that follows from it for its team."""

    decision: DecisionShown
    recommendation: RecommendationShown
    meaning: str = Field(description="What the outcome that stands means, as the public reads it.")
    titles: Mapping[str, str] = Field(description="Criterion -> its title.")
    outcomes: Mapping[str, str] = Field(description="Outcome -> its title.")
    findings: tuple[ReportedFinding, ...]
    has_appeal: bool = Field(description="Whether the scheme knows an appeal.")
    may_appeal: bool = Field(description="Whether whoever asks can appeal now.")
    appeals: bool = Field(description="Whether whoever asks is somebody who appeals: the team's lead.")


def team_result(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> TeamResult:
    """What was decided on this team's cycle, and what follows? NotFound until it is published."""
    with database.reading() as session:
        looked = look_at_result(session, principal, cycle_id)
        decision, scheme = decision_of(looked), looked.scheme
        return TeamResult(
            decision=decision, recommendation=recommendation_of(looked),
            meaning=scheme.outcome(decision.stands.outcome).public_wording,
            titles={one.id: one.title for one in looked.applicable},
            outcomes={one.outcome: one.title for one in scheme.award}, findings=reported_findings(looked),
            has_appeal=scheme.appeal is not None, appeals=Permission.APPEAL_LODGE in ROLE_TABLE[principal.role],
            may_appeal=any(one.move is Move.APPEAL for one in open_moves(looked, at=at)),
        )  # fmt: skip
