"""A published result as its team reads it: what was decided and why, what to put right by when, and an appeal."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records.reviews import settlements
from accreditation.rules.cycle import Move
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.rules.words import answer_words
from accreditation.views.awards import (
    DecisionShown,
    RecommendationShown,
    decision_of,
    look_at_result,
    recommendation_of,
)
from accreditation.views.looking import Looked, Shown
from accreditation.views.open_moves import open_moves
from accreditation.views.reported import ReportedFinding, reported_findings


class CriterionRated(Shown):
    """A criterion as the reviewers settled it, in words; `why` is their reason, empty where they gave none."""

    id: str
    title: str
    found: str
    why: str


class DomainRated(Shown):
    """The criteria of a domain that were settled."""

    title: str
    criteria: tuple[CriterionRated, ...]


class TeamResult(Shown):
    """The result, and everything that follows from it for its team."""

    decision: DecisionShown
    recommendation: RecommendationShown
    meaning: str = Field(description="What the outcome that stands means, as the public reads it.")
    titles: Mapping[str, str] = Field(description="Criterion -> its title.")
    outcomes: Mapping[str, str] = Field(description="Outcome -> its title.")
    findings: tuple[ReportedFinding, ...]
    rated: tuple[DomainRated, ...] = Field(description="What the reviewers found, by domain, with their reasons.")
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
            rated=_rated(looked),
            has_appeal=scheme.appeal is not None, appeals=Permission.APPEAL_LODGE in ROLE_TABLE[principal.role],
            may_appeal=any(one.move is Move.APPEAL for one in open_moves(looked, at=at)),
        )  # fmt: skip


def _rated(looked: Looked) -> tuple[DomainRated, ...]:
    """What the reviewers found: the version that stands, in the standard's order."""
    settled, scheme = settlements(looked.session, looked.cycle_id), looked.scheme
    rows = [(one, settled[one.id].answer()) for one in looked.applicable if one.id in settled]
    return tuple(
        DomainRated(
            title=domain.title,
            criteria=tuple(
                CriterionRated(
                    id=one.id, title=one.title, found=answer_words(answer, criterion=one, scheme=scheme),
                    why=answer.note,
                )
                for one, answer in rows
                if scheme.domain_of[one.id] == domain.id
            ),
        )
        for domain in scheme.domains
        if any(scheme.domain_of[one.id] == domain.id for one, _ in rows)
    )  # fmt: skip
