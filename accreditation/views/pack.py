"""What a committee reads before it decides: everything about a cycle that its decision rests on, in one piece."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import answers, impartial, reviewers, reviews
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.words import answer_words
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Criterion
from accreditation.views.accuracy import CommentShown, comments_of
from accreditation.views.awards import DecisionShown, RecommendationShown, decision_of, recommendation_of
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.evidence import EvidenceShown, shown_evidence
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.reported import ReportedFinding, reported_findings
from accreditation.views.reviews import HOW
from accreditation.views.risks import RiskShown, shown_risks
from accreditation.views.seats import seats_seen


class Rated(Shown):
    """What one reviewer said of a criterion."""

    name: str
    role: str
    said: str
    note: str


class FileNamed(Shown):
    """A file of evidence. One that only its team can open has no title, and is not open."""

    id: int
    title: str
    open: bool


class PackCriterion(CriterionNamed):
    """A criterion: what it asks, what the team says, how it was settled and why, and what the team says of that."""

    statement: str
    answered: str
    note: str
    files: tuple[FileNamed, ...]
    settled: str = Field(description="Empty until it is settled.")
    how: str
    reason: str
    ratings: tuple[Rated, ...] = Field(description="Where they differ; none where all said the same.")
    comments: tuple[CommentShown, ...]


class PackFinding(ReportedFinding):
    """A finding of the report, with the team's comments on it."""

    comments: tuple[CommentShown, ...]


class Pack(Shown):
    """The pack of a cycle."""

    cycle: int
    stage: Stage
    enrolled_at: datetime
    domains: Mapping[str, str] = Field(description="Domain -> its title, in the standard's order.")
    criteria: tuple[PackCriterion, ...]
    findings: tuple[PackFinding, ...]
    risks: tuple[RiskShown, ...]
    team: tuple[tuple[str, str], ...] = Field(description="Who was on the visit, and in which role.")
    recommendation: RecommendationShown | None
    decision: DecisionShown | None
    public_wording: str = Field(
        description="What the outcome that stands means, as the public reads it; empty where nothing is decided."
    )
    outcomes: Mapping[str, str] = Field(description="Outcome -> its title, from the highest; none that is a judgement.")
    all_outcomes: Mapping[str, str] = Field(description="The same with those that are a judgement.")
    conditional: frozenset[str] = Field(description="Outcomes that ask for conditions.")
    close: tuple[tuple[str, str], ...] = Field(description="Who of the committee may not decide here, and why.")
    hinders: str = Field(description="What keeps whoever asks from deciding; empty where nothing does.")
    may_decide: bool
    may_answer_appeal: bool


def pack(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Pack:
    """Everything that a decision on this cycle rests on, as far as it is there. For the college. Raises NotFound."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ROUND_READ, cycle_id=cycle_id)
        moves = {one.move for one in open_moves(looked, at=at)}
        said = comments_of(looked)
        scheme, on = looked.scheme, at.date()
        decided = _decided(looked)
        sits = reviewers.sitting(session, cycle_ids=[cycle_id])
        return Pack(
            cycle=cycle_id, stage=looked.now.stage, enrolled_at=looked.now.cycle.enrolled_at,
            domains={one.id: one.title for one in scheme.domains}, criteria=_criteria(looked, said),
            findings=tuple(
                PackFinding(**dict(one), comments=said.get(f"finding {one.finding}", ()))
                for one in reported_findings(looked)
            ),
            risks=shown_risks(looked, at=at),
            team=tuple((who.name, scheme.title_of(seat.role)) for seat, who in sits),
            recommendation=_recommended(looked), decision=decided,
            public_wording="" if decided is None else scheme.outcome(decided.stands.outcome).public_wording,
            outcomes={one.outcome: one.title for one in scheme.award if not one.judgement},
            all_outcomes={one.outcome: one.title for one in scheme.award},
            conditional=frozenset(one.outcome for one in scheme.award if one.conditions is not None),
            close=tuple(impartial.close_members(session, looked.now, scheme, on=on)),
            hinders="; ".join(impartial.hinders(session, looked.now, scheme, name=principal.name, on=on)),
            may_decide=Move.DECIDE in moves, may_answer_appeal=Move.ANSWER_APPEAL in moves,
        )  # fmt: skip


def _recommended(looked: Looked) -> RecommendationShown | None:
    try:
        return recommendation_of(looked)
    except NotFound:
        return None


def _decided(looked: Looked) -> DecisionShown | None:
    try:
        return decision_of(looked)
    except NotFound:
        return None


def _criteria(looked: Looked, said: Mapping[str, tuple[CommentShown, ...]]) -> tuple[PackCriterion, ...]:
    session, cycle_id = looked.session, looked.cycle_id
    given = answers.self_ratings(session, [cycle_id])[cycle_id]
    files = [(one.criteria, _file(one)) for one in shown_evidence(looked)]
    seats = seats_seen(looked)[0]
    rated = answers.review_ratings(session, [seat.id or 0 for seat, _ in seats]) if seats else {}
    settled = reviews.settlements(session, cycle_id) if seats else {}
    found = []
    for one in looked.applicable:
        own, last = given.get(one.id), settled.get(one.id)
        ratings = tuple(
            Rated(
                name=who.name,
                role=looked.scheme.title_of(seat.role),
                note=rating.answer().note,
                said=_words(rating.answer(), one, looked),
            )
            for seat, who in seats
            if (rating := rated[seat.id or 0].get(one.id)) is not None
        )
        found.append(
            PackCriterion(
                **dict(named(looked, one)), statement=one.statement,
                files=tuple(file for names, file in files if one.id in names),
                answered="" if own is None else _words(own.answer(), one, looked),
                note="" if own is None else own.answer().note,
                settled="" if last is None else _words(last.answer(), one, looked),
                how="" if last is None else HOW[last.how], reason="" if last is None else last.answer().note,
                ratings=ratings if len({each.said for each in ratings}) > 1 else (), comments=said.get(one.id, ()),
            )
        )  # fmt: skip
    return tuple(found)


def _words(answer: Answer, criterion: Criterion, looked: Looked) -> str:
    return answer_words(answer, criterion=criterion, scheme=looked.scheme)


def _file(one: EvidenceShown) -> FileNamed:
    return FileNamed(id=one.id, title=one.title, open=one.clearance.open and one.deleted is None)
