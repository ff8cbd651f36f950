"""A register with many services: published cycles beside the one that was walked, kept as publishing keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accreditation.actions.desk import enter
from accreditation.database import Session
from accreditation.records import teams
from accreditation.records.aftermath import OutcomeChange
from accreditation.records.awards import Decision, Publication
from accreditation.records.cycles import Cycle
from accreditation.wiring import House
from tests.walking import AT, CYCLE, OFFICE


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A service in the register."""

    organisation: str
    team: str = "Team"
    ods_code: str | None = None
    service: str = "small"
    place: str = ""
    region: str = ""
    outcome: str = "accredited"
    then: str | None = None
    """What followed the decision, where something did."""
    edition: str = ""
    """The digest of the edition it was decided by; empty for that of the cycle that was walked."""
    valid_until: date | None = date(2029, 4, 1)


def list_services(house: House, services: Sequence[Listed]) -> list[int]:
    """Publish these, each with a cycle of its own; a house that has the walked cycle. The cycles' ids."""
    with house.database.writing() as session:
        return [_list(session, one) for one in services]


def _list(session: Session, one: Listed) -> int:
    like = session.get_one(Cycle, CYCLE)
    edition = one.edition or like.edition_digest
    organisation, _ = teams.organisation(
        session, name=one.organisation, ods_code=one.ods_code, place=one.place, region=one.region
    )
    team, _ = teams.team(session, organisation_id=organisation, name=one.team, service_line=one.service)
    cycle = Cycle(team_id=team, round_id=like.round_id, edition_digest=edition, enrolled_at=AT)
    session.add(cycle)
    session.flush()
    number = cycle.id or 0
    until: dict[str, Any] = {
        "valid_until": one.valid_until,
        "departs": False,
        "reason": "",
        "by": OFFICE.name,
        "at": AT,
    }
    session.add(Decision(cycle_id=number, outcome=one.outcome, **until))
    session.flush()
    if one.then is not None:
        session.add(OutcomeChange(cycle_id=number, number=1, outcome=one.then, because="lapsed", **until))
    session.add(Publication(cycle_id=number, edition_digest=edition, by=OFFICE.name, at=AT))
    detail = {"outcome": one.outcome, "edition": edition}
    enter(session, at=AT, by=OFFICE, action="award:publish", subject=f"cycle:{number}", detail=detail)
    return number
