"""Teams that hand their evidence in, each after the same ten minutes of work."""

from datetime import timedelta

from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.rate import rate
from accreditation.actions.submit import submit
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal, Role
from accreditation.wiring import House
from tests.walking import ANSWERS, AT, NO_UNIT, OFFICE, ROUND, attach, given, work


def handed_in(house: House, number: int, *, first: int = 0) -> None:
    """So many more teams, counted from the first, each of which hands everything in."""
    names = range(first, first + number)
    rows = [TeamToImport(organisation=f"Trust {n}", team=f"T{n}", service_line="small") for n in names]
    for team in import_teams(house.database, principal=OFFICE, rows=rows, at=AT).team_ids:
        lead = Principal(name=f"lead {team}", role=Role.TEAM_LEAD, team=team)
        cycle = enrol(house.database, principal=OFFICE, team_id=team, round_id=ROUND, profile=NO_UNIT, at=AT)
        rate(house.database, principal=lead, cycle_id=cycle, given=given(ANSWERS), at=AT)
        submit(house.database, principal=lead, cycle_id=cycle, stage=Stage.SELF_ASSESSMENT, at=AT)
        attach(house, cycle=cycle, by=lead, at=AT + timedelta(minutes=10))
        work(house, Kind.EVIDENCE, at=AT + timedelta(minutes=10))
        submit(house.database, principal=lead, cycle_id=cycle, stage=Stage.EVIDENCE, at=AT)
