"""How the cycles of a round ended: a line a team, and what stands in the way of the next level."""

import json
from datetime import date

from pydantic import BaseModel

from accreditation.database import Session
from accreditation.records import awards, cycles, editions
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
    """How do the cycles of this round stand, by id? For the college."""
    permit(principal, Permission.ROUND_READ)
    permit(principal, Permission.AWARD_READ)
    scheme = editions.scheme_of(session, cycles.get_round(session, round_id).edition_digest)
    found = cycles.several(session, round_id=round_id, limit=100_000)
    ids = [now.id for now in found]
    decided = awards.decisions(session, ids)
    worked = {cycle: json.loads(row.working) for cycle, row in awards.recommendations(session, ids).items()}
    told = []
    for now in found:
        decision, working = decided.get(now.id), worked.get(now.id, {})
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
