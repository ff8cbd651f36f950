"""The college office gives a person a role, and takes it back."""

from collections.abc import Sequence
from datetime import datetime

from accreditation.actions.admitting import enter_about
from accreditation.actions.desk import digest_of, look_again
from accreditation.actions.impartial import check_who_judges, check_who_leaves
from accreditation.actions.leaving import leave_in_conflict
from accreditation.actions.wording import check_reason
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import colleagues, cycles, editions, people, reviewers, teams
from accreditation.records.last_office import is_last_office
from accreditation.records.people import RoleGrant, RoleGrantEnd
from accreditation.rules.grants import Grant, faults_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

LAST_OFFICE = (
    "This is the last role of the college office for the whole college that belongs to somebody who can sign in. "
    "Without it nobody could invite people or give roles any more. Invite somebody else to the college office first; "
    "once they have signed in, this role can be taken back."
)


def grant_role(database: Database, *, principal: Principal, person_id: int, grant: Grant, at: datetime) -> int:
    """Let this person be this from now on; says the grant's id. What they hold already is given once.

    Raises NotPermitted, NotFound, and Invalid where the role is bound to what it cannot be.
    """
    permit(principal, Permission.GRANT_GIVE)
    if faults := faults_of(grant):
        raise Invalid(faults)
    with database.writing() as session:
        people.get(session, person_id)
        check_grant(session, grant)
        return give(session, person_id=person_id, grant=grant, by=principal, at=at)


def end_grant(
    database: Database, *, principal: Principal, grant_id: int, reason: str, at: datetime, even_last: bool = False
) -> int:  # fmt: skip
    """Take this role back; from the next page on its holder is it no more; says whose it was. Ended again, it stays.

    The last office that can sign in is kept, as nobody could let anybody in after it; `even_last` is for the machine's
    own command line, which invites people without it. Raises NotPermitted, NotFound, Invalid, and Contradiction where
    it is that last one, or was ended for another reason.
    """
    permit(principal, Permission.GRANT_GIVE)
    check_reason(reason)
    with database.writing() as session:
        row, ended = people.given(session, grant_id)
        if ended is None and not even_last and is_last_office(session, row):
            raise Contradiction(LAST_OFFICE)
        take_back(session, row, ended, by=principal, reason=reason.strip(), at=at)
        return row.person_id


def take_back(
    session: Session, row: RoleGrant, ended: RoleGrantEnd | None, *, by: Principal, reason: str, at: datetime
) -> None:
    """Append the end of this grant and its entry.

    Raises Contradiction where it was ended for another reason, NotPermitted where by it an office's own is judged.
    """
    grant_id = row.value.id
    if ended is not None:
        if ended.reason == reason:
            return
        raise Contradiction(f"Grant {grant_id} was ended on {ended.at.date()} already: {ended.reason}")
    check_who_judges(session, row.value, person_id=row.person_id, principal=by)
    people.take_back(session, RoleGrantEnd(grant_id=grant_id, reason=reason, by=by.name, at=at))
    detail: dict[str, Detail] = {**entered(row.value), "grant": grant_id, "reason_sha256": digest_of(reason)}
    enter_about(session, by=by, person_id=row.person_id, action="grant:end", detail=detail, at=at)


def give(session: Session, *, person_id: int, grant: Grant, called: str = "", by: Principal, at: datetime) -> int:
    """Append this grant and its entry, unless the person holds the very same; says its id.

    `called` is how a team's lead calls them. A lead's word alone makes nobody a colleague: it is an offer until taken.
    Whoever thereby is of a service and a reviewer leaves that service's review teams, where they have not handed in.
    """
    held = people.grants_of(session, [person_id])[person_id]
    if (before := next((one for one in held if _same(one, grant)), None)) is not None:
        return before.id
    if called and (offered := next((one for one in _offered(session, person_id) if _same(one, grant)), None)):
        return offered.id
    check_who_judges(session, grant, person_id=person_id, principal=by)
    grant_id = people.give(session, person_id=person_id, grant=grant, called=called, by=by.name, at=at)
    gone, left = ([], {}) if called else left_by(session, [*held, grant], by=by.name, at=at)
    check_who_leaves(session, gone, principal=by)
    detail: dict[str, Detail] = {**entered(grant), "grant": grant_id, **left}
    enter_about(session, by=by, person_id=person_id, action="grant:give", detail=detail, at=at)
    return grant_id


def has(session: Session, person_id: int, grant: Grant) -> bool:
    """Does this person hold the very same role already?"""
    return any(_same(one, grant) for one in people.grants_of(session, [person_id])[person_id])


def _offered(session: Session, person_id: int) -> Sequence[Grant]:
    return people.offers_of(session, [person_id])[person_id]


def _same(one: Grant, other: Grant) -> bool:
    return (one.role, one.bounds, entered(one)) == (other.role, other.bounds, entered(other))


def left_by(session: Session, held: Sequence[Grant], *, by: str, at: datetime) -> tuple[list[int], dict[str, Detail]]:
    """Take whoever holds these out of review teams in which they may not sit by them; and say of which."""
    own = {one.reviewer for one in held if one.reviewer is not None}
    gone: set[int] = set()
    stands: set[int] = set()
    for reviewer in sorted(colleagues.served(session, own)) if own else ():
        left, handed_in = leave_in_conflict(session, by=by, reviewer_id=reviewer, at=at)
        gone, stands = gone | {*left}, stands | {*handed_in}
        look_again(session, at=at)
    found = {"left_cycles": sorted(gone), "handed_in_before": sorted(stands)}
    return sorted(gone), {name: [*several] for name, several in found.items() if several}


def entered(grant: Grant) -> dict[str, Detail]:
    """A grant as the ledger keeps it: the role, and what it is bound to."""
    bound: dict[str, Detail] = {name: getattr(grant, name) for name in grant.bounds}
    return {"role": grant.role.value, **bound}


def check_grant(session: Session, grant: Grant) -> None:
    """Is there what this grant is bound to? Raises NotFound, and Invalid for a scheme of which nothing is published."""
    if grant.team is not None:
        teams.get(session, grant.team)
    if grant.organisation is not None:
        teams.get_organisation(session, grant.organisation)
    if grant.reviewer is not None:
        reviewers.get(session, grant.reviewer)
    if grant.round is not None:
        cycles.get_round(session, grant.round)
    if grant.scheme is not None and not editions.all_of(session, grant.scheme):
        allowed = "the id of a scheme with a published edition"
        raise Invalid([Fault(where="scheme", found=repr(grant.scheme), allowed=allowed)])
