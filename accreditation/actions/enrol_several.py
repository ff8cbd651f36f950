"""Enrol several teams in a round at once: those that were chosen, or those that a file lists. All of them, or none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.enrol import enter_round
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Fault, Invalid, NotFound
from accreditation.records import cycles, teams
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.workbook.lines import Faults
from accreditation.workbook.lists import ListedTeam, read_listed_teams


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """How many teams take part from now on, and how many did already."""

    new: int
    known: int


def enrol_several(
    database: Database, *, principal: Principal, round_id: int, team_ids: Collection[int], at: datetime
) -> Enrolled:
    """Enrol these teams in this round, without facts about their services: each states its own.

    Raises NotFound for a round that does not exist, and Invalid naming every team that cannot be enrolled.
    """
    permit(principal, Permission.CYCLE_ENROL)
    if not team_ids:
        raise Invalid([Fault(where="teams", found="none chosen", allowed="one or more of the list")])
    with database.writing() as session:
        return _enrol(session, principal, round_id, [("teams", one) for one in sorted({*team_ids})], at)


def enrol_listed(
    database: Database, *, principal: Principal, round_id: int, content: bytes, file_name: str, at: datetime
) -> Enrolled:
    """Enrol every team that this CSV file lists, by team and organisation, or by the organisation's ODS code.

    Raises Invalid naming every line that cannot be read, and every team that is not known or cannot be enrolled.
    """
    permit(principal, Permission.CYCLE_ENROL)
    faults = Faults()
    listed = read_listed_teams(content, name=file_name, faults=faults)
    with database.writing() as session:
        cycles.get_round(session, round_id)
        found = [(one.row.where, _meant(session, one)) for one in listed if one.organisation or one.ods_code]
        if wrong := faults.told:
            raise Invalid(wrong)
        return _enrol(session, principal, round_id, found, at)


def _enrol(
    session: Session, principal: Principal, round_id: int, wanted: Sequence[tuple[str, int]], at: datetime
) -> Enrolled:
    """Enrol these, each with where it is named. Raises Invalid; the caller's transaction keeps nothing then."""
    new, faults = 0, []
    for where, team_id in wanted:
        try:
            _, is_new = enter_round(session, principal=principal, team_id=team_id, round_id=round_id, profile={}, at=at)
            new += is_new
        except (Contradiction, NotFound) as refusal:
            faults.append(Fault(where=where, found=str(refusal), allowed="leave this team out"))
    if faults:
        raise Invalid(faults)
    return Enrolled(new=new, known=len(wanted) - new)


def _meant(session: Session, one: ListedTeam) -> int:
    """The team that this line means; where it means none, or several, that is a fault of the line."""
    fitting = [team.id or 0 for team in _fitting(session, one)]
    if len(fitting) == 1:
        return fitting[0]
    named = ", ".join(filter(None, (one.team, one.organisation, one.ods_code)))
    if fitting:
        one.row.wrong("", found=f"{len(fitting)} teams are called '{named}'", allowed="the team's whole name in 'team'")
    else:
        allowed = "a team that is registered, by its whole name; register it on the page of teams first"
        one.row.wrong("", found=f"there is no team '{named}'", allowed=allowed)
    return 0


def _fitting(session: Session, one: ListedTeam) -> list[teams.Team]:
    there = teams.found(session, name=one.organisation, ods_code=one.ods_code or None)
    if there is None:
        return []
    now = teams.successor(session, there.id or 0)
    if not one.team:
        return teams.of_organisation(session, now)
    return teams.found_teams(session, organisation_id=now, name=one.team)
