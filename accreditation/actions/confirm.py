"""The college office confirms proposed review teams: whoever is new in them is asked, and so is the service."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.propose import by_office
from accreditation.actions.questions import questions_of
from accreditation.actions.seat import in_conflict
from accreditation.actions.telling import tell_asked
from accreditation.actions.vacate import end_assignment, end_invitations
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid, NotFound, Stale
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, invitations, jobs, proposals, reviewers, reviews
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Ending, Invitation
from accreditation.records.proposals import Proposal, ProposalConfirmation
from accreditation.records.reviewers import Left
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.hindering import broken, seeing
from accreditation.rules.matching import Seated
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposed import ProposedSeat
from accreditation.rules.proposing import Content, grouped
from accreditation.scheme.values import Period

NOT_WAITING = "it is not in this proposal, or does not wait for a review team"
"""What is found of a cycle that cannot be confirmed: somebody was faster, it went another way, or there is no such."""


def confirm(
    database: Database,
    *,
    principal: Principal,
    round_id: int,
    number: int,
    cycle_ids: Collection[int] | None = None,
    at: datetime,
) -> tuple[int, ...]:
    """Confirm the teams of the round's proposal with this number (of these cycles alone); which were not before?

    All of them, or none: an empty seat, a rule that the team has come to break, or a cycle that does not wait is
    Invalid, every one named. Raises Stale where a newer proposal stands. Confirming again changes nothing, also where
    the review has begun with the team since.
    """
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.writing() as session:
        proposal = standing(session, round_id, number=number)
        waiting = waiting_for_office(session, round_id)
        content = proposals.content_of(session, proposal, cycles=waiting)
        chosen = _chosen(session, proposal, content, cycle_ids)
        changed = [cycle for cycle in chosen if _differs(session, cycle, content.of([cycle]).seats)]
        faults = _faults(session, proposal, changed, content)
        if faults:
            raise Invalid(faults)
        for cycle in changed:
            desk = open_cycle(session, principal=principal, permission=Permission.REVIEW_ASSIGN, cycle_id=cycle, at=at)
            _confirm(desk, proposal, content.of([cycle]).seats)
        return tuple(changed)


def standing(session: Session, round_id: int, *, number: int) -> Proposal:
    """The proposal that stands in this round. Raises NotFound, and Stale where it has not this number."""
    cycles.get_round(session, round_id)
    row = proposals.newest(session, round_id)
    if row is None:
        raise NotFound(f"Nothing is proposed for round {round_id} yet: let the engine look for review teams first.")
    if row.number != number:
        raise Stale(
            f"Proposal {number} is not the newest any more: look at proposal {row.number} and decide on that.",
            where=f"proposal of round {round_id}", current_version=row.number, current=row.number,
        )  # fmt: skip
    return row


def waiting_for_office(session: Session, round_id: int) -> Mapping[int, CycleNow]:
    """The round's cycles that wait for a review team which the office confirms, by id."""
    waiting = cycles.several(session, round_id=round_id, stages=[Stage.ASSIGNMENT])
    return {now.id: now for now in waiting if by_office(session, now)}


def _chosen(
    session: Session, proposal: Proposal, waiting: Content, wanted: Collection[int] | None
) -> list[int]:  # fmt: skip
    """Which of the cycles that wait are to be confirmed? Raises Invalid naming each that neither waits nor is done."""
    there = waiting.cycles
    if wanted is None:
        return sorted(there)
    gone = {*wanted} - there
    seats = grouped(proposals.content_of(session, proposal, cycles=gone).seats) if gone else {}
    faults = [
        Fault(
            where=f"cycle {one}", found=NOT_WAITING,
            allowed=f"the cycles that wait are {', '.join(map(str, sorted(there))) or 'none'}",
        )
        for one in sorted(gone)
        if _differs(session, one, seats.get(one, ()))
    ]  # fmt: skip
    if faults:
        raise Invalid(faults)
    return sorted({*wanted} & there)


def _differs(session: Session, cycle: int, seats: Sequence[ProposedSeat]) -> bool:
    """Is the proposed team another than the one that stands, or was it never confirmed?"""
    return {(one.reviewer, one.role) for one in seats} != holders(session, cycle) or not seats


def holders(session: Session, cycle_id: int) -> set[tuple[int, str]]:
    """(reviewer, role) of everybody who sits in this cycle's team or is asked to."""
    sitting = [one for one, _ in reviewers.sitting(session, cycle_ids=[cycle_id])]
    asked = [one for one, _ in invitations.open_ones(session, cycle_ids=[cycle_id])]
    return {(one.reviewer_id, one.role) for one in sitting} | {(one.reviewer_id, one.role) for one in asked}


