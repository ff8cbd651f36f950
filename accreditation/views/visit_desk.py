"""One visit before the eyes of one of its reviewers: what they rated, what is left, and what else they can do."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import Fault, NotFound
from accreditation.records import answers, findings
from accreditation.rules.answering import incomplete_answers
from accreditation.rules.cycle import Move
from accreditation.rules.findings import incomplete_findings
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.model import Criterion, Threshold
from accreditation.scheme.scale import ScaleRating
from accreditation.views.findings import FindingDraft, shown_drafts
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.own_visits import OwnVisit, own_visits
from accreditation.views.requests import shown_requests
from accreditation.views.seats import own_seat
from accreditation.views.teams_of_review import ReviewTeam, seats_of


class RatedCriterion(Shown):
    """A criterion of a visit, with the reviewer's own rating in the scheme's words and what it lacks."""

    id: str
    title: str
    answer: Answer
    scale: Mapping[str, ScaleRating]
    unit: str
    lacks: tuple[Fault, ...]


class RatedDomain(Shown):
    """A domain with its criteria that apply."""

    domain: str
    title: str
    criteria: tuple[RatedCriterion, ...]


class VisitDesk(Shown):
    """The visit, whole, for one of its reviewers: nothing of what another of them did before it may be seen."""

    visit: OwnVisit
    domains: tuple[RatedDomain, ...]
    findings: tuple[FindingDraft, ...] = Field(description="The reviewer's own, those that are dropped left out.")
    finding_lacks: tuple[Fault, ...]
    team: ReviewTeam
    requests_open: int = Field(description="Requests for evidence of the reviewer that wait for the team.")
    moves: frozenset[Move] = Field(description="What the reviewer can do with the cycle now.")


def own_visit(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> OwnVisit:
    """This visit of the reviewer. Raises NotFound where it is not theirs."""
    for one in own_visits(database, principal=principal, at=at):
        if one.id == cycle_id:
            return one
    raise NotFound("There is no such cycle, or it is not one of yours.")


def visit_desk(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> VisitDesk:
    """How far is this reviewer with this visit? Raises NotFound where it is not theirs, NotPermitted."""
    visit = own_visit(database, principal=principal, cycle_id=cycle_id, at=at)
    team = seats_of(database, principal=principal, cycle_id=cycle_id)
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id)
        seat = own_seat(looked).id or 0
        given = {name: row.answer() for name, row in answers.review_ratings(session, [seat])[seat].items()}
        drafts = {key: row.draft() for key, row in findings.drafts(session, [seat])[seat].items()}
        lacking: dict[str, list[Fault]] = {}
        if not visit.observes and visit.handed_in_at is None:
            profile = looked.now.profile
            for fault in incomplete_answers(scheme=looked.scheme, profile=profile, answers=given, by="reviewer"):
                lacking.setdefault(fault.where.removeprefix("criterion "), []).append(fault)
        return VisitDesk(
            visit=visit,
            domains=_domains(looked, given, lacking),
            findings=tuple(one for one in shown_drafts(looked, seat=seat) if not one.dropped),
            finding_lacks=tuple(incomplete_findings(drafts)),
            team=team,
            requests_open=sum(one.state == "open" for one in shown_requests(looked, at=at)),
            moves=frozenset(one.move for one in open_moves(looked, at=at)),
        )


def _domains(
    looked: Looked, given: Mapping[str, Answer], lacking: Mapping[str, list[Fault]]
) -> tuple[RatedDomain, ...]:  # fmt: skip
    applicable = {one.id for one in looked.applicable}
    found = [
        RatedDomain(
            domain=domain.id, title=domain.title,
            criteria=tuple(
                _rated(looked, one, given.get(one.id, NOT_ANSWERED), tuple(lacking.get(one.id, ())))
                for one in domain.criteria
                if one.id in applicable
            ),
        )
        for domain in looked.scheme.domains
    ]  # fmt: skip
    return tuple(one for one in found if one.criteria)


def _rated(looked: Looked, about: Criterion, answer: Answer, lacks: tuple[Fault, ...]) -> RatedCriterion:
    return RatedCriterion(
        id=about.id, title=about.title, answer=answer, scale=looked.scheme.scale_of(about, "reviewer"),
        unit=about.measure.unit if isinstance(about.measure, Threshold) else "", lacks=lacks,
    )  # fmt: skip
