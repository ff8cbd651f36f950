"""Results: the public register, and the decisions about one team."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import awards, edition_changes, editions, teams
from accreditation.records.aftermath import Aftermath, aftermaths
from accreditation.records.awards import Decision, Publication
from accreditation.records.teams import Organisation, Team
from accreditation.rules.afterwards import Status, status, words_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.views.aftermath import (
    AppealTold,
    Because,
    ConditionShown,
    Stood,
    appeal_told,
    appealed,
    conditions_shown,
    stood,
)
from accreditation.views.looking import COLLEGE, Shown
from accreditation.views.scores import published_scores
from accreditation.views.teams import OrganisationShown, TeamShown, organisation_shown, team_shown
from accreditation.views.working import ScoreShown

DEPARTED = (
    "The committee decided this after hearing the case. It departs from what the rules of the scheme recommend, and "
    "the college keeps its reason."
)
"""Said in place of a scheme's own wording, which would claim what the reviewers did not find."""


class Result(Shown):
    """What was decided about a team and stands now, in the words of its scheme."""

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
    status: Status = Field(
        description="Whether the award stands today; `not_awarded` where none was given, `under_appeal` where the "
        "decision does not stand until the appeal is answered."
    )
    words: str = Field(description="How the result stands today, in sentences.")
    stands_since: date
    because: Because = Field(description="Why this outcome stands.")
    before: tuple[Stood, ...] = Field(description="Outcomes that stood before this one, the decision first.")
    appeal: AppealTold | None
    body: str | None = Field(description="Who decides, as the scheme says.")
    confirmed_by: str | None = Field(description="Which other body confirms what is decided, where one does.")
    published_on: date | None = Field(description="Null until the decision is in the public register.")
    conditions: tuple[ConditionShown, ...]
    scores: tuple[ScoreShown, ...] = Field(description="The scores that the scheme publishes beside the outcome.")


class TeamResults(Shown):
    """Every result of a clinical team that the asker may see, in the order of its cycles."""

    team: TeamShown
    organisation: OrganisationShown
    results: tuple[Result, ...]


def registered(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Result:
    """The register's entry for this cycle. NotFound where nothing is published."""
    permit(principal, Permission.REGISTER_READ)
    with database.reading() as session:
        found = published(session, awards.published(session, cycle_id=cycle_id), at)
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
        # Asked first: whether there is such a team is not to be told by how long an answer takes.
        rows = [row for row in awards.decided(session, team_id=team_id) if college or row[2] is not None]
        try:
            team, organisation = teams.get(session, team_id)
        except NotFound as error:
            raise nothing from error
        if not rows and not college and principal.team != team_id:
            raise nothing
        after = aftermaths(session, [decision for decision, _, _ in rows])
        began = {decision.cycle_id: cycle.edition_digest for decision, cycle, _ in rows}
        on = began | edition_changes.carried_to(session, began)
        scores = published_scores(session, on)
        results = tuple(
            _result(session, publication, after[decision.cycle_id], on[decision.cycle_id], team, organisation,
                    scores.get(decision.cycle_id, ()), at)
            for decision, _, publication in rows
        )  # fmt: skip
    return TeamResults(team=team_shown(team), organisation=organisation_shown(organisation), results=results)


def published(
    session: Session, found: Sequence[tuple[Publication, Decision, Team, Organisation]], at: datetime
) -> list[Result]:
    """These entries of the register, as they stand at this moment."""
    after = aftermaths(session, [decision for _, decision, _, _ in found])
    scores = published_scores(session, {one.cycle_id: one.edition_digest for one, _, _, _ in found})
    return [
        _result(session, publication, after[decision.cycle_id], publication.edition_digest, team, organisation,
                scores.get(decision.cycle_id, ()), at)
        for publication, decision, team, organisation in found
    ]  # fmt: skip


def _result(
    session: Session,
    publication: Publication | None,
    after: Aftermath,
    edition: str,
    team: Team,
    organisation: Organisation,
    scores: tuple[ScoreShown, ...],
    at: datetime,
) -> Result:
    scheme, now = editions.scheme_of(session, edition), after.stands
    outcome, by, told = scheme.outcome(now.outcome), scheme.decided_by, stood(scheme, after)
    on, waits = at.date(), appealed(scheme, after)
    return Result(
        cycle=now.cycle_id, team=team_shown(team), organisation=organisation_shown(organisation),
        scheme=scheme.id, scheme_title=scheme.title, edition=scheme.edition, edition_digest=edition,
        outcome=outcome.outcome, title=outcome.title, awarded=outcome.awarded, departs=now.departs,
        public_wording=DEPARTED if now.departs else outcome.public_wording,
        decided_on=after.decision.at.date(), valid_until=now.valid_until,
        status=status(awarded=outcome.awarded, valid_until=now.valid_until, on=on, appealed=waits),
        words=words_of(
            awarded=outcome.awarded, valid_until=now.valid_until, on=on, appealed=waits, conditions=after.asked
        ),
        stands_since=told[-1].since, because=told[-1].because, before=told[:-1], appeal=appeal_told(scheme, after),
        body=by and by.title, confirmed_by=by and by.confirmed_by,
        published_on=None if publication is None else publication.at.date(),
        conditions=conditions_shown(scheme, after), scores=scores,
    )  # fmt: skip
