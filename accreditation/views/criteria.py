"""The criteria that apply to a cycle, each with what the team answered and what is attached to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers, evidence_items
from accreditation.records.answers import SelfRating
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.scoring import Standing, score_one
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.model import Criterion
from accreditation.views.looking import Looked, Shown, look


class CriterionNamed(Shown):
    """A criterion by its id and title, its type and its domain."""

    id: str
    title: str
    type: str
    domain: str


class AnsweredCriterion(CriterionNamed):
    """A criterion with the team's answer. `version` is what the next answer must have seen (0: nothing yet)."""

    answer: Answer
    version: int = Field(description="The `seen_version` that the next answer must carry; 0 where nothing is there.")
    answered_by: str | None
    answered_at: datetime | None
    source: str = Field(description="Where a measured answer was published; empty where the team gave it.")
    standing: Standing
    why: str
    evidence: tuple[int, ...] = Field(description="Ids of the evidence attached to it.")
    evidence_required: bool


class SelfAssessment(Shown):
    """What a team answered to every criterion that applies to it."""

    cycle: int
    criteria: tuple[AnsweredCriterion, ...]


def self_assessment(database: Database, *, principal: Principal, cycle_id: int) -> SelfAssessment:
    """What did the team of this cycle answer? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_READ, cycle_id=cycle_id)
        given = answers.self_ratings(session, [cycle_id])[cycle_id]
        links = evidence_items.links(session, cycle_id)
        return SelfAssessment(cycle=cycle_id, criteria=answered_criteria(looked, given, links))


def answered_criteria(
    looked: Looked, given: Mapping[str, SelfRating], links: Mapping[str, Sequence[int]]
) -> tuple[AnsweredCriterion, ...]:
    """Every criterion that applies, in the order of the standard, with its answer and its evidence."""
    return tuple(
        _answered(looked, criterion, given.get(criterion.id), links.get(criterion.id, ()))
        for criterion in looked.applicable
    )


def named(looked: Looked, criterion: Criterion) -> CriterionNamed:
    """The criterion by its id and title, its type and its domain."""
    return CriterionNamed(
        id=criterion.id, title=criterion.title, type=criterion.type, domain=looked.scheme.domain_of[criterion.id]
    )


def _answered(
    looked: Looked, criterion: Criterion, row: SelfRating | None, evidence: Sequence[int]
) -> AnsweredCriterion:
    answer = NOT_ANSWERED if row is None else row.answer()
    scored = score_one(criterion=criterion, answer=answer, scheme=looked.scheme, by="team")
    return AnsweredCriterion(
        **dict(named(looked, criterion)),
        answer=answer, version=0 if row is None else row.version,
        answered_by=None if row is None else row.by, answered_at=None if row is None else row.at,
        source="" if row is None else row.source, standing=scored.standing, why=scored.why,
        evidence=tuple(evidence), evidence_required=criterion.requires_evidence,
    )  # fmt: skip
