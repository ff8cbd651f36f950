"""How far a team is: answers, evidence, and the distance to every award with what stands in the way."""

from collections.abc import Collection, Iterable
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import Fault
from accreditation.records import answers, awards, clearances, library_items
from accreditation.records.answers import SelfRating
from accreditation.records.awards import GapReport
from accreditation.records.clearances import Stands
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.answering import missing_evidence
from accreditation.rules.award import Award, award
from accreditation.rules.clearance import STATE_MEANINGS, State, rules_digest, to_do
from accreditation.rules.dating import outdated_evidence
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.improvement import Improvement
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.scoring import Score, Standing, score
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.working import ScoreShown


class DomainProgress(Shown):
    """How many of a domain's criteria that apply are answered, and how many are met by the team's own answers."""

    domain: str
    title: str
    answered: int
    of: int
    met: int


class OutdatedEvidence(CriterionNamed):
    """A criterion whose required evidence is attached, but too old for a submission today."""

    because: str


class ClosedEvidence(Shown):
    """A file that is attached and that reviewers could not open: a submission lacks it, too."""

    evidence: int
    state: State
    meaning: str
    to_do: str


class EvidenceProgress(Shown):
    """How much of the evidence that is required is attached. `missing` and the rest is what a submission lacks."""

    attached: int
    required: int
    missing: tuple[CriterionNamed, ...]
    outdated: tuple[OutdatedEvidence, ...]
    closed: tuple[ClosedEvidence, ...]


class LimitShown(Shown):
    """A limit that would hold: the outcome it takes away, the best that is left, and why."""

    instead_of: str
    at_best: str
    because: str


class Gap(Shown):
    """What the team's own answers would give today, and what the higher outcomes lack."""

    outcome: str
    title: str
    awarded: bool
    judgement: bool = Field(description="Whether the rules are silent on such answers: then people decide.")
    limited: tuple[LimitShown, ...] = Field(description="Limits that take a higher outcome away.")
    scores: tuple[ScoreShown, ...] = Field(description="The scheme's own scores, by the team's answers.")
    stands_in_the_way: tuple[CriterionNamed, ...] = Field(description="What keeps the next higher outcome away.")
    improvements: tuple[Improvement, ...] = Field(
        description="For every higher outcome within reach, the nearest first: the fewest criteria to improve."
    )


class GapReported(Shown):
    """The engine's newest gap report: what it found, and when. `current` while no answer is newer."""

    outcome: str
    distance: int | None = Field(
        description="The fewest criteria to improve for the nearest award; null: none in reach."
    )
    at: datetime
    current: bool


class Progress(Shown):
    """How far a team is in its cycle."""

    cycle: int
    answered: int
    of: int
    standings: dict[Standing, int]
    domains: tuple[DomainProgress, ...]
    evidence: EvidenceProgress
    gap: Gap
    reported: GapReported | None = Field(description="What the self-assessment flow reported last.")


def progress(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Progress:
    """How far is this team? Worked out from what stands now, so it is never behind. Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_READ, cycle_id=cycle_id)
        rows = answers.self_ratings(session, [cycle_id])[cycle_id]
        given = {name: row.answer() for name, row in rows.items()}
        report = awards.newest_gaps(session, [cycle_id]).get(cycle_id)
        attached = library_items.shown(session, cycle_id)
        scheme, profile = looked.scheme, looked.now.profile
        scored = score(scheme=scheme, profile=profile, answers=given, by="team")
        lacking = missing_evidence(scheme=scheme, profile=profile, answers=given, attached=attached)
        outdated = outdated_evidence(
            scheme=scheme, profile=profile, answers=given, shown=attached, on=at.date(),
            holidays=holidays_of(scheme=scheme, profile=profile),
        )  # fmt: skip
        closed = clearances.closed(session, [cycle_id], rules_digest(scheme.evidence_rules))
    return Progress(
        cycle=cycle_id,
        answered=len(scored.applicable) - len(scored.standing(Standing.NOT_ANSWERED)),
        of=len(scored.applicable),
        standings={standing: len(scored.standing(standing)) for standing in Standing},
        domains=_domains(scored),
        evidence=_evidence(looked, attached, lacking, outdated, closed),
        gap=gap_of(looked, award(scored)),
        reported=None if report is None else _reported(report, rows.values()),
    )


def _domains(scored: Score) -> tuple[DomainProgress, ...]:
    shown = []
    for domain in scored.scheme.domains:
        standings = [scored.by_id[one.id].standing for one in domain.criteria if one.id in scored.by_id]
        answered = sum(standing is not Standing.NOT_ANSWERED for standing in standings)
        met = sum(standing is Standing.MET for standing in standings)
        if standings:
            shown.append(
                DomainProgress(domain=domain.id, title=domain.title, answered=answered, of=len(standings), met=met)
            )
    return tuple(shown)


def _evidence(
    looked: Looked,
    attached: Collection[str],
    missing: Iterable[Fault],
    outdated: Iterable[Fault],
    closed: Iterable[tuple[EvidenceItem, Stands]],
) -> EvidenceProgress:
    def criterion(fault: Fault) -> CriterionNamed:
        return named(looked, looked.scheme.by_id[fault.where.removeprefix("criterion ")])

    required = [criterion for criterion in looked.applicable if criterion.requires_evidence]
    return EvidenceProgress(
        attached=sum(criterion.id in attached for criterion in required),
        required=len(required),
        missing=tuple(criterion(fault) for fault in missing),
        outdated=tuple(OutdatedEvidence(**dict(criterion(fault)), because=fault.found) for fault in outdated),
        closed=tuple(
            ClosedEvidence(
                evidence=item.id or 0, state=one.state, meaning=STATE_MEANINGS[one.state], to_do=to_do(one.state)
            )
            for item, one in closed
        ),
    )


def _reported(report: GapReport, rows: Collection[SelfRating]) -> GapReported:
    current = all(row.at <= report.at for row in rows)
    return GapReported(outcome=report.outcome, distance=report.distance, at=report.at, current=current)


def gap_of(looked: Looked, found: Award) -> Gap:
    """What the rules find in the team's own answers, as it is shown."""
    return Gap(
        outcome=found.outcome, title=found.title, awarded=found.awarded, judgement=found.judgement,
        limited=tuple(
            LimitShown(instead_of=one.instead_of, at_best=one.at_best, because=one.because) for one in found.limited
        ),
        scores=tuple(
            ScoreShown(score=one.score, title=one.title, group=one.group, shown=one.shown, level=one.level)
            for one in found.scores
        ),
        stands_in_the_way=tuple(named(looked, looked.scheme.by_id[name]) for name in found.stands_in_the_way),
        improvements=found.improvements,
    )  # fmt: skip
