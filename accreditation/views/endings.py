"""How the cycles of a round ended: a line a team, and what stands in the way of the next level."""

import json
from datetime import date

from pydantic import BaseModel

from accreditation.database import Session
from accreditation.records import aftermath, awards, cycles, editions
from accreditation.rules.cycle import Stage
from accreditation.rules.improvement import Improvement
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


class Ending(BaseModel):
    """How one cycle stands at its end. `next_level` is the smallest improvement to the next higher outcome."""

    cycle_id: int
    team: str
    stage: Stage
    outcome: str | None
    title: str
    awarded: bool
    valid_until: date | None
    next_level: Improvement | None
    stands_in_the_way: tuple[str, ...]


def endings(session: Session, *, principal: Principal, round_id: int) -> list[Ending]:
    """How do the cycles of this round stand, by id, with the outcome that stands now? For the college."""
    permit(principal, Permission.ROUND_READ)
    permit(principal, Permission.AWARD_READ)
    cycles.get_round(session, round_id)
    found = cycles.several(session, round_id=round_id, limit=100_000)
    ids = [now.id for now in found]
    after = aftermath.aftermaths(session, awards.decisions(session, ids).values())
    worked = {cycle: json.loads(row.working) for cycle, row in awards.recommendations(session, ids).items()}
    told = []
    for now in found:
        decision, working = after[now.id].stands if now.id in after else None, worked.get(now.id, {})
        scheme = editions.scheme_of(session, now.edition_digest)
        outcome = None if decision is None else scheme.outcome(decision.outcome)
        improvements = [Improvement.model_validate(one) for one in working.get("improvements", ())]
        told.append(
            Ending(
                cycle_id=now.id, team=now.team.name, stage=now.stage, outcome=outcome and outcome.outcome,
                title="not decided" if outcome is None else outcome.title, awarded=bool(outcome and outcome.awarded),
                valid_until=None if decision is None else decision.valid_until,
                next_level=improvements[0] if improvements else None,
                stands_in_the_way=tuple(working.get("stands_in_the_way", ())),
            )
        )  # fmt: skip
    return told
