"""What a service was called when something was decided about it, and since when it is called otherwise."""

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Session
from accreditation.ledger.chain import LedgerEntryValue
from accreditation.ledger.entries import newest
from accreditation.records import teams
from accreditation.records.former_names import Former, former
from accreditation.views.looking import Shown

MERGED = "organisation:merge"
"""How the ledger calls that an organisation became part of another."""

MOST = 10_000
"""So many mergers, and new names of one team or organisation, are looked at: more than there will ever be."""


class Called(Shown):
    """Another name than today's, of a team and its organisation."""

    team: str
    organisation: str
    until: date = Field(description="Since when it is called what it is called now.")


def called_before(session: Session) -> Former:
    """Every name that an organisation or a team had and has no more."""
    mergers = newest(session, action=MERGED, limit=MOST)
    return former(session, [(_number(one), _teams(one)) for one in mergers])


def called_then(session: Session, *, team_id: int, at: datetime) -> Called | None:
    """What was this team called at that moment? None where it was called as it is now. Raises NotFound."""
    team, organisation = teams.get(session, team_id)
    moved = [one for one in newest(session, action=MERGED, since=at, limit=MOST) if team_id in _teams(one)]
    now = organisation.id or 0
    then = _number(moved[-1]) if moved else now
    renamed = _renamed(session, f"team:{team_id}", "team:rename", at)
    others = _renamed(session, f"organisation:{now}", "organisation:rename", at)
    theirs = others if then == now else _renamed(session, f"organisation:{then}", "organisation:rename", at)
    called = _was(renamed) or team.name, _was(theirs) or teams.get_organisation(session, then).name
    if called == (team.name, organisation.name):
        return None
    last = max(one.at for one in (*moved, *renamed, *others))
    return Called(team=called[0], organisation=called[1], until=last.date())


def _renamed(session: Session, subject: str, action: str, since: datetime) -> list[LedgerEntryValue]:
    """Since then it got these other names, the newest first."""
    found = newest(session, subject=subject, action=action, since=since, limit=MOST)
    return [one for one in found if one.detail["was"] != one.detail["is"]]


def _was(renamed: list[LedgerEntryValue]) -> str:
    """What it was called before all of these; empty where there is none."""
    return str(renamed[-1].detail["was"]) if renamed else ""


def _number(entry: LedgerEntryValue) -> int:
    return int(entry.subject.partition(":")[2])


def _teams(merger: LedgerEntryValue) -> tuple[int, ...]:
    """The teams that this merger moved."""
    return tuple(_ids(merger.detail["teams"]))


def _ids(value: object) -> Iterator[int]:
    if isinstance(value, list | tuple):
        yield from (one for one in value if isinstance(one, int))
