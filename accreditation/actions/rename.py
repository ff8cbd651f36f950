"""What was registered under a wrong name gets its right one; a team of which nothing else is kept is taken out."""

from collections.abc import Mapping
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.wording import check_reason, check_untold
from accreditation.database import Database, Session
from accreditation.errors import Contradiction, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import teams
from accreditation.rules.named import faults_of_name
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit

IN_USE = (
    "Something is kept of this team: a cycle, somebody with a role in it, a document or figures. So it stays. Give it "
    "another name, or end its cycle without a result."
)


def rename_team(
    database: Database, *, principal: Principal, team_id: int, name: str, service_line: str, reason: str, at: datetime
) -> None:  # fmt: skip
    """Let this team be called so from now on, everywhere it is named; the ledger keeps what it was called.

    The same name again changes nothing. Raises NotFound, Invalid naming every fault, and Contradiction where its
    organisation has another team of that name and service, in capitals or not.
    """
    permit(principal, Permission.TEAM_IMPORT)
    _check({"team": name, "service_line": service_line}, reason)
    name, service_line = name.strip(), service_line.strip()
    with database.writing() as session:
        row, organisation = teams.get(session, team_id)
        if (row.name, row.service_line) == (name, service_line):
            return
        for other in teams.of_organisation(session, organisation.id or 0):
            same = (other.name.lower(), other.service_line.lower()) == (name.lower(), service_line.lower())
            if same and other.id != team_id:
                raise Contradiction(f"{organisation.name} has a team “{other.name}” ({other.service_line}) already.")
        detail: dict[str, Detail] = {"was": row.name, "was_service_line": row.service_line}
        row.name, row.service_line = name, service_line
        session.add(row)
        _enter(
            session, principal, "team:rename", f"team:{team_id}",
            {**detail, "is": name, "service_line": service_line, "reason": reason.strip()}, at,
        )  # fmt: skip


def rename_organisation(
    database: Database, *, principal: Principal, organisation_id: int, name: str, reason: str, at: datetime
) -> None:
    """The same of an organisation. Raises NotFound, Invalid, and Contradiction where another is called so."""
    permit(principal, Permission.TEAM_IMPORT)
    _check({"organisation": name}, reason)
    name = name.strip()
    with database.writing() as session:
        row = teams.get_organisation(session, organisation_id)
        if row.name == name:
            return
        other = teams.found(session, name=name)
        if other is not None and other.id != organisation_id:
            raise Contradiction(
                f"There is an organisation “{other.name}” already. Where both are one, make this one part of it."
            )
        detail: dict[str, Detail] = {"was": row.name, "is": name, "reason": reason.strip()}
        row.name = name
        session.add(row)
        _enter(session, principal, "organisation:rename", f"organisation:{organisation_id}", detail, at)


def remove_team(database: Database, *, principal: Principal, team_id: int, reason: str, at: datetime) -> None:
    """Take this team out, which was registered by mistake: nothing else is kept of it, and the ledger says what it was.

    Raises NotFound, also where it was taken out already, Invalid, and Contradiction where anything is kept of it.
    """
    permit(principal, Permission.TEAM_IMPORT)
    check_reason(reason)
    with database.writing() as session:
        row, organisation = teams.get(session, team_id)
        if teams.is_used(session, team_id):
            raise Contradiction(IN_USE)
        detail: dict[str, Detail] = {
            "was": row.name, "service_line": row.service_line, "organisation": organisation.id, "reason": reason.strip()
        }  # fmt: skip
        session.delete(row)
        _enter(session, principal, "team:remove", f"team:{team_id}", detail, at)


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