def _faults(session: Session, proposal: Proposal, ids: Collection[int], content: Content) -> list[Fault]:
    """What keeps the teams of these cycles from being confirmed, each with what to do?"""
    faults = [
        Fault(
            where=f"{one.team_name}, {one.role.replace('_', ' ')}",
            found=f"{one.missing} {'place is' if one.missing == 1 else 'places are'} empty: {one.why}",
            allowed="fill it first, or confirm the other teams alone by naming their cycles",
        )
        for one in content.empty
        if one.cycle in ids
    ]
    again = "propose again: what this proposal depends on has changed since"
    wrong = _broken(session, proposal, ids, content) or _in_conflict(session, ids, content)
    return [*faults, *(Fault(where="proposal", found=one, allowed=again) for one in wrong)]


def _broken(session: Session, proposal: Proposal, ids: Collection[int], content: Content) -> list[str]:
    """Which rules would these teams break as things stand now, beside every team that stands?

    Those that the office set aside in this proposal do not count.
    """
    waived = proposals.wishes_of(proposal).waived
    found: list[str] = []
    seen = reviews.handed_in_and_left(session, ids)
    for asked in questions_of(session, proposal.round_id):
        question = replace(asked, waived=waived)
        own = {visit.cycle for visit in question.visits} & {*ids}
        added = [
            Seated(cycle=one.cycle, role=one.role, reviewer=one.reviewer)
            for one in content.seats
            if one.cycle in own and one.seated not in question.already
        ]
        beside = [one for one in question.stays if one.cycle not in own]
        if own:
            found += seeing(asked=question, added=added, seen=seen)
            found += broken(asked=question, before=[*question.already, *beside], added=added)
    return found


def _in_conflict(session: Session, ids: Collection[int], content: Content) -> list[str]:
    """Who has a conflict of interest and is not seated yet? The facts are asked once more, whatever was matched on."""
    sits = {(one.cycle_id, one.reviewer_id) for one, _ in reviewers.sitting(session, cycle_ids=ids)}
    return in_conflict(session, {(one.cycle, one.reviewer) for one in content.seats if one.cycle in ids} - sits)


def _confirm(desk: Desk, proposal: Proposal, seats: Sequence[ProposedSeat]) -> None:
    """Ask whoever is new in the team, and nobody who is not in it any more."""
    desk.transition(Move.CONFIRM)
    by, wanted = desk.principal.name, {(one.reviewer, one.role) for one in seats}
    asked = [one for one, _ in invitations.open_ones(desk.session, cycle_ids=[desk.cycle_id])]
    dropped = [one for one in asked if (one.reviewer_id, one.role) not in wanted]
    end_invitations(desk.session, dropped, how=Ending.CHANGED, by=by, at=desk.at)
    for one, _ in reviewers.sitting(desk.session, cycle_ids=[desk.cycle_id]):
        if (one.reviewer_id, one.role) not in wanted:
            end_assignment(desk.session, one, how=Left.GIVEN_UP, by=by, at=desk.at)
    standing_now = holders(desk.session, desk.cycle_id)
    new = [one for one in seats if (one.reviewer, one.role) not in standing_now]
    _invite(desk, proposal, new)
    desk.session.add(ProposalConfirmation(proposal_id=proposal.id or 0, cycle_id=desk.cycle_id, by=by, at=desk.at))
    desk.session.flush()
    team: list[Detail] = [{"reviewer": one.reviewer, "role": one.role, "how": one.how} for one in seats]
    detail: dict[str, Detail] = {
        "proposal": proposal.number,
        "team": team,
        "asked": [one.reviewer for one in new],
        "no_longer_asked": [one.reviewer_id for one in dropped],
    }
    desk.enter("review:confirm", detail)


def _invite(desk: Desk, proposal: Proposal, new: Sequence[ProposedSeat]) -> None:
    """Ask these reviewers, and the service about them; the engine sees to it that the time to answer has an end."""
    rules = desk.scheme.assignment
    service = _until(desk, None if rules.service_answers is None else rules.service_answers.within)
    reviewer = _until(desk, None if rules.reviewer_answers is None else rules.reviewer_answers.within)
    asked = [
        Invitation(
            cycle_id=desk.cycle_id, reviewer_id=one.reviewer, proposal_id=proposal.id or 0, role=one.role, why=one.why,
            service_until=service, reviewer_until=reviewer, at=desk.at,
        )
        for one in new
    ]  # fmt: skip
    desk.session.add_all(asked)
    desk.session.flush()
    tell_asked(desk, asked, proposal)
    desk.follow_up(jobs.Kind.ANSWERS)


def _until(desk: Desk, within: Period | None) -> datetime | None:
    off = holidays_of(scheme=desk.scheme, profile=desk.now.profile)
    return None if within is None else within.after(desk.at, holidays=off)
