"""How the review teams stand that the office confirms: who is proposed, who is asked, and who has answered what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from accreditation.records import invitations, proposals, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Invitation, SeatAnswer, Side
from accreditation.records.reviewers import Assignment, Reviewer
from accreditation.rules.beginning import ANSWERS, Asked, still_lacking
from accreditation.rules.matching import Unfilled
from accreditation.rules.proposed import ProposedSeat
from accreditation.rules.proposing import Content, grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTeam:
    """The team as the newest proposal has it, who stands already, and what it lacks before it may begin."""

    seats: tuple[ProposedSeat, ...]
    empty: tuple[Unfilled, ...]
    sitting: tuple[tuple[Assignment, Reviewer], ...]
    asked: tuple[tuple[Invitation, Reviewer], ...]
    answers: Mapping[int, Mapping[Side, SeatAnswer]]
    lacking: tuple[str, ...]

    @property
    def confirmed(self) -> bool:
        """Is the proposed team the one that the office confirmed?"""
        standing = {(one.reviewer_id, one.role) for one, _ in self.sitting}
        standing |= {(one.reviewer_id, one.role) for one, _ in self.asked}
        return bool(self.seats) and standing == {(one.reviewer, one.role) for one in self.seats}


def as_proposed(seats: Sequence[ProposedSeat], empty: Sequence[Unfilled]) -> ProposedTeam:
    """A team as it was proposed, whatever came of it."""
    return ProposedTeam(seats=tuple(seats), empty=tuple(empty), sitting=(), asked=(), answers={}, lacking=())


def proposed_team(session: Session, now: CycleNow) -> ProposedTeam:
    """How does the review team of this cycle stand?"""
    return proposed_teams(session, round_id=now.cycle.round_id, several=[now])[now.id]


def proposed_teams(session: Session, *, round_id: int, several: Sequence[CycleNow]) -> dict[int, ProposedTeam]:
    """Cycle -> how its review team stands, for these cycles of one round; a few statements, however many they are."""
    proposal = proposals.newest(session, round_id)
    ids = [now.id for now in several]
    content = Content() if proposal is None else proposals.content_of(session, proposal, cycles=ids)
    seats, empty = grouped(content.seats), grouped(content.empty)
    sitting: dict[int, list[tuple[Assignment, Reviewer]]] = {}
    for seat in reviewers.sitting(session, cycle_ids=ids):
        sitting.setdefault(seat[0].cycle_id, []).append(seat)
    asked: dict[int, list[tuple[Invitation, Reviewer]]] = {}
    for invitation in invitations.open_ones(session, cycle_ids=ids):
        asked.setdefault(invitation[0].cycle_id, []).append(invitation)
    answers = invitations.answers(session, [one.id or 0 for rows in asked.values() for one, _ in rows])
    return {
        cycle: _team(
            Content(seats=seats.get(cycle, ()), empty=empty.get(cycle, ())),
            sitting.get(cycle, []),
            asked.get(cycle, []),
            answers,
        )
        for cycle in ids
    }


def _team(
    content: Content,
    sitting: Sequence[tuple[Assignment, Reviewer]],
    asked: Sequence[tuple[Invitation, Reviewer]],
    answers: Mapping[int, Mapping[Side, SeatAnswer]],
) -> ProposedTeam:
    return ProposedTeam(
        seats=content.seats,
        empty=content.empty,
        sitting=tuple(sitting),
        asked=tuple(asked),
        answers={one.id or 0: answers[one.id or 0] for one, _ in asked},
        lacking=still_lacking(
            proposed={(one.reviewer, one.role) for one in content.seats},
            empty=sum(one.missing for one in content.empty),
            sitting={(one.reviewer_id, one.role) for one, _ in sitting},
            invited=[_asked(one, who, answers[one.id or 0]) for one, who in asked],
        ),
    )


def _asked(one: Invitation, who: Reviewer, said: Mapping[Side, SeatAnswer]) -> Asked:
    service, reviewer = said.get(Side.SERVICE), said.get(Side.REVIEWER)
    return Asked(
        name=who.name,
        reviewer=one.reviewer_id,
        role=one.role,
        service_asked=one.service_until is not None,
        reviewer_asked=one.reviewer_until is not None,
        service_said=None if service is None else ANSWERS[service.said],
        reviewer_said=None if reviewer is None else ANSWERS[reviewer.said],
    )
