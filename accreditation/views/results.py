"""Results: the public register, and the decisions about one team."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import awards, editions, teams
from accreditation.records.awards import ConditionSet, Decision, Publication
from accreditation.records.teams import Organisation, Team
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.awards import ConditionShown, condition_shown
from accreditation.views.looking import COLLEGE, Page, Shown, page
from accreditation.views.teams import OrganisationShown, TeamShown, organisation_shown, team_shown


class Status(StrEnum):
    """Whether an award stands on a day."""

    CURRENT = "current"
    EXPIRED = "expired"
    NOT_AWARDED = "not_awarded"


DEPARTED = (
    "The committee decided this after hearing the case. It departs from what the rules of the scheme recommend, and "
    "the college keeps its reason."
)
"""Said in place of a scheme's own wording, which would claim what the reviewers did not find."""


class Result(Shown):
    """What was decided about a team, in the words of its scheme."""

    cycle: int
    team: TeamShown
    organisation: OrganisationShown
    scheme: str
    scheme_title: str
    edition: str
    edition_digest: str
    outcome: str
    title: str
    awarded: bool
    public_wording: str = Field(description="What it means; where the committee departed from the rules, that it did.")
    departs: bool = Field(description="Whether the committee departed from what the rules recommend.")
    decided_on: date
    valid_until: date | None
    status: Status = Field(description="Whether the award stands today; `not_awarded` where none was given.")
    published_on: date | None = Field(description="Null until the decision is in the public register.")
    conditions: tuple[ConditionShown, ...]


class TeamResults(Shown):
    """Every result of a clinical team that the asker may see, in the order of its cycles."""

    team: TeamShown
    organisation: OrganisationShown
    results: tuple[Result, ...]


def register(
    database: Database, *, principal: Principal, search: str, after: int, limit: int, at: datetime
) -> Page[Result]:
    """What stands in the public register, for teams whose name, organisation or network has every word of `search`?"""
    permit(principal, Permission.REGISTER_READ)
    with database.reading() as session:
        found = awards.published(session, search=search, after=after, limit=limit)
        results = _published(session, found, at)
    return page(results, [result.cycle for result in results], limit=limit)


def registered(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Result:
    """The register's entry for this cycle. NotFound where nothing is published."""
    permit(principal, Permission.REGISTER_READ)
    with database.reading() as session:
        found = _published(session, awards.published(session, cycle_id=cycle_id), at)
    if not found:
        raise NotFound("There is no such entry in the register.")
    return found[0]


def team_results(database: Database, *, principal: Principal, team_id: int, at: datetime) -> TeamResults:
    """What was decided about this team? Published results are anybody's; the college sees the others too.

    NotFound where the team does not exist, and where the asker may not know of it because nothing is published.
    """
    permit(principal, Permission.REGISTER_READ)
    college = principal.role in COLLEGE
    with database.reading() as session:
        nothing = NotFound("There is no such team, or nothing is published about it.")
        try:
            team, organisation = teams.get(session, team_id)
        except NotFound as error:
            raise nothing from error
        rows = [row for row in awards.decided(session, team_id=team_id) if college or row[2] is not None]
        if not rows and not college and principal.team != team_id:
            raise nothing
        conditions = awards.conditions(session, [decision.cycle_id for decision, _, _ in rows])
        results = tuple(
            _result(session, publication, decision, cycle.edition_digest, team, organisation,
                    conditions.get(decision.cycle_id, []), at)
            for decision, cycle, publication in rows
        )  # fmt: skip
    return TeamResults(team=team_shown(team), organisation=organisation_shown(organisation), results=results)


def _published(
    session: Session, found: Sequence[tuple[Publication, Decision, Team, Organisation]], at: datetime
) -> list[Result]:
    conditions = awards.conditions(session, [decision.cycle_id for _, decision, _, _ in found])
    return [
        _result(session, publication, decision, publication.edition_digest, team, organisation,
                conditions.get(decision.cycle_id, []), at)
        for publication, decision, team, organisation in found
    ]  # fmt: skip


def _result(
    session: Session,
    publication: Publication | None,
    decision: Decision,
    edition: str,
    team: Team,
    organisation: Organisation,
    conditions: Sequence[ConditionSet],
    at: datetime,
) -> Result:
    scheme = editions.scheme_of(session, edition)
    outcome = scheme.outcome(decision.outcome)
    return Result(
        cycle=decision.cycle_id, team=team_shown(team), organisation=organisation_shown(organisation),
        scheme=scheme.id, scheme_title=scheme.title, edition=scheme.edition, edition_digest=edition,
        outcome=outcome.outcome, title=outcome.title, awarded=outcome.awarded, departs=decision.departs,
        public_wording=DEPARTED if decision.departs else outcome.public_wording,
        decided_on=decision.at.date(), valid_until=decision.valid_until,
        status=status(awarded=outcome.awarded, valid_until=decision.valid_until, on=at.date()),
        published_on=None if publication is None else publication.at.date(),
        conditions=tuple(condition_shown(scheme, one) for one in conditions),
    )  # fmt: skip


def status(*, awarded: bool, valid_until: date | None, on: date) -> Status:
    """Does the award stand on this day? Its last day counts."""
    if not awarded:
        return Status.NOT_AWARDED
    return Status.CURRENT if valid_until is None or on <= valid_until else Status.EXPIRED
