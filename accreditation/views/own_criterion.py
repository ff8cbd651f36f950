"""One criterion before the eyes of its team: what it asks, who answered what and when, and what is said of it."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import answers, colleagues, cycles, editions, evidence_items
from accreditation.records.colleagues import CriterionHolder, InTeam
from accreditation.records.cycles import CycleNow
from accreditation.records.reviews import settlements
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.indicators.asked import asked_words
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.criterion import EvidenceAsked
from accreditation.scheme.model import AuditLevel, Criterion, Scheme, Threshold
from accreditation.scheme.scale import ScaleRating
from accreditation.views.criteria import AnsweredCriterion, CriterionNamed, answered_criteria, named
from accreditation.views.evidence import EvidenceShown, shown_evidence
from accreditation.views.indicators import IndicatorShown, shown_indicators
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.requests import RequestShown, shown_requests


class Asked(Shown):
    """How the criterion is answered: on a scale, by a number in a unit, by many numbers, or by an audit's level."""

    scale: dict[str, ScaleRating] = Field(description="Empty where it is measured.")
    unit: str = Field(description="Of the number, or of the numbers; empty elsewhere.")
    steps: tuple[str, ...] = Field(description="Where each of many numbers stands: ward, quarter. Empty for one.")
    benchmark: bool = Field(description="Whether a benchmark stands beside each number.")
    levels: tuple[str, ...] = Field(description="The audit's levels; empty elsewhere.")
    threshold: str = Field(description="What is asked of the number or the level, in words; empty on a scale.")
    period: str
    not_applicable: bool = Field(description="Whether it can be said not to apply.")
    too_few: bool = Field(description="Whether it can be said that there are too few cases.")


class VersionGiven(Shown):
    """One version of the team's answer."""

    version: int
    answer: Answer
    by: str
    at: datetime
    source: str


class Before(Shown):
    """What the team answered to the criterion of this name in its cycle before this one."""

    round: str
    answer: Answer
    answered_at: datetime
    settled: Answer | None = Field(description="What was settled after the review; null where nothing is published.")
    scale: dict[str, ScaleRating]
    same: bool = Field(description="Whether the criterion was worded just so.")


class CommentShown(Shown):
    """What somebody of the team said to the others."""

    text: str
    by: str
    at: datetime


class Colleague(Shown):
    """Somebody of the team; `grant` is their role in it, by which they are chosen. 0 where they have none any more."""

    person: int
    grant: int
    name: str


class OwnCriterion(CriterionNamed):
    """One criterion, whole, for its team."""

    cycle: int
    number: int = Field(description="The how-manieth of the criteria that apply it is, from 1.")
    of: int
    domain_title: str
    type_title: str
    type_meaning: str
    statement: str
    guidance: str
    evidence_asked: tuple[EvidenceAsked, ...]
    asked: Asked
    moves: frozenset[Move] = Field(description="What the asker can do with the cycle now.")
    ended: bool
    team: AnsweredCriterion
    indicator: IndicatorShown | None
    evidence: tuple[EvidenceShown, ...]
    requests: tuple[RequestShown, ...]
    before_now: Before | None
    history: tuple[VersionGiven, ...] = Field(description="Every version of the answer, the newest first.")
    comments: tuple[CommentShown, ...]
    holder: Colleague | None
    colleagues: tuple[Colleague, ...]
    previous: str | None
    next: str | None


