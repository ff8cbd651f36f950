"""Two organisations become one, as trusts do: teams, employers, conflicts and facts follow."""

from collections import defaultdict
from contextlib import suppress
from datetime import datetime

from pydantic import BaseModel

from accreditation.actions.desk import enter, look_again
from accreditation.actions.impartial import check_who_leaves
from accreditation.actions.leaving import leave_in_conflict
from accreditation.actions.wording import check_reason
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, peers, reviewer_facts, reviewers, teams
from accreditation.records.reviewers import DeclaredConflict
from accreditation.records.teams import Organisation, OrganisationMerger, Team
from accreditation.rules import conflicts
from accreditation.rules.cycle import ENDED
from accreditation.rules.named import same_name
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


class Merged(BaseModel):
    """What a merger moved, by ids, and what became of seats that it put in conflict.

    `left` are cycles whose review team somebody left who may not sit in it any more: by employer, network, past
    employment or a declared conflict; `stands` those for which they had handed in: that review stands, and people
    decide what becomes of it. `both_ways` says, in words for the office, of which seats it is true now that the staff
    of two organisations visit each other in one round: nobody leaves these by themselves.
    """

    new: bool
    teams: tuple[int, ...] = ()
    reviewers: tuple[int, ...] = ()
    conflicts: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    stands: tuple[int, ...] = ()
    both_ways: tuple[str, ...] = ()


def merge_organisations(
    database: Database, *, principal: Principal, organisation_id: int, into_id: int, reason: str,
    preview: bool = False, at: datetime,
) -> Merged:  # fmt: skip
    """One organisation becomes part of another: its teams, its staff and conflicts with it are the other's from now on.

    Whoever so comes to sit in a review team in which they may not (of their own employer, of their network, of one they
    worked at or declared a conflict with) leaves it where they have not handed in, and the engine looks for others. The
    same merger again changes nothing. A preview says the same and keeps nothing. Raises NotFound for an organisation
    that does not exist, Contradiction where one is part of another already, or where both have a team of one name, and
    NotPermitted for an office of whose own service a reviewer would leave by it.
    """
    permit(principal, Permission.ORGANISATION_MERGE)
    check_reason(reason)
    looked = _Looked()
    with suppress(_Looked), database.writing() as session:
        for number in (organisation_id, into_id):
            if session.get(Organisation, number) is None:
                raise NotFound(f"There is no organisation {number}.")
        if teams.successors(session).get(organisation_id) == into_id:
            return Merged(new=False)
        _check(session, organisation_id=organisation_id, into_id=into_id)
        session.add(
            OrganisationMerger(
                organisation_id=organisation_id, into_id=into_id, reason=reason.strip(), by=principal.name, at=at
            )
        )
        moved = _move(session, principal=principal, organisation_id=organisation_id, into_id=into_id, at=at)
        if preview:
            looked.merged = moved
            raise looked  # what was worked out is rolled back
        detail: dict[str, Detail] = {
            "into": into_id, "reason": reason.strip(), "teams": list(moved.teams), "reviewers": list(moved.reviewers),
            "conflicts": list(moved.conflicts), "left_cycles": list(moved.left), "handed_in_before": list(moved.stands),
        }  # fmt: skip
        subject = f"organisation:{organisation_id}"
        enter(session, at=at, by=principal, action="organisation:merge", subject=subject, detail=detail)
        look_again(session, at=at)
        return moved
    return looked.merged


class _Looked(Exception):
    """It was a preview: what the merger would do is known, and nothing of it is to be kept."""

    merged = Merged(new=False)


def _check(session: Session, *, organisation_id: int, into_id: int) -> None:
    """Can the one become part of the other?"""
    if organisation_id == into_id:
        raise Contradiction("An organisation cannot become part of itself: name another.")
    into = teams.successors(session)
    for number in (organisation_id, into_id):
        if number in into:
            raise Contradiction(
                f"Organisation {number} is part of organisation {into[number]} already: name that one instead."
            )
    own = {_plain(team) for team in teams.of_organisation(session, organisation_id)}
    both = [one for one in teams.of_organisation(session, into_id) if _plain(one) in own]
    if both:
        names = ", ".join(f"'{team.name}' ({team.service_line})" for team in both)
        raise Contradiction(
            f"Both organisations have a team {names}; nobody could tell them apart. Withdraw one of them first, or "
            "import it under another name."
        )


def _plain(team: Team) -> tuple[str, str]:
    return same_name(team.name), same_name(team.service_line)


def _move(session: Session, *, principal: Principal, organisation_id: int, into_id: int, at: datetime) -> Merged:
    own = teams.of_organisation(session, organisation_id)
    pool = reviewers.pool(session)
    staff = [row for row in pool if row.organisation_id == organisation_id]
    for moved in (*own, *staff):
        moved.organisation_id = into_id
        session.add(moved)
    new = _declare(session, principal=principal, organisation_id=organisation_id, into_id=into_id, at=at)
    facts = reviewer_facts.facts_of(session)
    for number, one in facts.items():
        if organisation_id in one.organisations:
            moved_facts = one.moved({organisation_id: into_id})
            reviewer_facts.state(session, reviewer_id=number, facts=moved_facts, by=principal.name, at=at)
    session.flush()
    left, stands = leave_in_conflict(session, by=principal.name, concerning=[into_id], at=at)
    check_who_leaves(session, left, principal=principal)
    return Merged(
        new=True, teams=tuple(team.id or 0 for team in own), reviewers=tuple(row.id or 0 for row in staff),
        conflicts=tuple(new), left=tuple(left), stands=tuple(stands), both_ways=_both_ways(session, into_id),
    )  # fmt: skip


def _declare(session: Session, *, principal: Principal, organisation_id: int, into_id: int, at: datetime) -> list[int]:
    """Conflicts with the one are conflicts with the other; says whose are new. Both declarations stay kept."""
    declared = reviewers.declared(session)
    known = {one.reviewer_id for one in declared if one.organisation_id == into_id}
    new = [one for one in declared if one.organisation_id == organisation_id and one.reviewer_id not in known]
    session.add_all(
        DeclaredConflict(
            reviewer_id=one.reviewer_id, organisation_id=into_id, reason=one.reason, by=principal.name, at=at
        )
        for one in new
    )
    return sorted(one.reviewer_id for one in new)


def _both_ways(session: Session, organisation_id: int) -> tuple[str, ...]:
    """In which seats do this organisation's staff and another's visit each other now, in a round that runs?"""
    sitting = reviewers.sitting(session)
    running = {
        now.id: now
        for now in cycles.several(session, ids={assignment.cycle_id for assignment, _ in sitting})
        if now.stage not in ENDED
    }
    people = {one.id: one for one in peers.reviewers_asked(session)}
    visits = {one.cycle: one for one in peers.visits_asked(session, list(running.values()))}
    rounds: dict[int, list[tuple[conflicts.Reviewer, conflicts.Visit]]] = defaultdict(list)
    for assignment, _ in sitting:
        if assignment.cycle_id in running:
            pair = people[assignment.reviewer_id], visits[assignment.cycle_id]
            rounds[running[assignment.cycle_id].cycle.round_id].append(pair)
    return tuple(
        found.reason
        for _, pairs in sorted(rounds.items())
        for found in conflicts.reciprocal(pairs=pairs)
        if organisation_id in found.organisations
    )
