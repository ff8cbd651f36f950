"""Drop uploads that are not finished: one's own, the team's by its lead, and anybody's by the college office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from accreditation.actions.desk import enter
from accreditation.actions.uploading import begun_by, is_own, may_drop, team_of
from accreditation.database import Database, Session
from accreditation.evidence.arrival import Arrival, gone
from accreditation.evidence.store import EvidenceStore
from accreditation.ledger.chain import Detail
from accreditation.records import teams
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOfTeam:
    """An upload that `by` began: of `size` announced bytes `arrived` are here; is room kept for the rest?

    What the file is called is told to nobody but who began it, and their lead.
    """

    upload: str
    by: str
    size: int
    arrived: int
    has_room: bool
    begun_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadsOfTeam:
    """What a team began to upload on this machine and did not finish, the oldest first."""

    team: int
    name: str
    organisation: str
    uploads: tuple[UploadOfTeam, ...]


def uploads_of_teams(
    database: Database, store: EvidenceStore, *, principal: Principal, after: int, limit: int, at: datetime
) -> Sequence[UploadsOfTeam]:
    """Which teams have uploads that are not finished? By the teams' ids, those after `after`."""
    permit(principal, Permission.EVIDENCE_DELETE)
    several = sorted(store.arrivals.unfinished(at=at), key=_team)
    by_team = [(team, tuple(those)) for team, those in groupby(several, key=_team) if team > after][:limit]
    with database.reading() as session:
        return [_of_team(session, store, team, those, at) for team, those in by_team]


def drop_uploads(
    database: Database, store: EvidenceStore, *, principal: Principal, uploads: Sequence[str], at: datetime
) -> Sequence[str]:
    """Forget these uploads of whatever team, for the college office; says which were there. Their bytes are gone."""
    permit(principal, Permission.EVIDENCE_DELETE)
    several = [one for one in store.arrivals.unfinished(at=at) if one.name in uploads]
    _drop(database, store, principal=principal, several=several, at=at)
    return [one.name for one in several]


def drop_upload(database: Database, store: EvidenceStore, *, principal: Principal, name: str, at: datetime) -> None:
    """Forget an upload that is not wanted any more; what it became stays. Raises NotFound.

    A team's lead may forget what others of the team began: it takes the team's room.
    """
    arrival = store.arrivals.find(name)
    if not may_drop(arrival, principal):
        raise gone()
    _drop(database, store, principal=principal, several=[arrival], at=at)


def _drop(
    database: Database, store: EvidenceStore, *, principal: Principal, several: Sequence[Arrival], at: datetime
) -> None:
    """Of what others began the ledger tells first: who dies in between drops it again, and nothing goes untold."""
    others = [one for one in several if not is_own(one, principal)]
    if others:
        with database.writing() as session:
            for one in others:
                detail: dict[str, Detail] = {
                    "upload": one.name, "begun_by": begun_by(one), "size": one.length, "arrived": one.offset,
                }  # fmt: skip
                enter(
                    session, at=at, by=principal, action="evidence:drop_upload", subject=f"team:{_team(one)}",
                    detail=detail,
                )  # fmt: skip
    for one in several:
        store.arrivals.discard(one.name)


def _of_team(
    session: Session, store: EvidenceStore, team_id: int, several: Sequence[Arrival], at: datetime
) -> UploadsOfTeam:  # fmt: skip
    team, organisation = teams.get(session, team_id)
    shown = tuple(
        UploadOfTeam(
            upload=one.name, by=begun_by(one), size=one.length or 0, arrived=one.offset,
            has_room=store.arrivals.has_room(one, at=at), begun_at=one.begun_at, expires_at=one.expires_at,
        )
        for one in several
    )  # fmt: skip
    return UploadsOfTeam(team=team_id, name=team.name, organisation=organisation.name, uploads=shown)


def _team(arrival: Arrival) -> int:
    return team_of(arrival) or 0
