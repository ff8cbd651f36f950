"""What was registered under a wrong name gets its right one; a team of which nothing else is kept is taken out."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.wording import check_reason, check_untold
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Invalid, OtherName
from accreditation.ledger.chain import Detail
from accreditation.records import teams
from accreditation.rules.named import faults_of_name, plain_name, same_name, team_named
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

IN_USE = (
    "Something is kept of this team: a cycle, somebody with a role in it, a document or figures. So it stays. Give it "
    "another name, or end its cycle without a result."
)


def rename_team(
    database: Database, *, principal: Principal, team_id: int, name: str, service_line: str, reason: str, at: datetime,
    was: str | None = None,
) -> None:  # fmt: skip
    """Let this team be called so from now on, everywhere it is named; it is still found by what it was called.

    The same name again changes nothing. `was` is what whoever asks was shown as its name (`team_named`). Raises
    NotFound, Invalid naming every fault, OtherName where it has another name than that, and Contradiction where another
    team of its organisation has or had that name and service, however written.
    """
    permit(principal, Permission.TEAM_IMPORT)
    name, service_line = plain_name(name), plain_name(service_line)
    _check({"team": name, "service_line": service_line}, reason)
    with database.writing() as session:
        row, organisation = teams.get(session, team_id)
        if (row.name, row.service_line) == (name, service_line):
            return
        _check_meant(team_named(row.name, row.service_line), was)
        taken = teams.bearing(session, organisation_id=organisation.id or 0, name=name, service_line=service_line)
        for other in taken:
            if other.id != team_id:
                raise Contradiction(f"{organisation.name} has a team {_taken(other, name, service_line)}.")
        detail: dict[str, Detail] = {"was": row.name, "was_service_line": row.service_line}
        row.name, row.service_line = name, service_line
        session.add(row)
        teams.keep_team_name(session, row)
        _enter(
            session, principal, "team:rename", f"team:{team_id}",
            {**detail, "is": name, "service_line": service_line, "reason": reason.strip()}, at,
        )  # fmt: skip


def rename_organisation(
    database: Database, *, principal: Principal, organisation_id: int, name: str, reason: str, at: datetime,
    was: str | None = None,
) -> None:  # fmt: skip
    """The same of an organisation. Raises the same, and Contradiction where another is or was called so."""
    permit(principal, Permission.TEAM_IMPORT)
    name = plain_name(name)
    _check({"organisation": name}, reason)
    with database.writing() as session:
        row = teams.get_organisation(session, organisation_id)
        if row.name == name:
            return
        _check_meant(row.name, was)
        for other in teams.organisations_bearing(session, name):
            if other.id != organisation_id:
                so = "" if same_name(other.name) == same_name(name) else f", which was called “{name}” before"
                raise Contradiction(
                    f"There is an organisation “{other.name}” already{so}. Where both are one, make this one part of "
                    "it."
                )
        detail: dict[str, Detail] = {"was": row.name, "is": name, "reason": reason.strip()}
        row.name = name
        session.add(row)
        teams.keep_name(session, row)
        _enter(session, principal, "organisation:rename", f"organisation:{organisation_id}", detail, at)


def remove_team(
    database: Database, *, principal: Principal, team_id: int, reason: str, at: datetime, was: str | None = None
) -> None:  # fmt: skip
    """Take this team out, which was registered by mistake: nothing else is kept of it, and the ledger says what it was.

    Its number is given to no other. `was` is what whoever asks was shown as its name. Raises NotFound, also where it
    was taken out already, Invalid, OtherName, and Contradiction where anything is kept of it.
    """
    permit(principal, Permission.TEAM_IMPORT)
    check_reason(reason)
    with database.writing() as session:
        row, organisation = teams.get(session, team_id)
        _check_meant(team_named(row.name, row.service_line), was)
        if teams.is_used(session, team_id):
            raise Contradiction(IN_USE)
        detail: dict[str, Detail] = {
            "was": row.name, "service_line": row.service_line, "organisation": organisation.id, "reason": reason.strip()
        }  # fmt: skip
        session.delete(row)
        _enter(session, principal, "team:remove", f"team:{team_id}", detail, at)


def _check_meant(name: str, was: str | None) -> None:
    """Is it still called what whoever asks was shown?"""
    if was is not None and was != name:
        raise OtherName(f"It is called “{name}” now, and not “{was}” any more. Look whether it is the one you mean.")


def _taken(other: teams.Team, name: str, service_line: str) -> str:
    """That this team has this name already, or had it."""
    now = f"“{other.name}” ({other.service_line})"
    if (same_name(other.name), same_name(other.service_line)) == (same_name(name), same_name(service_line)):
        return f"{now} already"
    return f"{now}, which was called “{name}” ({service_line}) before"


def _check(named: Mapping[str, str], reason: str) -> None:
    faults = [fault for where, name in named.items() for fault in faults_of_name(where, name)]
    try:
        check_reason(reason)
    except Invalid as refusal:
        faults += refusal.faults
    if faults:
        raise Invalid(faults)
    check_untold(named.items())


def _enter(
    session: Session, principal: Principal, action: str, subject: str, detail: Mapping[str, Detail], at: datetime
) -> None:  # fmt: skip
    session.flush()
    enter(session, at=at, by=principal, action=action, subject=subject, detail=detail)
