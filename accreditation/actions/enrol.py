"""Enrol a team: its cycle begins, on the round's edition, with the profile the service states."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, editions, jobs, teams
from accreditation.records.cycles import Round
from accreditation.rules.cycle import FIRST_STAGE, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme


def enrol(
    database: Database, *, principal: Principal, team_id: int, round_id: int, profile: Mapping[str, bool], at: datetime
) -> int:
    """Enrol this team in this round and say the cycle's id.

    The same enrolment again changes nothing. Raises NotFound for a team or round that does not exist,
    Contradiction where the team's cycle in this round was withdrawn, which stays so, and
    Invalid for facts that the scheme does not ask for. Facts may be left open: the team states them before it
    submits, and criteria that depend on them are not asked until then.
    """
    permit(principal, Permission.CYCLE_ENROL)
    with database.writing() as session:
        round_ = cycles.get_round(session, round_id)
        teams.get(session, team_id)
        check_profile(editions.scheme_of(session, round_.edition_digest), profile)
        return enrol_one(session, principal=principal, team_id=team_id, round_=round_, profile=profile, at=at)


def check_profile(scheme: Scheme, profile: Mapping[str, bool]) -> None:
    """Does the scheme ask for every fact stated here? Raises Invalid naming each one it does not ask for."""
    allowed = f"the scheme asks for: {', '.join(scheme.profile) or 'nothing'}"
    unknown = [name for name in profile if name not in scheme.profile]
    if unknown:
        raise Invalid([Fault(where=f"profile.{name}", found="not asked for", allowed=allowed) for name in unknown])


def enrol_one(
    session: Session, *, principal: Principal, team_id: int, round_: Round, profile: Mapping[str, bool], at: datetime
) -> int:
    """Begin the cycle in the caller's transaction, where it has not begun yet, and say its id.

    Raises Contradiction where it was withdrawn.
    """
    row, is_new = cycles.enrol(session, team_id=team_id, round_=round_, at=at)
    assert row.id is not None  # noqa: S101  (it was flushed or read)
    if not is_new:
        _check_goes_on(session, row.id, round_)
        return row.id
    cycles.state_profile(session, cycle_id=row.id, profile=profile, by=principal.name, at=at)
    cycles.enter_stage(
        session, cycle_id=row.id, before=None, to=FIRST_STAGE, move="enrol", by=principal.name, reason="", at=at
    )
    jobs.enqueue(session, kind=jobs.Kind.SELF_ASSESSMENT, subject=row.id, at=at)
    detail: dict[str, Detail] = {
        "team": team_id,
        "round": round_.id,
        "edition": round_.edition_digest,
        "profile": dict(profile),
    }
    enter(session, at=at, by=principal, action="cycle:enrol", subject=f"cycle:{row.id}", detail=detail)
    return row.id


def _check_goes_on(session: Session, cycle_id: int, round_: Round) -> None:
    now = cycles.now(session, cycle_id)
    if now.stage is Stage.WITHDRAWN:
        raise Contradiction(
            f"The cycle of the team '{now.team.name}' ({now.organisation.name}) in the round '{round_.name}' was "
            "withdrawn; enrol it in another round."
        )
