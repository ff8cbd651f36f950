"""Seat a review team and let the review begin: where the engine finds it, or once all who are asked agree."""

from collections.abc import Collection
from typing import Protocol

from accreditation.actions.desk import Desk
from accreditation.actions.vacate import end_invitations
from accreditation.database import Session
from accreditation.errors import Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, invitations, jobs, reviewers
from accreditation.records.conflicts_since import conflicts_now
from accreditation.records.invitations import Ending
from accreditation.records.reviewers import Assignment
from accreditation.rules.conflicts import since_words
from accreditation.rules.cycle import Move


class Member(Protocol):
    """Somebody who is to sit in the team: in which role, and why."""

    @property
    def reviewer(self) -> int: ...  # noqa: D102  (the protocol's docstring says it)
    @property
    def role(self) -> str: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102


def seat(desk: Desk, team: Collection[Member]) -> None:
    """Seat those of the team who do not sit yet, and let the review begin. Whoever was asked is asked no more.

    Raises Invalid where somebody who is new in the team has a conflict of interest with the service.
    """
    sitting = reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id])
    asked = invitations.open_ones(desk.session, cycle_ids=[desk.cycle_id])
    seated = {(assignment.reviewer_id, assignment.role) for assignment, _ in sitting}
    _check_new(desk, {one.reviewer for one in team} - {reviewer for reviewer, _ in seated})
    desk.session.add_all(
        Assignment(cycle_id=desk.cycle_id, reviewer_id=one.reviewer, role=one.role, why=one.why, at=desk.at)
        for one in team
        if (one.reviewer, one.role) not in seated
    )
    end_invitations(desk.session, [one for one, _ in asked], how=Ending.SEATED, by=desk.principal.name, at=desk.at)
    desk.session.flush()
    jobs.no_longer(desk.session, kind=jobs.Kind.ANSWERS, subject=desk.cycle_id, at=desk.at)
    desk.go(Move.ASSIGN)
    told: list[Detail] = [{"reviewer": one.reviewer, "role": one.role, "why": one.why} for one in team]
    desk.enter("review:assign", {"team": told})


def in_conflict(session: Session, seats: Collection[tuple[int, int]]) -> list[str]:
    """Who of these (cycle, reviewer) has a conflict of interest with the service by now, and of which kind?"""
    return [
        f"{reviewers.get(session, reviewer).name} cannot sit in {cycles.now(session, cycle).team.name}: "
        f"{since_words(found)}"
        for (cycle, reviewer), found in conflicts_now(session, seats).items()
    ]


def _check_new(desk: Desk, new: Collection[int]) -> None:
    """Has nobody a conflict of interest who is to be seated? The last look before a review begins. Raises Invalid."""
    wrong = in_conflict(desk.session, {(desk.cycle_id, one) for one in new})
    if wrong:
        allowed = "somebody without a conflict of interest: take them off this visit and let the engine propose again"
        raise Invalid([Fault(where="review team", found=one, allowed=allowed) for one in wrong])
