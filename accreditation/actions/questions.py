"""What a round's review teams depend on, read whole in one session: two equal readings have the same answer."""

from collections.abc import Sequence

from accreditation.database import Session
from accreditation.records import cycles, editions, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.rules import conflicts, matching
from accreditation.rules.cycle import Stage


def questions_of(session: Session, round_id: int) -> tuple[matching.Question, ...]:
    """What is to be matched: a question for each edition that waiting cycles run on, as each has its own seats.

    Most rounds have one; another comes where a cycle was carried over.
    """
    cycles.get_round(session, round_id)
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    by_edition: dict[str, list[CycleNow]] = {}
    for now in waiting:
        by_edition.setdefault(now.edition_digest, []).append(now)
    return tuple(_question(session, round_id, digest, own, waiting) for digest, own in sorted(by_edition.items()))


def _question(
    session: Session, round_id: int, digest: str, own: Sequence[CycleNow], waiting: Sequence[CycleNow]
) -> matching.Question:
    sitting = reviewers.sitting(session, round_id=round_id)
    others = {assignment.cycle_id for assignment, _ in sitting} | {now.id for now in waiting}
    others -= {now.id for now in own}
    return matching.Question(
        visits=tuple(_visit(now) for now in own),
        elsewhere=tuple(_visit(now) for now in cycles.several(session, ids=others)),
        reviewers=tuple(
            conflicts.Reviewer(
                id=row.id or 0,
                name=row.name,
                roles=row.role_set,
                organisation=row.organisation_id,
                capacity=row.capacity,
            )
            for row in reviewers.pool(session)
        ),
        seats=editions.scheme_of(session, digest).review_team,
        declared=tuple(
            conflicts.Declared(reviewer=row.reviewer_id, organisation=row.organisation_id, reason=row.reason)
            for row in reviewers.declared(session)
        ),
        already=tuple(matching.Seated(cycle=a.cycle_id, reviewer=a.reviewer_id, role=a.role) for a, _ in sitting),
    )


def _visit(now: CycleNow) -> conflicts.Visit:
    return conflicts.Visit(cycle=now.id, team_name=now.team.name, organisation=now.organisation.id or 0)
