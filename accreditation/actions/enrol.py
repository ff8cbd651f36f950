"""Enrol a team: its cycle begins, on the round's edition, with the profile the service states."""

from collections.abc import Mapping
from datetime import date, datetime

from accreditation.actions.desk import enter, entered_profile
from accreditation.actions.filling import Filling
from accreditation.actions.stating import check_may_state, stated_facts
from accreditation.database import Database, Session
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, editions, indicators, jobs, library_items, teams
from accreditation.records.cycles import Round
from accreditation.rules.cycle import FIRST_STAGE, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.facts import Profile


def enrol(
    database: Database,
    *,
    principal: Principal,
    team_id: int,
    round_id: int,
    profile: Mapping[str, object],
    until: date | None = None,
    at: datetime,
) -> int:
    """Enrol this team in this round and say the cycle's id.

    Measured criteria of which figures are kept already are answered from these, as when a file is brought in; `until`
    leaves out periods that begin later.
    The same enrolment again changes nothing. Raises NotFound for a team or round that does not exist,
    Contradiction where the team's cycle in this round was withdrawn, which stays so, and
    Invalid for facts that the scheme does not ask for or that do not answer its questions. Facts may be left open:
    the team states its own before it submits, and criteria that depend on them are not asked until then.
    """
    permit(principal, Permission.CYCLE_ENROL)
    with database.writing() as session:
        cycle, _ = enter_round(
            session, principal=principal, team_id=team_id, round_id=round_id, profile=profile, until=until, at=at
        )
        return cycle


def enter_round(
    session: Session, *, principal: Principal, team_id: int, round_id: int, profile: Mapping[str, object],
    until: date | None = None, at: datetime,
) -> tuple[int, bool]:  # fmt: skip
    """The same inside the caller's transaction, who has seen to it that this may be done; says whether it is new."""
    round_ = cycles.get_round(session, round_id)
    _, organisation = teams.get(session, team_id)
    scheme = editions.scheme_of(session, round_.edition_digest)
    stated = stated_facts(scheme, profile)
    check_may_state(session, principal, scheme, stated, organisation_id=organisation.id or 0)
    cycle, is_new = _begin(session, principal=principal, team_id=team_id, round_=round_, profile=stated, at=at)
    if is_new:
        known = indicators.standing(session, round_.scheme, [team_id]).values()
        figures = [one for one in known if until is None or one.period.begins <= until]
        if figures:
            Filling(session=session, principal=principal, at=at).fill([cycles.now(session, cycle)], figures)
    return cycle, is_new


def _begin(
    session: Session, *, principal: Principal, team_id: int, round_: Round, profile: Profile, at: datetime
) -> tuple[int, bool]:
    """Begin the cycle where it has not begun yet; says its id, and whether it begins now.

    Raises Contradiction where it was withdrawn.
    """
    row, is_new = cycles.enrol(session, team_id=team_id, round_=round_, at=at)
    assert row.id is not None  # noqa: S101  (it was flushed or read)
    if not is_new:
        _check_goes_on(session, row.id, round_)
        return row.id, False
    cycles.state_profile(session, cycle_id=row.id, profile=profile, by=principal.name, at=at)
    cycles.enter_stage(
        session, cycle_id=row.id, before=None, to=FIRST_STAGE, move="enrol", by=principal.name, reason="", at=at
    )
    jobs.enqueue(session, kind=jobs.Kind.SELF_ASSESSMENT, subject=row.id, at=at)
    if library_items.of_team(session, team_id, limit=1):  # what the team has already may answer something here
        jobs.enqueue(session, kind=jobs.Kind.EVIDENCE, subject=row.id, at=at)
    detail: dict[str, Detail] = {
        "team": team_id,
        "round": round_.id,
        "edition": round_.edition_digest,
        "profile": entered_profile(profile),
    }
    enter(session, at=at, by=principal, action="cycle:enrol", subject=f"cycle:{row.id}", detail=detail)
    return row.id, True


def _check_goes_on(session: Session, cycle_id: int, round_: Round) -> None:
    now = cycles.now(session, cycle_id)
    if now.stage is Stage.WITHDRAWN:
        raise Contradiction(
            f"The cycle of the team '{now.team.name}' ({now.organisation.name}) in the round '{round_.name}' was "
            "withdrawn; enrol it in another round."
        )