def own_criterion(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, at: datetime
) -> OwnCriterion:
    """What does somebody of the team need to see to answer this criterion? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_SHARE, cycle_id=cycle_id)
        names = [one.id for one in looked.applicable]
        if criterion not in names:
            raise NotFound(f"The cycle has no criterion {criterion}.")
        about, place = looked.scheme.by_id[criterion], names.index(criterion)
        kind, rows = looked.scheme.types[about.type], answers.versions(session, cycle_id, criterion)
        people = _people(looked)
        return OwnCriterion(
            **dict(named(looked, about)), cycle=cycle_id, number=place + 1, of=len(names),
            domain_title=next(one.title for one in looked.scheme.domains if about in one.criteria),
            type_title=kind.title, type_meaning=kind.meaning, statement=about.statement, guidance=about.guidance,
            evidence_asked=about.evidence, asked=asked_of(looked.scheme, about),
            moves=frozenset(one.move for one in open_moves(looked, at=at)),
            ended=looked.now.stage in (Stage.PUBLISHED, Stage.WITHDRAWN),
            team=_answered(looked, about, rows),
            indicator=next(iter(shown_indicators(looked, criterion=criterion)), None),
            evidence=tuple(one for one in shown_evidence(looked) if criterion in one.criteria),
            requests=shown_requests(looked, at=at, criterion=criterion),
            before_now=_before(looked, about),
            history=tuple(
                VersionGiven(version=row.version, answer=row.answer(), by=row.by, at=row.at, source=row.source)
                for row in reversed(rows)
            ),
            comments=tuple(
                CommentShown(text=row.text, by=row.by, at=row.at)
                for row in colleagues.comments(session, cycle_id, criterion)
            ),
            holder=_holder(looked, colleagues.holders(session, cycle_id).get(criterion), people),
            colleagues=tuple(Colleague(person=one.person_id, grant=one.grant_id, name=one.name) for one in people),
            previous=names[place - 1] if place else None, next=names[place + 1] if place + 1 < len(names) else None,
        )  # fmt: skip


def asked_of(scheme: Scheme, about: Criterion) -> Asked:
    """How is this criterion answered by the team?"""
    measure = about.measure
    threshold = measure if isinstance(measure, Threshold) else None
    return Asked(
        scale={} if measure is not None else scheme.scale_of(about, "team"),
        unit="" if threshold is None else threshold.unit,
        steps=() if threshold is None else tuple(step.each for step in threshold.series),
        benchmark=bool(threshold and threshold.series and threshold.bound and threshold.bound[1] == "benchmark"),
        levels=scheme.audits[measure.audit].levels if isinstance(measure, AuditLevel) else (),
        threshold=asked_words(about), period="" if threshold is None else threshold.period,
        not_applicable=about.can_be_not_applicable, too_few=measure is not None,
    )  # fmt: skip


def _answered(looked: Looked, about: Criterion, rows: Sequence[answers.SelfRating]) -> AnsweredCriterion:
    links = evidence_items.links(looked.session, looked.cycle_id)
    given = {about.id: rows[-1]} if rows else {}
    return next(one for one in answered_criteria(looked, given, links) if one.id == about.id)


def _before(looked: Looked, about: Criterion) -> Before | None:
    """The answer in the team's last cycle in this scheme before this one, where it was asked and answered there."""
    last = cycles.before(looked.session, looked.now)
    if last is None:
        return None
    given = answers.self_ratings(looked.session, [last.id], [about.id])[last.id].get(about.id)
    scheme = editions.scheme_of(looked.session, last.edition_digest)
    then = scheme.by_id.get(about.id)
    if given is None or then is None or given.answer() == NOT_ANSWERED:
        return None
    return Before(
        round=last.round.name, answer=given.answer(), answered_at=given.at,
        settled=_settled(looked, last, about.id),
        scale=scheme.scale_of(then, "team") | scheme.scale_of(then, "reviewer"),
        same=then.statement == about.statement,
    )  # fmt: skip


def _settled(looked: Looked, last: CycleNow, criterion: str) -> Answer | None:
    if last.stage is not Stage.PUBLISHED:
        return None
    row = settlements(looked.session, last.id).get(criterion)
    return None if row is None else row.answer()


def _people(looked: Looked) -> list[InTeam]:
    organisation = looked.now.organisation.id or 0
    return colleagues.of_team(looked.session, team_id=looked.now.cycle.team_id, organisation_id=organisation)


def _named(looked: Looked, person: int) -> str:
    return colleagues.names(looked.session, [person], team_id=looked.now.cycle.team_id)[person]


def _holder(looked: Looked, row: CriterionHolder | None, people: Sequence[InTeam]) -> Colleague | None:
    """Who looks after it; who has left the team since is still named."""
    if row is None or row.person_id is None:
        return None
    known = next((one for one in people if one.person_id == row.person_id), None)
    if known is None:
        return Colleague(person=row.person_id, grant=0, name=_named(looked, row.person_id))
    return Colleague(person=row.person_id, grant=known.grant_id, name=known.name)
