"""By which roles somebody reviews a service, or decides about it, now: who gives such a role says who judges."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from accreditation.records import colleagues, cycles, impartial, invitations, proposals, reviewers, teams, undecided
from accreditation.records.people import PersonDetail, RoleGrant, counts
from accreditation.rules.cycle import ENDED
from accreditation.rules.grants import Grant, Thing


def services_named(session: Session, name: str) -> set[int]:
    """The organisations, as they are now, in which whoever acts under this name has or had a role; none, for most."""
    query = (
        select(PersonDetail)
        .join(RoleGrant, col(RoleGrant.person_id) == PersonDetail.person_id)
        .where(col(RoleGrant.team_id).is_not(None) | col(RoleGrant.organisation_id).is_not(None), counts())
    )
    own = {one.person_id for one in session.exec(query) if one.acts_as == name}
    return set().union(*colleagues.services_of(session, own).values())


def judged_by(session: Session, grants: Iterable[Grant], *, organisations: Collection[int]) -> str | None:
    """The name of a service of these organisations that whoever holds these roles judges by them; None for none.

    A reviewer does who sits in the review team of a cycle that has not ended, is asked to or proposed for it; the
    committee does where a cycle waits for its decision or its answer to an appeal.
    """
    own = [team for several in teams.ids_of_organisations(session, organisations).values() for team in several]
    found = cycles.several(session, team_ids=own)
    waiting = {one.cycle: Thing(scheme=one.scheme, round=one.round) for one in undecided.awaits(session, found)}
    held = [*grants]
    numbers = {one.reviewer for one in held if one.reviewer is not None}
    running = {now.id: now.cycle.round_id for now in found if now.stage not in ENDED}
    judged = {cycle for cycle, about in waiting.items() if impartial.decides(held, about)}
    judged |= _reviewed(session, running, numbers) if numbers else set()
    return next((f"{now.team.name}, {now.organisation.name}" for now in found if now.id in judged), None)


def _reviewed(session: Session, running: dict[int, int], numbers: Collection[int]) -> set[int]:
    """Which of these cycles (each with its round) do these reviewers sit in, or are they asked or proposed for?"""
    seats = {(one.cycle_id, one.reviewer_id) for one, _ in reviewers.sitting(session, cycle_ids=running)}
    seats |= {(one.cycle_id, one.reviewer_id) for one, _ in invitations.open_ones(session, cycle_ids=running)}
    for number in set(running.values()):
        proposal = proposals.newest(session, number)
        if proposal is not None:
            proposed = proposals.seats(session, proposal.id or 0, cycle_ids=running)
            seats |= {(one.cycle_id, one.reviewer_id) for one in proposed}
    return {cycle for cycle, reviewer in seats if reviewer in numbers and cycle in running}
