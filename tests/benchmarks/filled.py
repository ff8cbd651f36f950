"""A house with many cycles in it: enough of other people's data for its weight to show."""

from pathlib import Path

from sqlalchemy import text

from accreditation.actions.enrol import enrol
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import Given, rate
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.wiring import House, Settings, open_house
from tests.api.asking import Client

OFFICE = Principal(name="benchmark", role=Role.OFFICE)


class Filled:
    """A house with this many cycles of one scheme, all fully answered; the first belongs to `lead`."""

    def __init__(self, folder: Path, *, scheme: Scheme, cycles: int) -> None:
        self.house: House = open_house(Settings(data=folder))
        self.scheme = scheme
        self.cycle_id = self._fill(cycles)
        self.lead = Principal(name="lead", role=Role.TEAM_LEAD, team=1)
        self.client = Client(self.house)

    def _fill(self, cycles: int) -> int:
        database, at = self.house.database, self.house.now()
        digest = publish_edition(database, principal=OFFICE, scheme=self.scheme, at=at)
        rows = [
            TeamToImport(organisation=f"Organisation {n}", team=f"Team {n}", service_line="benchmark")
            for n in range(cycles)
        ]
        teams = import_teams(database, principal=OFFICE, rows=rows, at=at).team_ids
        round_id = open_round(database, principal=OFFICE, digest=digest, name="benchmark", at=at)
        profile = dict.fromkeys(self.scheme.profile, True)
        ids = [
            enrol(database, principal=OFFICE, team_id=team, round_id=round_id, profile=profile, at=at) for team in teams
        ]
        lead = Principal(name="lead", role=Role.TEAM_LEAD, team=teams[0])
        given = {
            one.id: Given(answer=Answer(rating="met"), seen_version=0)
            for one in self.scheme.criteria
            if one.measure is None
        }
        rate(database, principal=lead, cycle_id=ids[0], given=given, at=at)
        self._copy_answers(ids[0])
        return ids[0]

    def _copy_answers(self, first: int) -> None:
        """Every other cycle gets the first one's answers, by SQL: a hundred thousand API calls would say no more."""
        columns = ("criterion", "version", "state", "rating", "measured", "level", "note", "by", "at", "source")
        copy = (
            f"INSERT INTO self_rating (cycle_id, {', '.join(columns)}) "
            f"SELECT cycle.id, {', '.join(f'one.{name}' for name in columns)} "
            "FROM cycle JOIN self_rating one ON one.cycle_id = :first WHERE cycle.id != :first"
        )
        with self.house.database.bookkeeping() as session:
            session.execute(text(copy), {"first": first})

    def close(self) -> None:
        """Give back what is open."""
        self.client.__exit__(None, None, None)
        self.house.close()
