"""One criterion of one's visit side by side: what it asks, what the team says and shows, and one's own review of it."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import answers, evidence_items, reviews
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.criterion import EvidenceAsked
from accreditation.scheme.model import Criterion
from accreditation.views.criteria import AnsweredCriterion, CriterionNamed, answered_criteria, named
from accreditation.views.evidence import EvidenceShown, shown_evidence
from accreditation.views.findings import FindingDraft, shown_drafts
from accreditation.views.indicators import IndicatorShown, shown_indicators
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.requests import RequestShown, shown_requests
from accreditation.views.seats import own_seat


class RatingOffered(Shown):
    """A rating of the reviewers' scale for this criterion."""

    rating: str
    title: str


class EvidenceLinked(EvidenceShown):
    """A file that answers this criterion, and where to read it."""

    link: str


class OneCriterion(CriterionNamed):
    """One criterion beside the team's answer and evidence, and the asking reviewer's own rating, findings, requests."""

    cycle: int
    statement: str
    guidance: str
    standard: str | None
    evidence_asked: tuple[EvidenceAsked, ...]
    scale: tuple[RatingOffered, ...] = Field(description="The reviewers' scale for it, the best first.")
    unit: str | None = Field(description="What is measured, where it is.")
    indicator: IndicatorShown | None = Field(
        description="What is reported of the team, and what the team says against it; null where nothing is measured."
    )
    team: AnsweredCriterion = Field(description="What the team says, with its note.")
    evidence: tuple[EvidenceLinked, ...]
    own: Answer
    version: int = Field(description="The `seen_version` that the next rating must carry; 0 where nothing is there.")
    handed_in_at: datetime | None
    findings: tuple[FindingDraft, ...] = Field(description="The reviewer's own findings on this criterion.")
    requests: tuple[RequestShown, ...] = Field(description="What the asker may see of what was asked on it.")
    before: str | None = Field(description="The criterion before it; null at the first.")
    after: str | None = Field(description="The criterion after it; null at the last.")


def one_criterion(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, at: datetime
) -> OneCriterion:
    """What does this reviewer need to see to rate this criterion? Nothing of any other reviewer before handing in.

    Raises NotFound for a cycle that is not theirs, and for a criterion that it does not have.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id)
        seat = own_seat(looked).id or 0
        names = [one.id for one in looked.applicable]
        if criterion not in names:
            raise NotFound(f"The cycle has no criterion {criterion}.")
        about, place = looked.scheme.by_id[criterion], names.index(criterion)
        own = answers.review_ratings(session, [seat], [criterion])[seat].get(criterion)
        return OneCriterion(
            **dict(named(looked, about)), cycle=cycle_id, statement=about.statement, guidance=about.guidance,
            standard=about.standard, evidence_asked=about.evidence, scale=_scale(looked, about),
            unit=getattr(about.measure, "unit", None), team=_team(looked, about),
            indicator=next(iter(shown_indicators(looked, criterion=criterion)), None),
            evidence=_evidence(looked, criterion),
            own=NOT_ANSWERED if own is None else own.answer(), version=0 if own is None else own.version,
            handed_in_at=reviews.handed_in(session, [seat]).get(seat),
            findings=shown_drafts(looked, seat=seat, criterion=criterion),
            requests=shown_requests(looked, at=at, criterion=criterion),
            before=names[place - 1] if place else None, after=names[place + 1] if place + 1 < len(names) else None,
        )  # fmt: skip


def _scale(looked: Looked, about: Criterion) -> tuple[RatingOffered, ...]:
    scale = looked.scheme.scale_of(about, "reviewer")
    return tuple(RatingOffered(rating=name, title=rating.title) for name, rating in scale.items())


def _team(looked: Looked, about: Criterion) -> AnsweredCriterion:
    given = answers.self_ratings(looked.session, [looked.cycle_id], [about.id])[looked.cycle_id]
    links = evidence_items.links(looked.session, looked.cycle_id)
    return next(one for one in answered_criteria(looked, given, links) if one.id == about.id)


def _evidence(looked: Looked, criterion: str) -> tuple[EvidenceLinked, ...]:
    return tuple(
        EvidenceLinked(**dict(shown), link=f"/api/evidence/{shown.id}/content")
        for shown in shown_evidence(looked)
        if criterion in shown.criteria
    )
