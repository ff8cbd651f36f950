"""Say what a version in the team's library is: its title, its owner, since when it holds and when to look again."""

from dataclasses import asdict
from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.keep_document import entered_described, team_of
from accreditation.actions.keeping import faults_of_described
from accreditation.actions.library_rules import rules_of_team
from accreditation.database import Database
from accreditation.errors import Invalid, Stale
from accreditation.records import library_items
from accreditation.rules.library import Described
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def describe_document(
    database: Database, *, principal: Principal, version_id: int, described: Described, seen_version: int, at: datetime
) -> int:
    """Keep what is said of this version; says how often it was said by now. The same again changes nothing.

    `seen_version` is how often it had been said when the person looked. What is attached and submitted keeps what was
    said of it then. Raises NotFound, Invalid, and Stale where somebody said otherwise in between.
    """
    with database.writing() as session:
        team = team_of(principal, Permission.LIBRARY_KEEP)
        _, version = library_items.own_version(session, version_id, team)
        faults = list(faults_of_described(described, at=at.date(), rules=rules_of_team(session, team)))
        if faults:
            raise Invalid(faults)
        said = library_items.said_of(session, [version_id])[version_id]
        if said[-1].described() == described:
            return len(said)
        if len(said) != seen_version:
            raise Stale(
                f"'{version.described.title}' was described by {said[-1].by} after you looked (the {len(said)}. time). "
                f"Nothing of yours was kept: compare the two, then send again with version {len(said)}.",
                where=f"version {version_id}", current_version=len(said), current=_told(said[-1].described()),
            )  # fmt: skip
        library_items.describe(session, version_id=version_id, described=described, by=principal.name, at=at)
        detail = {"version": version_id, **entered_described(described)}
        enter(session, at=at, by=principal, action="library:describe", subject=f"team:{team}", detail=detail)
        return len(said) + 1


def _told(described: Described) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in asdict(described).items()}
