"""A round at a glance: where its cycles stand, what most teams miss, how far they are from an award."""

from collections import Counter
from collections.abc import Mapping

from pydantic import BaseModel

from accreditation.database import Session
from accreditation.records import answers, awards, cycles, editions
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.scoring import Standing, score
from accreditation.scheme.model import AuditLevel, Criterion, Scheme


class CriterionMissed(BaseModel):
    """How one criterion stands over all teams of a round. `needed` is the level of the audit that it asks for."""

    criterion: str
    title: str
    type: str
    needed: str
    standings: Mapping[Standing, int]

    @property
    def missed(self) -> int:
        """How many teams do not meet it."""
        return self.standings.get(Standing.NOT_MET, 0)


class RoundGaps(BaseModel):
    """What the teams of a round miss, by their own and by published answers.

    `distances` counts teams by the least number of criteria they are away from the nearest award (None where
    none can be reached); `missed_of_measured` by how many of the audit's criteria they do not meet.
    """

    teams: int
    stages: Mapping[Stage, int]
    measured: list[CriterionMissed]
    distances: Mapping[int | None, int]
    missed_of_measured: Mapping[int, int]


def round_gaps(session: Session, *, principal: Principal, round_id: int) -> RoundGaps:
    """What do the teams of this round miss?"""
    permit(principal, Permission.ROUND_READ)
    round_ = cycles.get_round(session, round_id)
    scheme = editions.scheme_of(session, round_.edition_digest)
    found = cycles.several(session, round_id=round_id, limit=100_000)
    given = answers.self_ratings(session, [now.id for now in found])
    standing: dict[str, Counter[Standing]] = {criterion.id: Counter() for criterion in _measured(scheme)}
    missed: Counter[int] = Counter()
    for now in found:
        scored = score(
            scheme=scheme,
            profile=now.profile,
            answers={name: row.answer() for name, row in given[now.id].items()},
            by="team",
        )
        for one in scored.scored:
            if one.criterion in standing:
                standing[one.criterion][one.standing] += 1
        missed[sum(scored.by_id[name].standing is Standing.NOT_MET for name in standing if name in scored.by_id)] += 1
    gaps = awards.newest_gaps(session, [now.id for now in found])
    return RoundGaps(
        teams=len(found),
        stages=cycles.stage_counts(session, round_id),
        measured=[_told(scheme, name, counts) for name, counts in standing.items()],
        distances=Counter(row.distance for row in gaps.values()),
        missed_of_measured=missed,
    )


def _measured(scheme: Scheme) -> list[Criterion]:
    """The criteria that are measured by a published audit."""
    return [criterion for criterion in scheme.criteria if isinstance(criterion.measure, AuditLevel)]


def _told(scheme: Scheme, name: str, counts: Mapping[Standing, int]) -> CriterionMissed:
    criterion = scheme.by_id[name]
    needed = criterion.measure.level if isinstance(criterion.measure, AuditLevel) else ""
    return CriterionMissed(
        criterion=name, title=criterion.title, type=scheme.types[criterion.type].title, needed=needed, standings=counts
    )
