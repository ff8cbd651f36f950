"""The college office says that a role in a team was given by mistake, so that it keeps its holder from nothing."""

from datetime import datetime

from accreditation.actions.admitting import enter_about
from accreditation.actions.desk import digest_of
from accreditation.actions.grant_role import entered, take_back
from accreditation.actions.impartial import check_of_another
from accreditation.actions.wording import check_reason
from accreditation.database import Database, Session
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.ledger.entries import BATCH, newest
from accreditation.records import barring, people
from accreditation.records.people import RoleGrant, RoleMistaken
from accreditation.rules.barring import why_no_mistake
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def undo_grant(database: Database, *, principal: Principal, grant_id: int, reason: str, at: datetime) -> int:
    """Let it count that this role was never its holder's; where it holds still, take it back too. Says whose it was.

    A role that was held bars for good, also after it was taken back. One that the office gave to the wrong person, and
    with which nothing was done, makes nobody partial. Who left a review team by it is not put back. Said again with the
    same reason, nothing changes. Raises NotPermitted, also for an office of that very service; NotFound, Invalid, and
    Contradiction where its holder took or used it, or it was called a mistake for another reason.
    """
    permit(principal, Permission.GRANT_GIVE)
    check_reason(reason)
    said = reason.strip()
    with database.writing() as session:
        row, ended = people.given(session, grant_id)
        before = people.mistaken(session, grant_id)
        if before is not None:
            if before.reason == said:
                return row.person_id
            raise Contradiction(f"Grant {grant_id} was called a mistake already: {before.reason}")
        _check(session, row, principal)
        if ended is None:
            take_back(session, row, ended, by=principal, reason=said, at=at)
        people.call_mistaken(session, RoleMistaken(grant_id=grant_id, reason=said, by=principal.name, at=at))
        detail: dict[str, Detail] = {**entered(row.value), "grant": grant_id, "reason_sha256": digest_of(said)}
        enter_about(session, by=principal, person_id=row.person_id, action="grant:undo", detail=detail, at=at)
        return row.person_id


def _check(session: Session, row: RoleGrant, principal: Principal) -> None:
    """May this role be called a mistake, and by this office?"""
    organisation, actors = barring.organisation_of(session, row.value), barring.actors_of(session, row)
    why = why_no_mistake(
        in_a_team=organisation is not None, offered=bool(row.called),
        acted=organisation is not None and _acted(session, actors, since=row.at, organisation=organisation),
    )  # fmt: skip
    if why:
        name = people.get(session, row.person_id).name
        raise Contradiction(f"{name} {why}. The role can be taken back, but was no mistake.")
    check_of_another(session, organisation or 0, principal=principal, what="say that a role in it was a mistake")


def _acted(session: Session, actors: frozenset[str], *, since: datetime, organisation: int) -> bool:
    """Did any of these do something since in a team of this organisation, or in one that is not known?

    Whoever is of another team by right goes on there. Only what is surely of another organisation does not count.
    """
    before = None
    while several := newest(session, actors=actors, since=since, before=before, limit=BATCH):
        about = {
            (one.subject, one.detail.get("team") if one.subject.startswith("person:") else None) for one in several
        }
        if any(barring.organisation_about(session, *one) in (organisation, None) for one in about):
            return True
        before = several[-1].sequence
    return False
